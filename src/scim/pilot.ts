/**
 * The pilot user as the service provider shows it: has the canary arrived, and when was the user last
 * changed. Reading uses a token, so it moves that token's `last_used_at`: every use is reported.
 */
import type { Secret } from '../secret.ts'
import { isObject, listIn, readAnswer } from './answer.ts'
import type { Mismatch, PilotReading, Send } from './contract.ts'
import { compareHosts, metaLocations, type Named } from './named-host.ts'
import { ownUse, ownUseOf } from './own-use.ts'
import { toInstant } from './timestamp.ts'

/** Harmless attributes of the core User schema (RFC 7643 §4.1.1) that a one-time value may be put into. */
type CanaryAttribute = 'title' | 'displayName' | 'nickName' | 'userType'

export interface PilotOrder {
  /** As `parseBaseUrl` gives it: no trailing slash. */
  baseUrl: string
  token: Secret
  userName: string
  canary: { attribute: CanaryAttribute; value: string } | null
  timeoutMs?: number
}

export async function readPilot(send: Send, order: PilotOrder): Promise<PilotReading> {
  const exchange = await send({
    url: pilotUrl(order.baseUrl, order.userName),
    method: 'GET',
    headers: { accept: 'application/scim+json, application/json' },
    bearer: order.token,
    ...(order.timeoutMs !== undefined && { timeoutMs: order.timeoutMs }),
  })
  if (exchange.kind === 'failure') {
    return { outcome: 'no-answer', failure: exchange.failure, ownUse: ownUseOf(exchange) }
  }
  const read = readAnswer(exchange)
  const list = read.status === 200 ? listIn(read.json) : null
  const common = { ownUse: ownUse(exchange), clock: exchange.clock }
  const mismatches = mismatchesIn(order.baseUrl, list?.resources ?? [], {
    redirected: read.kind === 'redirect',
    location: exchange.headers['location'],
  })
  const pilot = list === null ? 'unreadable' : onlyMatch(list, order.userName)
  if (typeof pilot === 'string') {
    return { outcome: pilot, httpStatus: read.status, ...common, mismatches }
  }
  const meta = attribute(pilot, 'meta')
  return {
    outcome: 'found',
    lastModified: isObject(meta) ? toInstant(meta['lastModified']) : null,
    canaryPresent:
      order.canary === null
        ? null
        : attribute(pilot, order.canary.attribute) === order.canary.value,
    ...common,
    mismatches,
  }
}

/** A filter value is a JSON string (RFC 7644 §3.4.2.2), so JSON's own escaping is the right one. */
export function pilotUrl(baseUrl: string, userName: string): string {
  const filter = encodeURIComponent(`userName eq ${JSON.stringify(userName)}`)
  // Some answer nothing at all unless both paging parameters are given; two are enough to see "more than one".
  return `${baseUrl}/Users?filter=${filter}&startIndex=1&count=2`
}

/**
 * Exactly one, and the one that was asked for: a service provider that ignores the filter answers with
 * somebody else, whose change would then be taken for the pilot's. `userName` is compared without
 * case (RFC 7643 §4.1.1: caseExact false).
 */
function onlyMatch(
  list: NonNullable<ReturnType<typeof listIn>>,
  userName: string,
): Readonly<Record<string, unknown>> | 'missing' | 'unreadable' {
  const [first, ...more] = list.resources
  const total = list.total ?? list.resources.length
  if (first === undefined) return total === 0 ? 'missing' : 'unreadable'
  if (more.length > 0 || total > 1 || !isObject(first)) return 'unreadable'
  const named = attribute(first, 'userName')
  const same = typeof named === 'string' && named.toLowerCase() === userName.toLowerCase()
  return same ? first : 'unreadable'
}

/** Attribute names are case-insensitive (RFC 7643 §2.1); the usual spelling wins. */
function attribute(resource: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(resource, name)) return resource[name]
  const other = Object.keys(resource).find((key) => key.toLowerCase() === name.toLowerCase())
  return other === undefined ? undefined : resource[other]
}

function mismatchesIn(
  baseUrl: string,
  resources: readonly unknown[],
  { redirected, location }: { redirected: boolean; location: string | undefined },
): Mismatch[] {
  const named: Named[] =
    redirected && location !== undefined
      ? [{ source: 'redirect', location }]
      : metaLocations(resources)
  return compareHosts(baseUrl, named).mismatches
}
