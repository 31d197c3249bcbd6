/** Whether the base URL leads to the SCIM service at all. */
import { statusOf, type Observation } from './observation.ts'
import { likely, possible, type Rule } from './rule.ts'

/** Statuses of discovery that say something about the service, not about the address. */
const SPEAKS = new Set([401, 403, 429, 500, 501, 502, 503, 504])

const ODD = ['missing-scim-v2', 'ends-in-resource', 'scim-v1', 'doubled-slash'] as const

const oddUrl = (seen: Observation): boolean =>
  seen.baseUrlFindings?.some((finding) => ODD.some((odd) => odd === finding)) ?? false

/** Discovery fails although something answers, and nothing else explains it. */
function discoveryLost(seen: Observation): boolean {
  if (seen.discoverySucceeds !== false || seen.usersSucceed === true) return false
  if (seen.failure !== undefined || seen.httpStatus === 'none') return false
  if (seen.discoveryStatus !== undefined) return !SPEAKS.has(seen.discoveryStatus)
  const status = statusOf(seen)
  return status === null || status === 401 || !SPEAKS.has(status)
}

export const ADDRESS_RULES: readonly Rule[] = [
  likely(
    'wrong-base-url',
    ['discoverySucceeds', 'usersSucceed', 'failure', 'httpStatus', 'discoveryStatus'],
    discoveryLost,
  ),
  likely(
    'wrong-base-url',
    ['baseUrlFindings', 'httpStatus', 'discoverySucceeds'],
    (seen) => oddUrl(seen) && (statusOf(seen) === 404 || seen.discoverySucceeds === false),
  ),
  likely(
    'wrong-base-url',
    ['baseUrlFindings', 'idp'],
    (seen) => seen.idp === 'okta' && (seen.baseUrlFindings?.includes('underscore') ?? false),
  ),
  possible('wrong-base-url', ['baseUrlFindings'], oddUrl),
  possible(
    'wrong-base-url',
    ['httpStatus', 'discoverySucceeds'],
    (seen) => statusOf(seen) === 404 && seen.discoverySucceeds === undefined,
  ),
]
