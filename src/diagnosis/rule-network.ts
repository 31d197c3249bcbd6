/** What happens before any credential is looked at, or instead of it. */
import type { Failure } from '../scim/contract.ts'
import type { FailureCode } from './code.ts'
import { statusOf, type Observation } from './observation.ts'
import { certain, likely, possible, symptom, type Rule } from './rule.ts'

const BY_FAILURE: Readonly<Record<Failure, FailureCode>> = {
  'url-refused': 'target-refused',
  'address-refused': 'target-refused',
  'dns-failed': 'dns-failed',
  unreachable: 'unreachable',
  'tls-failed': 'tls-failed',
  'timed-out': 'timed-out',
  'too-large': 'answer-too-large',
  'connection-lost': 'connection-lost',
  // A value that cannot stand in a header was not sent.
  'header-refused': 'token-malformed',
}

const silent = (seen: Observation): boolean =>
  seen.httpStatus === 'none' && seen.failure === undefined

const success = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300

export const NETWORK_RULES: readonly Rule[] = [
  ...Object.entries(BY_FAILURE).map(([failure, code]) =>
    certain(code, ['failure'], (seen) => seen.failure === failure),
  ),
  certain('web-page-instead-of-scim', ['answer'], (seen) => seen.answer === 'web-page'),
  certain(
    'answer-not-scim',
    ['answer', 'httpStatus'],
    (seen) =>
      (seen.answer === 'not-json' || seen.answer === 'empty') &&
      success(statusOf(seen) ?? undefined),
  ),
  certain(
    'discovery-behind-auth',
    ['discoveryStatus'],
    (seen) => seen.discoveryStatus === 401 || seen.discoveryStatus === 403,
  ),
  likely(
    'discovery-behind-auth',
    ['discoverySucceeds', 'usersSucceed', 'httpStatus'],
    (seen) =>
      seen.discoverySucceeds === false && seen.usersSucceed === true && statusOf(seen) === 401,
  ),
  // The same request passes from one place and not from another.
  likely(
    'blocked-on-the-way',
    ['httpStatus', 'failure', 'usersSucceed', 'requestArrives'],
    (seen) => silent(seen) && (seen.usersSucceed === true || seen.requestArrives === false),
  ),
  possible(
    'blocked-on-the-way',
    ['httpStatus', 'answer', 'usersSucceed'],
    (seen) => statusOf(seen) === 403 && (seen.answer === 'web-page' || seen.usersSucceed === true),
  ),
  symptom('no-answer', ['httpStatus', 'failure'], silent),
  // The way is open, or the request even arrived: what is missing is the answer in time.
  possible(
    'timed-out',
    ['httpStatus', 'failure', 'discoverySucceeds', 'tokenRecentlyUsed'],
    (seen) => silent(seen) && (seen.discoverySucceeds === true || seen.tokenRecentlyUsed === true),
  ),
]
