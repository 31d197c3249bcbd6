/** The first checks as one observation: the earliest check that failed gives the status. */
import type { Check, CheckName, Mismatch } from '../scim/contract.ts'
import type { Measurements, Observation } from './observation.ts'

/** Everything beside the checks: the token's shape and metadata, the rotation, the IdP. */
export type Circumstances = Omit<
  Observation,
  | 'httpStatus'
  | 'scimType'
  | 'failure'
  | 'answer'
  | 'discoverySucceeds'
  | 'usersSucceed'
  | 'groupsSucceed'
  | 'discoveryStatus'
  | 'usersStatus'
  | 'groupsStatus'
  | 'retryAfterSeconds'
  | 'mismatches'
>

/** Requests, in the order in which a failure explains those after it. */
const REQUESTS = ['discovery', 'list-users', 'list-groups'] as const

/** Total: no checks, or only skipped ones, is an observation of nothing. */
export function observationFromChecks(
  checks: readonly Check[],
  mismatches: readonly Mismatch[] = [],
  circumstances: Circumstances = {},
): Observation {
  const by = (name: CheckName): Check | undefined =>
    checks.find((check) => check.name === name && check.outcome !== 'skipped')
  const [discovery, users, groups] = REQUESTS.map(by)
  const failed = [discovery, users, groups].find((check) => check?.outcome === 'fail')
  const passed = (check: Check | undefined): boolean | undefined =>
    check === undefined ? undefined : check.outcome === 'pass'
  return defined({
    ...circumstances,
    ...ofFailed(failed),
    discoverySucceeds: passed(discovery),
    usersSucceed: passed(users),
    groupsSucceed: passed(groups),
    discoveryStatus: discovery?.httpStatus,
    usersStatus: users?.httpStatus,
    groupsStatus: groups?.httpStatus,
    mismatches: mismatches.length === 0 ? undefined : mismatches,
  })
}

type OfFailed = Pick<Measurements, 'failure' | 'answer' | 'retryAfterSeconds'> &
  Pick<Observation, 'httpStatus' | 'scimType'>

function ofFailed(check: Check | undefined): OfFailed {
  if (check === undefined) return {}
  const status = check.httpStatus
  return {
    httpStatus: status ?? (check.failure === undefined ? undefined : 'none'),
    scimType: check.scimType,
    failure: status === undefined ? check.failure : undefined,
    answer: status === undefined ? undefined : check.answer,
    retryAfterSeconds: check.retryAfterSeconds,
  }
}

const defined = (observation: Observation): Observation =>
  Object.fromEntries(
    Object.entries(observation).filter(([, value]) => value !== undefined),
  ) as Observation
