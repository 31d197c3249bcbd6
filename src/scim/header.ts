/** What goes into the head of a request. One bad character there is a second request on the wire. */
import type { OutboundRequest } from './contract.ts'

const NAME = /^[A-Za-z0-9-]{1,64}$/
const VALUE = /^[\x20-\x7e]{0,8192}$/
/** Narrower than a header value: a space would make a second word of it (RFC 6750 §2.1). */
const BEARER = /^[\x21-\x7e]{1,8192}$/

/** Ours to set. A caller that could set these could reframe the request or reach another virtual host. */
const RESERVED = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'proxy-authorization',
  'proxy-connection',
])

/** The complete head, or null when any part of it must not reach the wire. */
export function requestHeaders(request: OutboundRequest): Record<string, string> | null {
  const head = new Map<string, string>([
    ['accept', 'application/json'],
    ['user-agent', 'interlock/0.1'],
  ])
  if (request.body !== undefined) head.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const key = name.toLowerCase()
    if (!NAME.test(name) || !VALUE.test(value) || RESERVED.has(key)) return null
    head.set(key, value)
  }
  // A compressed body could be small on the wire and huge in memory.
  head.set('accept-encoding', 'identity')
  if (request.body !== undefined) {
    head.set('content-length', String(Buffer.byteLength(request.body)))
  }
  if (request.bearer === undefined) return Object.fromEntries(head)
  const token = request.bearer.reveal()
  if (!BEARER.test(token) || head.has('authorization')) return null
  head.set('authorization', `Bearer ${token}`)
  return Object.fromEntries(head)
}

/** Answer headers as one text each. Cookies contain commas, so they are kept apart by a newline. */
export function answerHeaders(
  raw: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const pairs = Object.entries(raw).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    if (typeof value === 'string') return [[name, value]]
    return [[name, value.join(name === 'set-cookie' ? '\n' : ', ')]]
  })
  return Object.fromEntries(pairs)
}
