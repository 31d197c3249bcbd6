/** Symptoms as the program measures them: failures, token shape, fingerprint, portal, addresses. */
import type { Row } from './row.ts'

const checks = { discoverySucceeds: true, discoveryStatus: 200 }
const refused = { ...checks, httpStatus: 401, usersSucceed: false, usersStatus: 401 } as const
const accepted = { ...checks, usersSucceed: true, usersStatus: 200 } as const
const guide401 = 'guide: 401, the four causes'
const shape = 'RFC 6750 §2.1'

export const MEASURED_ROWS: readonly Row[] = [
  // The four causes behind one bare 401, and those that look like them
  [guide401, { ...refused, tokenStatus: 'revoked' }, 'token-revoked'],
  [guide401, { ...refused, tokenStatus: 'expired' }, 'token-expired'],
  [guide401, { ...refused, tokenStatus: 'missing' }, 'token-not-in-portal'],
  [guide401, { ...refused, tokenFault: 'empty' }, 'token-missing'],
  [guide401, { ...refused, tokenStatus: 'other-tenant' }, 'wrong-tenant'],
  [guide401, { ...refused, tokenMatch: 'old-token', tokenStatus: 'revoked' }, 'old-token-sent'],
  [guide401, { ...refused, tokenFault: 'old-token-given' }, 'old-token-sent'],
  [guide401, { ...refused, tokenMatch: 'never-seen' }, 'token-never-seen'],
  [guide401, { ...refused, tokenStatus: 'live', tokenMatch: 'new-token' }, 'wrong-environment'],
  [guide401, { ...refused, tokenStatus: 'live', tokenMatch: 'never-seen' }, 'token-never-seen'],
  [guide401, { ...refused, tokenMatch: 'altered' }, 'token-truncated'],
  [guide401, { ...refused, tokenStatus: 'live', tokenMatch: 'alike' }, 'token-truncated'],
  [guide401, { ...refused, portalSilent: true }, 'unauthorized'],
  ['guide: First Checks 3', { ...accepted, portalSilent: true }, 'portal-not-seen'],
  [
    guide401,
    { ...refused, tokenStatus: 'live', tokenCorrections: ['doubled-bearer'] },
    'doubled-bearer',
  ],
  // The shape of what was pasted
  [shape, { tokenFault: 'masked' }, 'token-truncated'],
  [shape, { tokenFault: 'truncated', httpStatus: 401 }, 'token-truncated'],
  [shape, { tokenFault: 'too-short' }, 'token-truncated'],
  [shape, { tokenFault: 'prefix-only' }, 'token-truncated'],
  [shape, { tokenFault: 'unbalanced-quote' }, 'token-truncated'],
  [shape, { tokenFault: 'inner-newline' }, 'token-malformed'],
  [shape, { tokenFault: 'not-ascii' }, 'token-malformed'],
  [shape, { tokenFault: 'control-character' }, 'token-malformed'],
  [shape, { ...refused, tokenCorrections: ['smart-quotes'] }, 'token-malformed'],
  [shape, { ...refused, tokenCorrections: ['trailing-newline'] }, 'token-malformed'],
  [shape, { tokenFault: 'own-key' }, 'own-key-given'],
  // No usable answer
  ['RFC 1034 §3.6', { httpStatus: 'none', failure: 'dns-failed' }, 'dns-failed'],
  ['RFC 9110 §4.3.4', { httpStatus: 'none', failure: 'tls-failed' }, 'tls-failed'],
  ['okta concepts/scim/faqs: 60 s', { failure: 'timed-out', discoverySucceeds: true }, 'timed-out'],
  ['RFC 9112 §8', { httpStatus: 'none', failure: 'connection-lost' }, 'connection-lost'],
  [
    'inferred: nothing accepts a connection',
    { httpStatus: 'none', failure: 'unreachable' },
    'unreachable',
  ],
  ['RFC 7644 §3.4.2.4', { failure: 'too-large' }, 'answer-too-large'],
  ['OWASP SSRF', { failure: 'address-refused' }, 'target-refused'],
  ['OWASP SSRF', { failure: 'url-refused' }, 'target-refused'],
  ['guide: no answer', { httpStatus: 'none' }, 'no-answer'],
  ['guide: no answer', { httpStatus: 'none', discoverySucceeds: true }, 'no-answer'],
  ['guide: no answer', { httpStatus: 'none', discoverySucceeds: false }, 'no-answer'],
  [
    'inferred: a firewall for one caller',
    { httpStatus: 'none', ...accepted },
    'blocked-on-the-way',
  ],
  [
    'inferred: a firewall for one caller',
    { httpStatus: 'none', requestArrives: false },
    'blocked-on-the-way',
  ],
  // Something else answers
  ['RFC 7644 §3.1', { httpStatus: 403, answer: 'web-page' }, 'web-page-instead-of-scim'],
  ['RFC 7644 §3.1', { httpStatus: 502, answer: 'web-page' }, 'web-page-instead-of-scim'],
  [
    'RFC 7644 §3.1',
    { httpStatus: 200, answer: 'web-page', discoverySucceeds: false, discoveryStatus: 200 },
    'web-page-instead-of-scim',
  ],
  [
    'RFC 7644 §3.4.2',
    { ...checks, httpStatus: 200, answer: 'empty', usersSucceed: false, usersStatus: 200 },
    'answer-not-scim',
  ],
  [
    'docs.getaxonflow.com: discovery is public',
    { httpStatus: 401, discoverySucceeds: false, discoveryStatus: 401 },
    'discovery-behind-auth',
  ],
  [
    'RFC 7643 §5',
    {
      httpStatus: 401,
      discoverySucceeds: false,
      discoveryStatus: 401,
      usersSucceed: true,
      usersStatus: 200,
    },
    'discovery-behind-auth',
  ],
  [
    'RFC 7643 §5',
    { httpStatus: 401, discoverySucceeds: false, usersSucceed: true },
    'discovery-behind-auth',
  ],
  // Where it lands
  [
    'guide: wrong tenant',
    {
      ...accepted,
      mismatches: [{ source: 'meta-location', expected: 'a.example', found: 'b.example' }],
    },
    'wrong-environment',
  ],
  [
    'guide: wrong tenant',
    { mismatches: [{ source: 'redirect', expected: 'a.example', found: 'b.example' }] },
    'redirected-elsewhere',
  ],
  [
    'guide: wrong tenant',
    { ...accepted, mismatches: [{ source: 'event', expected: 'acme', found: 'globex' }] },
    'wrong-tenant',
  ],
  [
    'guide: wrong tenant',
    { mismatches: [{ source: 'person', expected: 'acme', found: 'globex' }] },
    'wrong-tenant',
  ],
  ['guide: first checks 3', { ...accepted, lastUseMoved: false }, 'wrong-environment'],
  [
    'guide: first checks 3',
    { ...accepted, lastUseMoved: true, tokenStatus: 'live' },
    'nothing-failed',
  ],
  // Base URL spelling
  [
    'guide: Entra, /scim/v2',
    { httpStatus: 404, baseUrlFindings: ['missing-scim-v2'] },
    'wrong-base-url',
  ],
  [
    'guide: Entra, /scim/v2',
    { discoverySucceeds: false, discoveryStatus: 404, baseUrlFindings: ['ends-in-resource'] },
    'wrong-base-url',
  ],
  ['guide: 404, URL', { discoverySucceeds: false, discoveryStatus: 404 }, 'wrong-base-url'],
  // Groups
  [
    'guide: groups',
    { ...accepted, httpStatus: 403, groupsSucceed: false, groupsStatus: 403 },
    'groups-off',
  ],
  [
    'guide: groups',
    { ...accepted, httpStatus: 404, groupsSucceed: false, groupsStatus: 404 },
    'groups-off',
  ],
  ['guide: groups', { ...accepted, groupsSucceed: false }, 'groups-not-synced'],
  // Impossible together
  ['DESIGN §4', { httpStatus: 401, tokenRecentlyUsed: true }, 'contradictory-observations'],
  [
    'chosen: one request, one outcome',
    { httpStatus: 'none', scimType: 'uniqueness' },
    'contradictory-observations',
  ],
  [
    'chosen: one request, one outcome',
    { httpStatus: 200, scimType: 'invalidValue' },
    'contradictory-observations',
  ],
  [
    'chosen: one request, one outcome',
    { httpStatus: 401, scimType: 'invalidFilter' },
    'contradictory-observations',
  ],
  [
    'chosen: one request, one outcome',
    { httpStatus: 404, failure: 'dns-failed' },
    'contradictory-observations',
  ],
  ['RFC 9110 §15', { httpStatus: 42 }, 'contradictory-observations'],
  ['RFC 9110 §15', { httpStatus: 999 }, 'contradictory-observations'],
  [
    'chosen: one host, one outcome',
    { discoverySucceeds: true, failure: 'dns-failed' },
    'contradictory-observations',
  ],
  [
    'chosen: one host, one outcome',
    { discoverySucceeds: false, usersSucceed: true },
    'contradictory-observations',
  ],
  [
    'chosen: one request, one outcome',
    { httpStatus: 200, usersSucceed: false },
    'contradictory-observations',
  ],
  ['chosen: one IdP', { idp: 'okta', idpSignal: 'quarantine' }, 'contradictory-observations'],
  [
    'chosen: revoked is not accepted',
    { ...accepted, tokenStatus: 'revoked' },
    'contradictory-observations',
  ],
]
