/** What a status alone says, and what it says together with the operation. */
import { SCIM_FINDINGS, SCIM_TYPES, scimTypeOf, type FailureCode } from './code.ts'
import { statusOf, type Observation } from './observation.ts'
import { certain, likely, possible, symptom, type Rule } from './rule.ts'

const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'operation-not-supported',
  406: 'media-type-refused',
  409: 'conflict',
  412: 'precondition-failed',
  413: 'body-too-large',
  415: 'media-type-refused',
  429: 'throttled',
  500: 'server-error',
  501: 'operation-not-supported',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}
const REDIRECTS = new Set([301, 302, 303, 307, 308])

const known = (status: number): boolean =>
  status in BY_STATUS || REDIRECTS.has(status) || (status >= 200 && status < 300)

const is = (seen: Observation, status: number, operation?: Observation['operation']): boolean =>
  statusOf(seen) === status && (operation === undefined || seen.operation === operation)

const changes = (seen: Observation): boolean =>
  seen.operation === 'update' || seen.operation === 'deactivate' || seen.operation === 'group-sync'

const SCIM_TYPE_RULES: readonly Rule[] = SCIM_TYPES.map((type) =>
  certain(
    SCIM_FINDINGS[type],
    ['scimType'],
    (seen) => seen.scimType !== undefined && scimTypeOf(seen.scimType) === type,
  ),
)

export const STATUS_RULES: readonly Rule[] = [
  certain(
    'unknown-scim-type',
    ['scimType'],
    (seen) => seen.scimType !== undefined && scimTypeOf(seen.scimType) === null,
  ),
  certain('unknown-status', ['httpStatus'], (seen) => {
    const status = statusOf(seen)
    return status !== null && !known(status)
  }),
  ...SCIM_TYPE_RULES,
  likely(
    'conflict-after-empty-lookup',
    ['httpStatus', 'idpSignal'],
    (seen) => is(seen, 409) && seen.idpSignal === 'lookup-empty',
  ),
  likely('duplicate-user', ['httpStatus', 'operation'], (seen) => is(seen, 409, 'create')),
  likely('disable-refused', ['httpStatus', 'operation'], (seen) => is(seen, 409, 'deactivate')),
  likely('group-conflict', ['httpStatus', 'operation'], (seen) => is(seen, 409, 'group-sync')),
  likely('patch-refused', ['httpStatus', 'operation'], (seen) => is(seen, 400, 'deactivate')),
  likely(
    'filtered-miss-404',
    ['httpStatus', 'idpTestPasses', 'discoverySucceeds'],
    (seen) => is(seen, 404) && seen.idpTestPasses === false && seen.discoverySucceeds !== false,
  ),
  likely(
    'filtered-miss-404',
    ['httpStatus', 'operation', 'usersSucceed'],
    (seen) => is(seen, 404, 'read') && seen.usersSucceed === true,
  ),
  // Nothing is there yet that could be gone: what answers 404 is the lookup before the creation.
  likely(
    'filtered-miss-404',
    ['httpStatus', 'operation', 'discoverySucceeds'],
    (seen) => is(seen, 404, 'create') && seen.discoverySucceeds === true,
  ),
  likely(
    'stale-id',
    ['httpStatus', 'operation', 'discoverySucceeds', 'usersSucceed', 'groupsSucceed'],
    (seen) =>
      is(seen, 404) &&
      changes(seen) &&
      seen.discoverySucceeds !== false &&
      seen.usersSucceed !== false &&
      seen.groupsSucceed !== false,
  ),
  certain('redirected', ['httpStatus', 'answer'], (seen) => {
    const status = statusOf(seen)
    return seen.answer === 'redirect' || (status !== null && REDIRECTS.has(status))
  }),
  ...Object.entries(BY_STATUS).map(([status, code]) =>
    symptom(code, ['httpStatus'], (seen) => is(seen, Number(status))),
  ),
  possible(
    'duplicate-user',
    ['httpStatus', 'scimType'],
    (seen) => is(seen, 409) && seen.scimType === 'uniqueness',
  ),
]
