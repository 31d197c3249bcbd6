/** Where requests land. Anything that does not agree here stops the rollout. */
import type { Mismatch } from '../scim/contract.ts'
import type { Observation } from './observation.ts'
import { certain, likely, possible, type Rule } from './rule.ts'

const TENANT: readonly Mismatch['source'][] = ['portal-tenant', 'event', 'person']
const ENVIRONMENT: readonly Mismatch['source'][] = ['meta-location', 'token-metadata']

const names = (seen: Observation, sources: readonly Mismatch['source'][]): boolean =>
  seen.mismatches?.some(({ source }) => sources.includes(source)) ?? false

const wrongTenant = (seen: Observation): boolean =>
  seen.tenantMismatch === true || seen.tokenStatus === 'other-tenant' || names(seen, TENANT)

const LIVE_BUT_REFUSED = [
  'tokenStatus',
  'usersStatus',
  'tokenFault',
  'tokenMatch',
  'tokenCorrections',
] as const

const liveButRefused = (seen: Observation): boolean =>
  seen.tokenStatus === 'live' &&
  seen.usersStatus === 401 &&
  seen.tokenFault === undefined &&
  !(seen.tokenCorrections?.includes('doubled-bearer') ?? false)

/** Whether what was sent is the token that the portal calls live is not known, or known not to be. */
const UNSURE: ReadonlySet<Observation['tokenMatch']> = new Set(['never-seen', 'altered', 'alike'])

export const TENANT_RULES: readonly Rule[] = [
  certain('wrong-tenant', ['tenantMismatch', 'tokenStatus', 'mismatches'], wrongTenant),
  certain('token-of-other-tenant', ['tokenStatus'], (seen) => seen.tokenStatus === 'other-tenant'),
  certain(
    'redirected-elsewhere',
    ['redirectHost', 'mismatches'],
    (seen) => seen.redirectHost !== undefined || names(seen, ['redirect']),
  ),
  certain(
    'wrong-environment',
    ['metaLocationMismatch', 'mismatches'],
    (seen) => seen.metaLocationMismatch === true || names(seen, ENVIRONMENT),
  ),
  // A throttled portal may show a use late, so a use without a trace is a strong hint and no proof.
  likely(
    'wrong-environment',
    ['lastUseMoved', 'usersSucceed'],
    (seen) => seen.lastUseMoved === false && seen.usersSucceed === true,
  ),
  // The portal calls the token live and the base URL refuses it: two places.
  likely(
    'wrong-environment',
    LIVE_BUT_REFUSED,
    (seen) => liveButRefused(seen) && !UNSURE.has(seen.tokenMatch),
  ),
  possible(
    'wrong-environment',
    LIVE_BUT_REFUSED,
    (seen) => liveButRefused(seen) && seen.tokenMatch === 'alike',
  ),
]
