/** What tells the causes behind one bare 401 apart: the shape, the fingerprint, the portal's word. */
import type { TokenFault } from '../scim/token-message.ts'
import { statusOf, type Observation } from './observation.ts'
import { certain, likely, possible, symptom, type Rule } from './rule.ts'

const CUT: ReadonlySet<TokenFault> = new Set([
  'masked',
  'truncated',
  'too-short',
  'prefix-only',
  'unbalanced-quote',
])
const NOT_SHAPE: ReadonlySet<TokenFault> = new Set([
  'own-key',
  'old-token-given',
  'empty',
  'bearer-only',
])

const has = (seen: Observation, ...names: readonly string[]): boolean =>
  seen.tokenCorrections?.some((name) => names.includes(name)) ?? false

const refused = (seen: Observation): boolean => statusOf(seen) === 401

export const TOKEN_RULES: readonly Rule[] = [
  certain('own-key-given', ['tokenFault'], (seen) => seen.tokenFault === 'own-key'),
  certain('doubled-bearer', ['tokenCorrections'], (seen) => has(seen, 'doubled-bearer')),
  certain(
    'old-token-sent',
    ['tokenMatch', 'tokenFault'],
    (seen) => seen.tokenMatch === 'old-token' || seen.tokenFault === 'old-token-given',
  ),
  certain(
    'token-truncated',
    ['tokenFault'],
    (seen) => seen.tokenFault !== undefined && CUT.has(seen.tokenFault),
  ),
  certain('token-truncated', ['tokenMatch'], (seen) => seen.tokenMatch === 'altered'),
  certain(
    'token-malformed',
    ['tokenFault'],
    ({ tokenFault }) =>
      tokenFault !== undefined && !CUT.has(tokenFault) && !NOT_SHAPE.has(tokenFault),
  ),
  certain(
    'token-missing',
    ['tokenFault'],
    (seen) => seen.tokenFault === 'empty' || seen.tokenFault === 'bearer-only',
  ),
  certain('token-revoked', ['tokenStatus'], (seen) => seen.tokenStatus === 'revoked'),
  certain('token-expired', ['tokenStatus'], (seen) => seen.tokenStatus === 'expired'),
  certain('token-not-in-portal', ['tokenStatus'], (seen) => seen.tokenStatus === 'missing'),
  likely(
    'token-truncated',
    ['tokenMatch', 'tokenStatus', 'httpStatus'],
    (seen) => refused(seen) && seen.tokenMatch === 'alike' && seen.tokenStatus === 'live',
  ),
  likely('token-never-seen', ['tokenMatch'], (seen) => seen.tokenMatch === 'never-seen'),
  likely(
    'token-malformed',
    ['tokenCorrections', 'httpStatus'],
    (seen) =>
      refused(seen) &&
      has(seen, 'quotes', 'smart-quotes', 'trailing-newline', 'surrounding-space', 'header-name'),
  ),
  likely(
    'okta-local-refusal',
    ['idp', 'requestArrives', 'httpStatus'],
    (seen) => refused(seen) && seen.idp === 'okta' && seen.requestArrives === false,
  ),
  likely(
    'token-lapsed',
    ['workedBefore', 'httpStatus', 'tokenStatus'],
    (seen) => refused(seen) && seen.workedBefore === true && seen.tokenStatus === undefined,
  ),
  likely(
    'tested-not-saved',
    ['idpTestPasses', 'httpStatus', 'tokenRecentlyUsed'],
    (seen) => seen.idpTestPasses === true && (refused(seen) || seen.tokenRecentlyUsed === false),
  ),
  // The same token passes when we send it: what the IdP sends must differ. Not where only groups fail.
  likely(
    'header-format',
    ['usersSucceed', 'groupsSucceed', 'httpStatus', 'discoverySucceeds'],
    (seen) =>
      refused(seen) &&
      seen.usersSucceed === true &&
      seen.groupsSucceed !== false &&
      seen.discoverySucceeds !== false,
  ),
  likely(
    'header-format',
    ['workedBefore', 'httpStatus', 'usersSucceed'],
    (seen) => refused(seen) && seen.workedBefore === false && seen.usersSucceed !== false,
  ),
  possible(
    'header-format',
    ['tokenCorrections', 'idpScreen', 'httpStatus', 'usersStatus'],
    // A 401 to our own request says nothing of what a screen of the IdP sends.
    (seen) =>
      has(seen, 'leading-bearer') ||
      (refused(seen) && seen.usersStatus === undefined && seen.idpScreen !== undefined),
  ),
]

/** Weighed last: hardly ever the cause, often the next thing to look at. */
export const USE_RULES: readonly Rule[] = [
  symptom('portal-not-seen', ['portalSilent'], (seen) => seen.portalSilent === true),
  likely(
    'token-not-used',
    ['tokenRecentlyUsed', 'httpStatus', 'usersSucceed', 'failure'],
    (seen) =>
      seen.tokenRecentlyUsed === false &&
      seen.usersSucceed !== false &&
      seen.failure === undefined &&
      seen.httpStatus !== 'none' &&
      !refused(seen),
  ),
  possible('token-not-used', ['tokenRecentlyUsed'], (seen) => seen.tokenRecentlyUsed === false),
]
