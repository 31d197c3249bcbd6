/** Symptoms as the troubleshooting guide and the specifications describe them. */
import type { Row } from './row.ts'

export const GUIDE_ROWS: readonly Row[] = [
  // 401 Unauthorized
  ['guide: 401', { httpStatus: 401 }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, idp: 'okta' }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, idp: 'entra' }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, idp: 'onelogin', operation: 'create' }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, operation: 'deactivate' }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, operation: 'group-sync', idp: 'generic' }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, tokenRecentlyUsed: false }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, discoverySucceeds: true }, 'unauthorized'],
  ['guide: 401', { httpStatus: 401, discoverySucceeds: true, usersSucceed: false }, 'unauthorized'],
  ['guide: 401, token missing', { httpStatus: 401, tokenFault: 'empty' }, 'token-missing'],
  ['guide: 401, token missing', { tokenFault: 'bearer-only' }, 'token-missing'],
  ['guide: 401, revoked', { httpStatus: 401, tokenStatus: 'revoked' }, 'token-revoked'],
  ['guide: 401, expired', { httpStatus: 401, tokenStatus: 'expired' }, 'token-expired'],
  [
    'guide: 401, raw or full Bearer string',
    { httpStatus: 401, tokenCorrections: ['doubled-bearer'] },
    'doubled-bearer',
  ],
  [
    'guide: 401, raw or full Bearer string',
    { httpStatus: 401, discoverySucceeds: true, usersSucceed: true },
    'header-format',
  ],
  [
    'guide: 401, header malformed',
    { httpStatus: 401, tokenFault: 'inner-space' },
    'token-malformed',
  ],
  [
    'guide: 401, the right environment',
    { httpStatus: 401, metaLocationMismatch: true },
    'wrong-environment',
  ],
  [
    'guide: 401, the right environment',
    { httpStatus: 401, discoverySucceeds: false },
    'wrong-base-url',
  ],
  // 400 Bad Request
  ['guide: 400', { httpStatus: 400 }, 'bad-request'],
  ['guide: 400, invalid JSON', { httpStatus: 400, scimType: 'invalidSyntax' }, 'invalid-syntax'],
  [
    'guide: 400, missing attributes',
    { httpStatus: 400, scimType: 'invalidValue', operation: 'create' },
    'invalid-value',
  ],
  ['guide: 400, filter', { httpStatus: 400, scimType: 'invalidFilter' }, 'invalid-filter'],
  ['guide: 400, attributes', { httpStatus: 400, operation: 'create', idp: 'okta' }, 'bad-request'],
  ['guide: 400, mapping', { httpStatus: 400, operation: 'update', idp: 'entra' }, 'bad-request'],
  ['guide: 400, patch', { httpStatus: 400, scimType: 'invalidPath' }, 'invalid-path'],
  // 404 Not Found
  ['guide: 404', { httpStatus: 404 }, 'not-found'],
  ['guide: 404, object gone', { httpStatus: 404, operation: 'update' }, 'stale-id'],
  ['guide: 404, object gone', { httpStatus: 404, operation: 'deactivate' }, 'stale-id'],
  [
    'guide: 404, stale IDs',
    { httpStatus: 404, operation: 'update', discoverySucceeds: true, usersSucceed: true },
    'stale-id',
  ],
  ['guide: 404, a group', { httpStatus: 404, operation: 'group-sync' }, 'stale-id'],
  ['guide: 404, URL', { httpStatus: 404, discoverySucceeds: false }, 'wrong-base-url'],
  [
    'guide: 404, URL',
    { httpStatus: 404, operation: 'update', discoverySucceeds: false },
    'wrong-base-url',
  ],
  // 409 Conflict
  ['guide: 409', { httpStatus: 409 }, 'conflict'],
  ['guide: 409, duplicate username', { httpStatus: 409, scimType: 'uniqueness' }, 'uniqueness'],
  ['guide: 409, duplicate identity', { httpStatus: 409, operation: 'create' }, 'duplicate-user'],
  [
    'guide: 409, another provisioning path',
    { httpStatus: 409, operation: 'create', idp: 'okta' },
    'duplicate-user',
  ],
  ['guide: 409, changed userName', { httpStatus: 409, operation: 'update' }, 'conflict'],
  // Discovery works but user sync fails
  [
    'guide: discovery works',
    { discoverySucceeds: true, usersSucceed: false },
    'discovery-works-users-fail',
  ],
  [
    'guide: discovery works',
    { discoverySucceeds: true, usersSucceed: false, idp: 'onelogin' },
    'discovery-works-users-fail',
  ],
  [
    'guide: discovery works',
    { discoverySucceeds: true, usersSucceed: false, tokenRecentlyUsed: false },
    'discovery-works-users-fail',
  ],
  [
    'guide: discovery works',
    { discoverySucceeds: true, usersSucceed: false, tokenStatus: 'expired' },
    'token-expired',
  ],
  [
    'guide: discovery works, but not a matter of the token',
    { httpStatus: 500, discoverySucceeds: true, usersSucceed: false },
    'server-error',
  ],
  // Users sync but groups do not
  ['guide: groups', { usersSucceed: true, groupsSucceed: false }, 'groups-not-synced'],
  [
    'guide: groups',
    { usersSucceed: true, groupsSucceed: false, operation: 'group-sync', idp: 'okta' },
    'groups-not-synced',
  ],
  [
    'guide: groups',
    { discoverySucceeds: true, usersSucceed: true, groupsSucceed: false, idp: 'entra' },
    'groups-not-synced',
  ],
  [
    'guide: groups',
    { usersSucceed: true, groupsSucceed: false, idp: 'onelogin', idpSignal: 'pending-approval' },
    'onelogin-pending',
  ],
  // Wrong tenant
  ['guide: wrong tenant', { tenantMismatch: true }, 'wrong-tenant'],
  ['guide: wrong tenant', { tenantMismatch: true, httpStatus: 200 }, 'wrong-tenant'],
  ['guide: wrong tenant', { tenantMismatch: true, httpStatus: 401 }, 'wrong-tenant'],
  [
    'guide: wrong tenant, token reused elsewhere',
    { tokenStatus: 'other-tenant', httpStatus: 401 },
    'wrong-tenant',
  ],
  [
    'guide: wrong tenant, URL copied',
    { discoverySucceeds: true, usersSucceed: true, metaLocationMismatch: true },
    'wrong-environment',
  ],
  [
    'guide: wrong tenant, hostname',
    { mismatches: [{ source: 'portal-tenant', expected: 'acme', found: 'globex' }] },
    'wrong-tenant',
  ],
  // Token rotation
  [
    'guide: rotation, revoked too early',
    { httpStatus: 401, oldTokenStatus: 'revoked', idpUpdated: false },
    'old-token-revoked-too-early',
  ],
  [
    'guide: rotation, revoked too early',
    { httpStatus: 401, oldTokenStatus: 'revoked' },
    'old-token-revoked-too-early',
  ],
  [
    'guide: rotation, silently stops',
    { usersSucceed: false, oldTokenStatus: 'expired' },
    'old-token-revoked-too-early',
  ],
  [
    'guide: rotation, the IdP still uses the old token',
    { oldTokenUsedSinceCutover: true, oldTokenStatus: 'live' },
    'old-token-still-used',
  ],
  [
    'guide: rotation, the IdP still uses the old token',
    { tokenMatch: 'old-token', httpStatus: 401 },
    'old-token-sent',
  ],
  [
    'guide: first checks 3, last_used_at',
    { discoverySucceeds: true, usersSucceed: true, tokenRecentlyUsed: false },
    'token-not-used',
  ],
  ['guide: first checks 3, exists', { tokenStatus: 'missing' }, 'token-not-in-portal'],
  ['guide: first checks 1', { discoverySucceeds: false }, 'wrong-base-url'],
  [
    'guide: first checks',
    { discoverySucceeds: true, usersSucceed: true, groupsSucceed: true },
    'nothing-failed',
  ],
  ['guide: first checks', {}, 'not-enough-observed'],
  // SCIM error types, all of them
  ['guide: scimType', { scimType: 'invalidFilter' }, 'invalid-filter'],
  ['guide: scimType', { scimType: 'uniqueness', operation: 'group-sync' }, 'uniqueness'],
  ['guide: scimType', { scimType: 'invalidSyntax' }, 'invalid-syntax'],
  ['guide: scimType', { scimType: 'invalidValue', httpStatus: 400, idp: 'okta' }, 'invalid-value'],
  ['guide: scimType, its own reading', { scimType: 'noTarget', httpStatus: 404 }, 'no-target'],
  ['guide: scimType', { scimType: 'mutability', httpStatus: 400 }, 'mutability'],
  ['RFC 7644 §3.12', { scimType: 'tooMany', httpStatus: 400 }, 'too-many'],
  ['RFC 7644 §3.12', { scimType: 'noTarget', httpStatus: 400 }, 'no-target'],
  ['RFC 7644 §3.12', { scimType: 'invalidPath' }, 'invalid-path'],
  ['RFC 7644 §3.12', { scimType: 'invalidVers', httpStatus: 400 }, 'invalid-vers'],
  ['RFC 7644 §3.12', { scimType: 'sensitive', httpStatus: 403 }, 'sensitive'],
  ['RFC 9865', { scimType: 'invalidCursor', httpStatus: 400 }, 'invalid-cursor'],
  ['RFC 9865', { scimType: 'expiredCursor', httpStatus: 400 }, 'expired-cursor'],
  ['RFC 9865', { scimType: 'invalidCount', httpStatus: 400 }, 'invalid-count'],
]
