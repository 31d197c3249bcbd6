/**
 * The guarded outbound client: the only way this program calls a host that an administrator typed
 * (OWASP SSRF Prevention, case 2). The URL is judged, then every address of the host, then the socket
 * is pinned to those addresses. Redirects are answers, cookies are nobody's, and nothing is retried.
 */
import { rootCertificates } from 'node:tls'
import { clockSample } from './clock-skew.ts'
import type { Failure, OutboundRequest, Send } from './contract.ts'
import { requestHeaders } from './header.ts'
import { pinnedAddresses, systemResolve, type Resolve } from './resolve.ts'
import { judgeTarget, type AllowTargets } from './target.ts'
import { overWire, type WireAnswer } from './wire.ts'

export interface SendOptions {
  allow: AllowTargets
  resolve?: Resolve
  /** Epoch ms; for stamping, not for the time limit. */
  clock?: () => number
  /** PEM certificates trusted in addition to the usual ones. */
  ca?: readonly string[]
}

const TIMEOUT_MS = { usual: 10_000, most: 60_000 }
const MAX_BYTES = { usual: 1_048_576, most: 16_777_216 }

const within = (asked: number | undefined, limit: { usual: number; most: number }): number =>
  asked !== undefined && asked > 0 ? Math.min(asked, limit.most) : limit.usual

/** Never throws and never outlives its time limit: whatever goes wrong is a named `Failure`. */
export function createSend(options: SendOptions): Send {
  const clock = options.clock ?? Date.now
  const ca = options.ca === undefined ? undefined : [...rootCertificates, ...options.ca]
  const resolve = options.resolve ?? systemResolve
  return async (request) => {
    const startedAt = clock()
    const result = await attempt(request, { allow: options.allow, resolve, ca }).catch(
      (): Failure => 'connection-lost',
    )
    const endedAt = Math.max(startedAt, clock())
    if (typeof result === 'string') return { kind: 'failure', failure: result, startedAt, endedAt }
    const sample = clockSample(result.headers['date'], startedAt, endedAt)
    return { kind: 'answer', ...result, startedAt, endedAt, clock: sample }
  }
}

interface Surroundings {
  allow: AllowTargets
  resolve: Resolve
  ca: readonly string[] | undefined
}

async function attempt(
  request: OutboundRequest,
  { allow, resolve, ca }: Surroundings,
): Promise<WireAnswer | Failure> {
  const target = judgeTarget(request.url, allow)
  if (typeof target === 'string') return target
  const headers = requestHeaders(request)
  if (headers === null) return 'header-refused'
  const { method, body } = request
  const maxBytes = within(request.maxBytes, MAX_BYTES)
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), within(request.timeoutMs, TIMEOUT_MS))
  try {
    const addresses = await Promise.race([
      pinnedAddresses(target, resolve),
      whenAborted(limit.signal),
    ])
    if (typeof addresses === 'string') return addresses
    return await overWire({
      target,
      addresses,
      method,
      headers,
      body,
      maxBytes,
      signal: limit.signal,
      ca,
    })
  } finally {
    clearTimeout(timer)
  }
}

/** A look-up cannot be called off, only no longer waited for. */
const whenAborted = (signal: AbortSignal): Promise<Failure> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('timed-out'), { once: true })
  })
