/** Patterns over several requests: groups, the course of a rotation, and what a lapse leaves behind. */
import type { FailureCode } from './code.ts'
import { statusOf, type IdpSignal, type Observation } from './observation.ts'
import { certain, likely, possible, symptom, type Rule } from './rule.ts'

/** What an administrator sees at the IdP and that is already the answer. */
const BY_SIGNAL: readonly (readonly [IdpSignal, FailureCode])[] = [
  ['left-active', 'left-active'],
  ['quarantine', 'entra-quarantine'],
  ['failed-tasks', 'okta-failed-tasks'],
  ['pending-approval', 'onelogin-pending'],
  ['redundant-export', 'redundant-export'],
  ['failure-without-reason', 'okta-sync-failure-without-reason'],
  ['nothing-in-log', 'nothing-in-log'],
]

/** A door that is shut for groups while users pass: with the same token, even a 401 is no matter of the token. */
const closed = (status: number | null | undefined): boolean =>
  status === 401 || status === 403 || status === 404 || status === 405 || status === 501

/** A status that says nothing of its own about why groups fail. */
const unspecific = (status: number | null): boolean =>
  status === null || status < 300 || closed(status)

const groupsAlone = (seen: Observation): boolean =>
  seen.groupsSucceed === false && seen.usersSucceed !== false && seen.failure === undefined

const oldTokenGone = (seen: Observation): boolean =>
  seen.oldTokenStatus === 'revoked' || seen.oldTokenStatus === 'expired'

const failing = (seen: Observation): boolean =>
  statusOf(seen) === 401 || seen.usersSucceed === false

export const ROTATION_RULES: readonly Rule[] = [
  certain(
    'old-token-revoked-too-early',
    ['oldTokenStatus', 'idpUpdated', 'httpStatus', 'usersSucceed'],
    (seen) => oldTokenGone(seen) && failing(seen) && seen.idpUpdated === false,
  ),
  certain(
    'old-token-still-used',
    ['oldTokenUsedSinceCutover', 'oldTokenStatus'],
    (seen) => seen.oldTokenUsedSinceCutover === true && !oldTokenGone(seen),
  ),
  ...BY_SIGNAL.map(([signal, code]) =>
    certain(code, ['idpSignal'], (seen) => seen.idpSignal === signal),
  ),
  certain('rotation-gap', ['gap'], (seen) => seen.gap === true),
  likely(
    'old-token-revoked-too-early',
    ['oldTokenStatus', 'httpStatus', 'usersSucceed'],
    (seen) => oldTokenGone(seen) && failing(seen),
  ),
  likely(
    'patch-refused',
    ['idpSignal', 'operation'],
    (seen) => seen.idpSignal === 'same-error-every-cycle' && seen.operation !== 'group-sync',
  ),
  likely(
    'group-conflict',
    ['idpSignal', 'operation'],
    (seen) => seen.idpSignal === 'same-error-every-cycle' && seen.operation === 'group-sync',
  ),
  likely(
    'resources-scoped-to-token',
    ['idpSignal'],
    (seen) => seen.idpSignal === 'existing-users-missing',
  ),
]

export const PATTERN_RULES: readonly Rule[] = [
  certain(
    'groups-off',
    ['groupsStatus', 'usersSucceed'],
    (seen) => seen.usersSucceed === true && closed(seen.groupsStatus),
  ),
  likely(
    'groups-off',
    ['httpStatus', 'operation', 'usersSucceed', 'groupsSucceed'],
    (seen) => seen.usersSucceed === true && seen.groupsSucceed === false && closed(statusOf(seen)),
  ),
  likely(
    'groups-not-synced',
    ['usersSucceed', 'groupsSucceed', 'httpStatus'],
    (seen) =>
      seen.usersSucceed === true &&
      seen.groupsSucceed === false &&
      seen.httpStatus !== 'none' &&
      unspecific(statusOf(seen)),
  ),
]

/** Said after the status: a 500 behind a working discovery is no matter of token or header. */
export const BROAD_RULES: readonly Rule[] = [
  symptom(
    'discovery-works-users-fail',
    ['discoverySucceeds', 'usersSucceed', 'httpStatus'],
    (seen) => {
      const status = statusOf(seen)
      const aboutCredentials = status === null || status === 401 || status === 403
      const answered = seen.httpStatus !== 'none'
      const both = seen.discoverySucceeds === true && seen.usersSucceed === false
      return both && answered && aboutCredentials
    },
  ),
  // Whether users pass is not said, or the status speaks for itself: the pattern stays worth a look.
  possible(
    'groups-off',
    ['httpStatus', 'operation', 'usersSucceed', 'groupsSucceed', 'failure'],
    (seen) => groupsAlone(seen) && closed(statusOf(seen)),
  ),
  possible('groups-not-synced', ['usersSucceed', 'groupsSucceed', 'failure'], groupsAlone),
]
