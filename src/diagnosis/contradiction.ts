/**
 * Observations that cannot all be true of one request. They are named, and nothing is concluded from
 * the fields in dispute until one is corrected.
 */
import { scimTypeOf } from './code.ts'
import { statusOf, type Field, type IdpSignal, type Observation } from './observation.ts'
import type { Idp } from '../../machines/vocabulary.ts'

export interface Contradiction {
  fields: readonly Field[]
  /** What does not fit, and what would explain it. */
  why: string
  /** True where one explanation is that two environments are mixed up. */
  stop: boolean
}

interface Test extends Contradiction {
  holds: (seen: Observation) => boolean
}

/** Failures after which discovery at the same host cannot have succeeded. */
const BEFORE_ANY_ANSWER = new Set(['dns-failed', 'tls-failed', 'url-refused', 'address-refused'])

const SIGNAL_OF: Readonly<Partial<Record<IdpSignal, Idp>>> = {
  'failed-tasks': 'okta',
  'failure-without-reason': 'okta',
  quarantine: 'entra',
  'redundant-export': 'entra',
  'pending-approval': 'onelogin',
}

const between = (status: number | null | undefined, low: number, high: number): boolean =>
  typeof status === 'number' && status >= low && status < high

const succeeded = (seen: Observation): boolean => between(statusOf(seen), 200, 300)

const test = (
  fields: readonly Field[],
  why: string,
  holds: (seen: Observation) => boolean,
  stop = false,
): Test => ({ fields, why, holds, stop })

/** A yes or no beside a status of the same check. */
const disagree = (said: Field, status: 'discoveryStatus' | 'usersStatus' | 'groupsStatus'): Test =>
  test(
    [said, status],
    'The check is called good and its status is an error, or the other way round.',
    (seen) => {
      const word = seen[said]
      const number = seen[status]
      if (typeof word !== 'boolean' || number === undefined) return false
      if (word) return !between(number, 200, 300)
      return between(number, 200, 300) && seen.answer === undefined
    },
  )

const TESTS: readonly Test[] = [
  test(['httpStatus'], 'HTTP has no such status: it is a number from 100 to 599.', (seen) => {
    const status = statusOf(seen)
    return status !== null && !(Number.isInteger(status) && status >= 100 && status <= 599)
  }),
  test(
    ['httpStatus', 'scimType'],
    'A scimType stands in an error answer. Without an answer, or with a success, a redirect, a refused credential or a failing server there is none.',
    (seen) => {
      if (seen.scimType === undefined || scimTypeOf(seen.scimType) === null) return false
      const status = statusOf(seen)
      if (status === null) return seen.httpStatus === 'none'
      return between(status, 100, 400) || status === 401 || status === 429 || status >= 500
    },
  ),
  test(
    ['httpStatus', 'failure'],
    'The request has a status and is said to have had no usable answer.',
    (seen) => statusOf(seen) !== null && seen.failure !== undefined,
  ),
  test(
    ['httpStatus', 'retryAfterSeconds'],
    'No answer came, and yet it asked to wait.',
    (seen) => seen.httpStatus === 'none' && seen.retryAfterSeconds !== undefined,
  ),
  test(
    ['httpStatus', 'answer'],
    'No answer came, and yet it is said what it looked like.',
    (seen) => seen.httpStatus === 'none' && seen.answer !== undefined,
  ),
  test(
    ['httpStatus', 'tokenRecentlyUsed'],
    'A request refused with 401 does not count as a use of the token, and yet the token was used recently. Either another value was sent than this token, or somebody else uses it, or the two were seen at different times.',
    (seen) => statusOf(seen) === 401 && seen.tokenRecentlyUsed === true,
  ),
  test(
    ['httpStatus', 'usersSucceed'],
    'The status is a success and user sync is said to fail. If the status is that of a request made by hand, leave it out.',
    (seen) =>
      succeeded(seen) &&
      seen.usersSucceed === false &&
      seen.idpSignal === undefined &&
      seen.answer === undefined,
  ),
  test(
    ['usersStatus', 'lastUseMoved'],
    'The portal counted our use of a token that was refused. Somebody else may use it at the same time.',
    (seen) => seen.usersStatus === 401 && seen.lastUseMoved === true,
  ),
  test(
    ['tokenStatus', 'usersSucceed'],
    'The portal says that this token is no longer valid, and yet it is accepted. Portal and base URL may be of different environments, or revoking had no effect.',
    (seen) =>
      seen.usersSucceed === true &&
      (seen.tokenStatus === 'revoked' || seen.tokenStatus === 'expired') &&
      seen.usersStatus !== undefined,
    true,
  ),
  test(
    ['tokenMatch', 'tokenStatus', 'oldTokenStatus'],
    'This is the old token; it cannot be live and gone at once.',
    (seen) =>
      seen.tokenMatch === 'old-token' &&
      seen.tokenStatus === 'live' &&
      (seen.oldTokenStatus === 'revoked' || seen.oldTokenStatus === 'expired'),
  ),
  test(
    ['discoverySucceeds', 'failure'],
    'Discovery cannot succeed at a host whose name, address or certificate fails.',
    (seen) =>
      seen.discoverySucceeds === true &&
      seen.failure !== undefined &&
      BEFORE_ANY_ANSWER.has(seen.failure),
  ),
  test(
    ['usersSucceed', 'groupsSucceed'],
    'The same token is refused for users and accepted for groups. Either two tokens were used, or the two were tried at different times.',
    (seen) =>
      seen.usersSucceed === false &&
      seen.groupsSucceed === true &&
      seen.usersStatus === undefined &&
      (seen.httpStatus === undefined || statusOf(seen) === 401),
  ),
  test(
    ['discoverySucceeds', 'groupsSucceed'],
    'Groups are listed at a base URL whose discovery fails. That is possible only where discovery asks for a token and answers 401.',
    (seen) =>
      seen.discoverySucceeds === false &&
      seen.groupsSucceed === true &&
      seen.discoveryStatus === undefined &&
      statusOf(seen) !== 401 &&
      statusOf(seen) !== 403,
  ),
  test(
    ['discoverySucceeds', 'usersSucceed'],
    'Users are listed at a base URL whose discovery fails. That is possible only where discovery asks for a token and answers 401.',
    (seen) =>
      seen.discoverySucceeds === false &&
      seen.usersSucceed === true &&
      seen.discoveryStatus === undefined &&
      statusOf(seen) !== 401 &&
      statusOf(seen) !== 403,
  ),
  test(
    ['idp', 'idpSignal'],
    'What was seen at the IdP exists only at another kind of IdP.',
    (seen) => {
      const only = seen.idpSignal === undefined ? undefined : SIGNAL_OF[seen.idpSignal]
      return seen.idp !== undefined && only !== undefined && only !== seen.idp
    },
  ),
  disagree('discoverySucceeds', 'discoveryStatus'),
  disagree('usersSucceed', 'usersStatus'),
  disagree('groupsSucceed', 'groupsStatus'),
]

export function contradictionsIn(seen: Observation): Contradiction[] {
  return TESTS.filter(({ holds }) => holds(seen)).map(({ fields, why, stop }) => ({
    fields,
    why,
    stop,
  }))
}
