/** The shapes that leave `scim/`: what a guarded request, a first check and a look at the pilot can answer. */
import type { Secret } from '../secret.ts'
import type { ClockSample } from './clock-skew.ts'

/**
 * Why no answer could be used. Each is a named outcome, never an exception and never a hang.
 * `connection-lost` includes an answer that breaks off and one that is not HTTP at all.
 */
export type Failure =
  | 'url-refused'
  | 'header-refused'
  | 'address-refused'
  | 'dns-failed'
  | 'unreachable'
  | 'tls-failed'
  | 'timed-out'
  | 'too-large'
  | 'connection-lost'

export interface OutboundRequest {
  url: string
  method: 'GET' | 'POST' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  /** Sent as `Authorization: Bearer …`. */
  bearer?: Secret
  body?: string
  /** For everything together: name look-up, connection, body. 10 s unless told, never above 60 s. */
  timeoutMs?: number
  /** Of the body. 1 MiB unless told, never above 16 MiB. */
  maxBytes?: number
}

/** One exchange, timed by our clock (epoch ms). A redirect arrives as the answer it is: it is never followed. */
export type Exchange =
  | {
      kind: 'answer'
      status: number
      /** Names in lower case. Several `set-cookie` lines are joined by a newline, others by comma. */
      headers: Readonly<Record<string, string>>
      body: string
      startedAt: number
      endedAt: number
      clock: ClockSample | null
    }
  | { kind: 'failure'; failure: Failure; startedAt: number; endedAt: number }

export type Send = (request: OutboundRequest) => Promise<Exchange>

export type CheckName =
  | 'discovery'
  | 'list-users'
  | 'list-groups'
  | 'token-metadata'
  | 'environment'

/** What kind of answer it was, whatever its status. */
export type AnswerKind = 'json' | 'web-page' | 'empty' | 'not-json' | 'redirect'

/** One line of the first checks. `detail` is our own sentence; the remote body is never in it. */
export interface Check {
  name: CheckName
  outcome: 'pass' | 'fail' | 'skipped'
  httpStatus?: number
  scimType?: string
  failure?: Failure
  answer?: AnswerKind
  /** Only where the answer asked to wait a whole number of seconds. */
  retryAfterSeconds?: number
  durationMs: number
  detail: string
}

/**
 * A request of ours that may have carried a token to the service provider: it can move
 * `last_used_at` and must be discounted. It is counted whether or not an answer came back.
 */
export interface OwnUse {
  startedAt: string
  endedAt: string
}

/** Two things that should name the same place and do not. Hosts only, never a whole URL. */
export interface Mismatch {
  source: 'meta-location' | 'redirect' | 'portal-tenant' | 'event' | 'token-metadata' | 'person'
  expected: string
  found: string
}

export interface FirstChecks {
  checks: Check[]
  ownUses: OwnUse[]
  clock: ClockSample[]
  mismatches: Mismatch[]
  /** Hosts that answers named and that agree with the base URL. */
  confirmedHosts: string[]
}

/** The pilot as the service provider shows it, or why it could not be read. */
export type PilotReading =
  | {
      outcome: 'found'
      lastModified: string | null
      /** True when the canary's value stands in the attribute it was meant for; null when none was asked for. */
      canaryPresent: boolean | null
      ownUse: OwnUse
      clock: ClockSample | null
      mismatches: Mismatch[]
    }
  | {
      outcome: 'missing' | 'unreadable'
      httpStatus: number
      ownUse: OwnUse
      clock: ClockSample | null
      mismatches: Mismatch[]
    }
  /** `ownUse` is null only where the token certainly never left this machine. */
  | { outcome: 'no-answer'; failure: Failure; ownUse: OwnUse | null }
