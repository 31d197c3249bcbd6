/** Symptoms from public threads and vendors' manuals, each named. */
import type { Row } from './row.ts'

export const THREAD_ROWS: readonly Row[] = [
  [
    'help.sourcegraph.com: 401 in Okta, curl works',
    { httpStatus: 401, idp: 'okta', usersSucceed: true, workedBefore: false },
    'header-format',
  ],
  [
    'help.sourcegraph.com: 401 right after setup',
    { httpStatus: 401, idp: 'okta', workedBefore: false },
    'header-format',
  ],
  [
    'github.com/airbytehq/airbyte#84388: fixed Bearer beside the box',
    { httpStatus: 401, idp: 'okta', idpScreen: 'scim-connection', usersSucceed: true },
    'header-format',
  ],
  [
    'github.com/getsentry/sentry-docs#4165: pasted with Bearer',
    { httpStatus: 401, idp: 'okta', idpScreen: 'oin-app', tokenCorrections: ['doubled-bearer'] },
    'doubled-bearer',
  ],
  [
    'support.okta.com forest-admin: Unauthorized, invalid SCIM token',
    { httpStatus: 401, idp: 'okta', operation: 'read', tokenStatus: 'revoked' },
    'token-revoked',
  ],
  [
    'support.okta.com forest-admin: tasks left in error',
    { idp: 'okta', idpSignal: 'failed-tasks' },
    'okta-failed-tasks',
  ],
  [
    'devforum.okta.com/t/33265: nothing reaches the service provider',
    { httpStatus: 401, idp: 'okta', requestArrives: false, workedBefore: true },
    'okta-local-refusal',
  ],
  [
    'devforum.okta.com/t/33265: out of the blue',
    { httpStatus: 401, idp: 'okta', requestArrives: false },
    'okta-local-refusal',
  ],
  [
    'github.com/Kong/developer.konghq.com#3100: 90 days',
    { httpStatus: 401, workedBefore: true },
    'token-lapsed',
  ],
  [
    'github.com/Kong/developer.konghq.com#3100: the portal shows it',
    { httpStatus: 401, workedBefore: true, tokenStatus: 'expired' },
    'token-expired',
  ],
  [
    'github.com/cagov/data-infrastructure#586: deactivation never arrived',
    { idp: 'okta', operation: 'deactivate', idpSignal: 'left-active' },
    'left-active',
  ],
  [
    'github.com/cagov/data-infrastructure#586: 401 and still active',
    { idp: 'okta', httpStatus: 401, operation: 'deactivate', idpSignal: 'left-active' },
    'left-active',
  ],
  [
    'learn.microsoft.com/answers/questions/4969398: quarantine',
    { idp: 'entra', idpSignal: 'quarantine' },
    'entra-quarantine',
  ],
  [
    'learn.microsoft.com/answers/questions/4969398: quarantine after 401',
    { idp: 'entra', httpStatus: 401, workedBefore: true, idpSignal: 'quarantine' },
    'entra-quarantine',
  ],
  [
    'learn.microsoft.com/answers/questions/1611014: test connection 404',
    { idp: 'entra', httpStatus: 404, idpTestPasses: false },
    'filtered-miss-404',
  ],
  [
    'learn.microsoft.com/answers/questions/1611014: filtered miss',
    {
      idp: 'entra',
      httpStatus: 404,
      operation: 'read',
      discoverySucceeds: true,
      usersSucceed: true,
    },
    'filtered-miss-404',
  ],
  [
    'learn.microsoft.com/answers/questions/1611014: wrong base path',
    { idp: 'entra', httpStatus: 404, idpTestPasses: false, discoverySucceeds: false },
    'wrong-base-url',
  ],
  ['devforum.okta.com/t/22746: after a lapse', { gap: true, idp: 'okta' }, 'rotation-gap'],
  [
    'devforum.okta.com/t/22746: failed accounts stay',
    { idp: 'okta', gap: true, idpSignal: 'failed-tasks' },
    'okta-failed-tasks',
  ],
  [
    'devforum.okta.com/t/7207: last push failed',
    { idp: 'okta', idpSignal: 'left-active' },
    'left-active',
  ],
  [
    'devforum.okta.com/t/27262: lookup found none',
    { idp: 'okta', httpStatus: 409, operation: 'create', idpSignal: 'lookup-empty' },
    'conflict-after-empty-lookup',
  ],
  [
    'learn.microsoft.com/answers/questions/1151866: slow create, then 409',
    { idp: 'entra', httpStatus: 409, idpSignal: 'lookup-empty' },
    'conflict-after-empty-lookup',
  ],
  [
    'learn.microsoft.com/answers/questions/1151866: over 60 seconds',
    { idp: 'entra', httpStatus: 'none', failure: 'timed-out' },
    'timed-out',
  ],
  [
    'learn.microsoft.com/answers/questions/1185756: User must be Active',
    { idp: 'entra', httpStatus: 409, operation: 'deactivate' },
    'disable-refused',
  ],
  [
    'learn.microsoft.com/answers/questions/471809: members again each cycle',
    { idp: 'entra', httpStatus: 409, operation: 'group-sync' },
    'group-conflict',
  ],
  [
    'learn.microsoft.com/answers/questions/471809: members again each cycle',
    { idp: 'entra', operation: 'group-sync', idpSignal: 'same-error-every-cycle' },
    'group-conflict',
  ],
  [
    'learn.microsoft.com/answers/questions/1191665: groups not mapped',
    { idp: 'entra', usersSucceed: true, groupsSucceed: false, operation: 'group-sync' },
    'groups-not-synced',
  ],
  [
    'entra-docs known-issues.md: displayName taken',
    { idp: 'entra', httpStatus: 409, operation: 'group-sync', usersSucceed: true },
    'group-conflict',
  ],
  [
    'github.com/getsentry/sentry-docs#16258: every cycle',
    { idp: 'entra', httpStatus: 400, idpSignal: 'same-error-every-cycle' },
    'patch-refused',
  ],
  [
    'github.com/getsentry/sentry-docs#16258: active',
    { httpStatus: 400, operation: 'deactivate' },
    'patch-refused',
  ],
  [
    'support.okta.com 0D54z0000A4i091CQA: null reason',
    { idp: 'okta', httpStatus: 200, usersSucceed: false, idpSignal: 'failure-without-reason' },
    'okta-sync-failure-without-reason',
  ],
  [
    'entra-docs provision-on-demand.md: out of scope',
    { idp: 'entra', idpSignal: 'nothing-in-log' },
    'nothing-in-log',
  ],
  [
    'entra-docs application-provisioning-quarantine-status.md: paused',
    { idp: 'entra', idpSignal: 'nothing-in-log', tokenRecentlyUsed: false },
    'nothing-in-log',
  ],
  [
    'entra-docs provision-on-demand.md: RedundantExport',
    { idp: 'entra', httpStatus: 200, idpSignal: 'redundant-export' },
    'redundant-export',
  ],
  [
    'Authagonal: resources of the client',
    { httpStatus: 404, operation: 'read', idpSignal: 'existing-users-missing' },
    'resources-scoped-to-token',
  ],
  [
    'intercom.help/lessonly 3666593: approval',
    { idp: 'onelogin', idpSignal: 'pending-approval' },
    'onelogin-pending',
  ],
  [
    'okta scim-provisioning-integration-connect: tested, not saved',
    { idp: 'okta', httpStatus: 401, idpTestPasses: true },
    'tested-not-saved',
  ],
  [
    'entra use-scim: tested, not saved',
    { idp: 'entra', idpTestPasses: true, tokenRecentlyUsed: false },
    'tested-not-saved',
  ],
  [
    'okta scim-provisioning-integration-prepare: underscore',
    { idp: 'okta', baseUrlFindings: ['underscore'] },
    'wrong-base-url',
  ],
  [
    'okta concepts/scim: Retry-After',
    { idp: 'okta', httpStatus: 429, retryAfterSeconds: 30 },
    'throttled',
  ],
  ['RFC 6585 §4', { httpStatus: 429 }, 'throttled'],
  ['Better Auth reference.mdx: scope', { httpStatus: 403 }, 'forbidden'],
  [
    'Better Auth reference.mdx: scope of groups',
    { httpStatus: 403, operation: 'group-sync', usersSucceed: true, groupsSucceed: false },
    'groups-off',
  ],
  [
    'auth0 manage-an-inbound-scim-deployment: deleted tokens vanish',
    { httpStatus: 401, tokenStatus: 'missing', tokenMatch: 'never-seen' },
    'token-not-in-portal',
  ],
  ['RFC 7644 §3.12', { httpStatus: 500, operation: 'create' }, 'server-error'],
  ['RFC 7644 §3.12', { httpStatus: 501, operation: 'update' }, 'operation-not-supported'],
  ['RFC 9110 §15.5.6', { httpStatus: 405 }, 'operation-not-supported'],
  ['RFC 9110 §15.6', { httpStatus: 502 }, 'unavailable'],
  ['RFC 9110 §15.6', { httpStatus: 503, retryAfterSeconds: 120 }, 'unavailable'],
  ['RFC 9110 §15.6', { httpStatus: 504, idp: 'okta' }, 'unavailable'],
  ['RFC 7644 §3.14', { httpStatus: 412, operation: 'update' }, 'precondition-failed'],
  ['RFC 7644 §3.7.4', { httpStatus: 413 }, 'body-too-large'],
  ['RFC 7644 §3.1', { httpStatus: 415 }, 'media-type-refused'],
  ['RFC 7644 §3.1', { httpStatus: 406 }, 'media-type-refused'],
  ['RFC 9110 §15.4', { httpStatus: 301 }, 'redirected'],
  ['RFC 9110 §15.4', { httpStatus: 308, redirectHost: 'other.example' }, 'redirected-elsewhere'],
  ['RFC 9110 §15, a status of nobody’s', { httpStatus: 418 }, 'unknown-status'],
  ['RFC 9110 §15, a status of nobody’s', { httpStatus: 520, idp: 'okta' }, 'unknown-status'],
  [
    'RFC 7644 §3.12, a word of nobody’s',
    { scimType: 'myOwnWord', httpStatus: 400 },
    'unknown-scim-type',
  ],
  [
    'RFC 7644 §3.12, a word of nobody’s',
    { scimType: 'notFound', httpStatus: 404 },
    'unknown-scim-type',
  ],
]
