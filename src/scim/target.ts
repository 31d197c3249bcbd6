/** Which URL may be called at all, and the operator's list of exceptions to that. */
import { isIP } from 'node:net'
import { isMetadataName } from './address.ts'
import type { Failure } from './contract.ts'
import { portOf, strictUrl } from './url.ts'

/** Hosts that may be private or plain http, from `INTERLOCK_ALLOW_TARGETS`. No port: every port. */
export interface AllowTargets {
  readonly entries: readonly { readonly host: string; readonly port: number | null }[]
}

export const NO_EXCEPTIONS: AllowTargets = { entries: [] }

/** The list could not be read. Names the entry by its place, never by its text. */
export class AllowTargetsError extends Error {
  override readonly name = 'AllowTargetsError'
  /** Counted from 1. */
  readonly position: number

  constructor(position: number) {
    super(`INTERLOCK_ALLOW_TARGETS: entry ${position} is not a host or host:port`)
    this.position = position
  }
}

/**
 * A comma list of `host`, `host:port`, `[ipv6]` or `[ipv6]:port`; empty means no exceptions. Patterns,
 * networks and URLs are not understood and are refused, lest they open more than was meant.
 * Throws `AllowTargetsError`.
 */
export function parseAllowTargets(text: string | undefined): AllowTargets {
  if (text === undefined || text.trim() === '') return NO_EXCEPTIONS
  const entries = text.split(',').map((word, index) => {
    const raw = word.trim()
    const authority = isIP(raw) === 6 ? `[${raw}]` : raw
    const parts = /^(.+?)(?::(\d+))?$/.exec(authority)
    const read = /[/?#]/.test(authority) ? null : strictUrl(`http://${authority}`)
    if (parts === null || read === null || !read.ok) throw new AllowTargetsError(index + 1)
    return { host: read.host, port: parts[2] === undefined ? null : Number(parts[2]) }
  })
  return { entries }
}

export const isListed = (allow: AllowTargets, host: string, port: number): boolean =>
  allow.entries.some((entry) => entry.host === host && (entry.port === null || entry.port === port))

/** A URL that may be called as far as its text can tell; its addresses are still to be judged. */
export interface Target {
  url: URL
  /** Without brackets. */
  host: string
  port: number
  secure: boolean
  /** The operator has vouched for this host. */
  listed: boolean
}

export function judgeTarget(text: string, allow: AllowTargets): Target | Failure {
  const read = strictUrl(text)
  if (!read.ok) return 'url-refused'
  const { url, host } = read
  const port = portOf(url)
  const listed = isListed(allow, host, port)
  const secure = url.protocol === 'https:'
  if (!secure && !listed) return 'url-refused'
  if (isMetadataName(host) && !listed) return 'address-refused'
  return { url, host, port, secure, listed }
}
