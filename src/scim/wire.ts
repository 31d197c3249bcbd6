/** One request on one fresh socket to one of the pinned addresses. Settles exactly once, never rejects. */
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import { sameSpelling } from './address.ts'
import type { Failure } from './contract.ts'
import { answerHeaders } from './header.ts'
import type { PinnedAddress } from './resolve.ts'
import type { Target } from './target.ts'

export interface WireOrder {
  target: Target
  addresses: readonly PinnedAddress[]
  method: string
  headers: Record<string, string>
  body: string | undefined
  maxBytes: number
  /** Aborted when the time is up. */
  signal: AbortSignal
  ca: readonly string[] | undefined
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** How far we got; decides what a broken socket means. */
type Phase = 'dialling' | 'handshake' | 'open'

const BROKEN: Record<Phase, Failure> = {
  dialling: 'unreachable',
  handshake: 'tls-failed',
  open: 'connection-lost',
}

export function overWire(order: WireOrder): Promise<WireAnswer | Failure> {
  if (order.signal.aborted) return Promise.resolve('timed-out')
  return new Promise((resolve) => {
    let phase: Phase = 'dialling'
    const request = prepare(order)
    const settle = (result: WireAnswer | Failure): void => {
      order.signal.removeEventListener('abort', onAbort)
      resolve(result)
      request.destroy()
    }
    const onAbort = (): void => settle('timed-out')
    order.signal.addEventListener('abort', onAbort)
    // After the first call these change nothing: a promise settles once.
    request.on('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'HPE_HEADER_OVERFLOW' ? 'too-large' : BROKEN[phase]),
    )
    request.on('close', () => settle(BROKEN[phase]))
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        phase = order.target.secure ? 'handshake' : 'open'
        if (!isPinned(socket, order.addresses)) settle('address-refused')
      })
      socket.once('secureConnect', () => {
        phase = 'open'
      })
    })
    request.on('response', (answer) => collect(answer, order.maxBytes, settle))
    request.end(order.body)
  })
}

function prepare({ target, addresses, method, headers, ca }: WireOrder): http.ClientRequest {
  const options: https.RequestOptions = {
    host: target.host,
    port: target.port,
    path: target.url.pathname + target.url.search,
    method,
    headers,
    // A fresh agent per request: no socket is kept or shared, so none outlives its check.
    agent: false,
    lookup: pinned(addresses),
    maxHeaderSize: 16_384,
    insecureHTTPParser: false,
  }
  if (!target.secure) return http.request(options)
  // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
  return https.request({ ...options, rejectUnauthorized: true, ...(ca && { ca: [...ca] }) })
}

/**
 * Answers the socket's own question from what was judged; DNS is not asked a second time. Never at
 * once: a dial that fails at once (no route, say) would raise its error before anybody listens for
 * it, and end the process.
 */
const pinned =
  (addresses: readonly PinnedAddress[]): LookupFunction =>
  (_host, options, done) => {
    setImmediate(() => {
      const first = addresses[0]
      if (first === undefined) done(new Error('nothing to dial'), '')
      else if (options.all === true) done(null, [...addresses])
      else done(null, first.address, first.family)
    })
  }

/** Believed only after looking: the socket is at one of the addresses that were judged. */
const isPinned = (socket: Socket, addresses: readonly PinnedAddress[]): boolean =>
  addresses.some(
    ({ address }) => sameSpelling(address) === sameSpelling(socket.remoteAddress ?? ''),
  )

function collect(
  answer: http.IncomingMessage,
  maxBytes: number,
  settle: (result: WireAnswer | Failure) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) settle('too-large')
    else chunks.push(chunk)
  })
  // A body that breaks off ends in this; only a complete one ends in the next.
  answer.on('error', () => settle('connection-lost'))
  answer.on('end', () => {
    const body = new TextDecoder().decode(Buffer.concat(chunks))
    settle({ status: answer.statusCode ?? 0, headers: answerHeaders(answer.headers), body })
  })
}
