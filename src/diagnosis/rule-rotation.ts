/** Patterns over several requests: groups, the course of a rotation, and what a lapse leaves behind. */
import type { FailureCode } from './code.ts'
import { statusOf, type IdpSignal, type Observation } from './observation.ts'
import { certain, likely, symptom, type Rule } from './rule.ts'

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

/** 403 or 404 on groups; 405 and 501 say the same in other words. */
const closed = (status: number | null | undefined): boolean =>
  status === 403 || status === 404 || status === 405 || status === 501

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
    ['usersSucceed', 'groupsSucceed'],
    (seen) => seen.usersSucceed === true && seen.groupsSucceed === false,
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
      return seen.discoverySucceeds === true && seen.usersSucceed === false && aboutCredentials
    },
  ),
]
