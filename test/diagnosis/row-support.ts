/** Combinations as they come to a support desk: what a person typed, several signs at once, signs that disagree. */
import type { Row } from './row.ts'

const groups = 'guide: Users Sync but Groups Do Not'
const pattern = 'guide: Discovery Works but User Sync Fails'
const only = { usersSucceed: true, groupsSucceed: false, operation: 'group-sync' } as const

export const SUPPORT_ROWS: readonly Row[] = [
  // Groups fail alone: a status that says why comes before the pattern
  [groups, { ...only, httpStatus: 404, idp: 'okta' }, 'groups-off'],
  [groups, { ...only, httpStatus: 405 }, 'groups-off'],
  [groups, { ...only, httpStatus: 501 }, 'groups-off'],
  [groups, { ...only, httpStatus: 401, discoverySucceeds: true }, 'groups-off'],
  [groups, { ...only, httpStatus: 200 }, 'groups-not-synced'],
  [groups, { ...only, idp: 'onelogin' }, 'groups-not-synced'],
  [groups, { ...only, tokenRecentlyUsed: true, discoverySucceeds: true }, 'groups-not-synced'],
  [groups, { groupsSucceed: false }, 'groups-not-synced'],
  [groups, { groupsSucceed: false, discoverySucceeds: true, idp: 'entra' }, 'groups-not-synced'],
  ['learn.microsoft.com/answers/questions/471809', { ...only, httpStatus: 409 }, 'group-conflict'],
  ['guide: 400 Bad Request', { ...only, httpStatus: 400 }, 'bad-request'],
  ['RFC 7644 §3.5.2', { ...only, httpStatus: 400, scimType: 'invalidPath' }, 'invalid-path'],
  ['RFC 6585 §4', { ...only, httpStatus: 429 }, 'throttled'],
  ['RFC 9110 §15.6', { ...only, httpStatus: 500 }, 'server-error'],
  ['RFC 9110 §15.6', { ...only, httpStatus: 503 }, 'unavailable'],
  ['guide: no answer', { ...only, httpStatus: 'none' }, 'blocked-on-the-way'],
  [
    'chosen: one token, one answer',
    { discoverySucceeds: true, usersSucceed: false, groupsSucceed: true },
    'contradictory-observations',
  ],
  [
    'chosen: one token, one answer',
    { httpStatus: 401, usersSucceed: false, groupsSucceed: true },
    'contradictory-observations',
  ],
  [
    'chosen: one host, one outcome',
    { discoverySucceeds: false, groupsSucceed: true },
    'contradictory-observations',
  ],
  ['RFC 7644 §3.12', { httpStatus: 500, usersSucceed: false, groupsSucceed: true }, 'server-error'],
  // Users fail
  [
    pattern,
    { discoverySucceeds: true, usersSucceed: false, tokenRecentlyUsed: true },
    'discovery-works-users-fail',
  ],
  [
    pattern,
    { httpStatus: 401, discoverySucceeds: true, usersSucceed: false, tokenRecentlyUsed: false },
    'unauthorized',
  ],
  [
    'guide: 400 Bad Request',
    { httpStatus: 400, discoverySucceeds: true, usersSucceed: false, tokenRecentlyUsed: true },
    'bad-request',
  ],
  [
    'guide: 403, by its meaning',
    { httpStatus: 403, discoverySucceeds: true, usersSucceed: false },
    'forbidden',
  ],
  [
    'RFC 9110 §15.6',
    { httpStatus: 502, discoverySucceeds: true, usersSucceed: false },
    'unavailable',
  ],
  [
    'guide: no answer',
    { httpStatus: 'none', discoverySucceeds: true, usersSucceed: false },
    'no-answer',
  ],
  ['guide: no answer', { httpStatus: 'none', tokenRecentlyUsed: true }, 'no-answer'],
  [
    'guide: IdP notes, header format',
    { httpStatus: 401, usersSucceed: true, tokenRecentlyUsed: false, idp: 'entra' },
    'header-format',
  ],
  // 404 by what was being done
  [
    'learn.microsoft.com/answers/questions/1611014',
    { httpStatus: 404, operation: 'create', discoverySucceeds: true, idp: 'entra' },
    'filtered-miss-404',
  ],
  ['guide: 404 Not Found', { httpStatus: 404, operation: 'create' }, 'not-found'],
  [
    'guide: 404 Not Found',
    { httpStatus: 404, operation: 'create', discoverySucceeds: false },
    'wrong-base-url',
  ],
  [
    'guide: 404 Not Found',
    { httpStatus: 404, operation: 'deactivate', discoverySucceeds: true, usersSucceed: true },
    'stale-id',
  ],
  [
    'guide: SCIM Error Types, noTarget',
    { httpStatus: 404, scimType: 'noTarget', operation: 'update' },
    'no-target',
  ],
  // 409
  [
    'guide: 409 Conflict',
    { httpStatus: 409, operation: 'create', idp: 'onelogin' },
    'duplicate-user',
  ],
  // Where it lands, before everything else
  [
    'guide: Provisioning Reaches the Wrong Tenant',
    { tenantMismatch: true, httpStatus: 200, usersSucceed: true },
    'wrong-tenant',
  ],
  [
    'guide: Provisioning Reaches the Wrong Tenant',
    { tenantMismatch: true, httpStatus: 401, tokenRecentlyUsed: true },
    'wrong-tenant',
  ],
  [
    'guide: Provisioning Reaches the Wrong Tenant',
    { tenantMismatch: true, ...only },
    'wrong-tenant',
  ],
  [
    'guide: First Checks 3',
    {
      usersSucceed: true,
      discoverySucceeds: true,
      groupsSucceed: true,
      tokenRecentlyUsed: false,
      idp: 'okta',
    },
    'token-not-used',
  ],
  // Addresses
  ['RFC 9110 §15.4', { httpStatus: 302, discoverySucceeds: false }, 'redirected'],
  ['RFC 7644 §4', { httpStatus: 200, discoverySucceeds: false }, 'wrong-base-url'],
  ['RFC 9110 §15.6', { httpStatus: 500, discoverySucceeds: false }, 'server-error'],
  // Nothing, or nonsense
  ['chosen: nothing is wrong', { httpStatus: 201, operation: 'create' }, 'nothing-failed'],
  [
    'chosen: nothing is wrong',
    { httpStatus: 200, tenantMismatch: false, tokenRecentlyUsed: true },
    'nothing-failed',
  ],
  ['RFC 9110 §15', { httpStatus: 0 }, 'contradictory-observations'],
  [
    'RFC 9110 §15, a status of nobody’s',
    { httpStatus: 599, operation: 'update' },
    'unknown-status',
  ],
]
