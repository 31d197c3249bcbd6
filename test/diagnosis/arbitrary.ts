/** Observations of every kind, impossible ones included. */
import * as fc from 'fast-check'
import { IdpSignal, type Observation } from '../../src/diagnosis/observation.ts'
import type { Mismatch } from '../../src/scim/contract.ts'

const host = fc.constantFrom('portal.example', 'other.example', '127.0.0.1:8080', 'Not A Host!')
const status = fc.oneof(
  fc.constantFrom(200, 204, 301, 400, 401, 403, 404, 409, 429, 500, 501, 503),
  fc.integer({ min: -5, max: 9999 }),
)
const scimType = fc.oneof(
  fc.constantFrom('uniqueness', 'invalidFilter', 'noTarget', 'INVALIDPATH', 'expiredCursor'),
  fc.string({ maxLength: 50 }),
)
const mismatch: fc.Arbitrary<Mismatch> = fc.record({
  source: fc.constantFrom(
    'meta-location',
    'redirect',
    'portal-tenant',
    'event',
    'token-metadata',
    'person',
  ),
  expected: host,
  found: host,
})

const flag = fc.boolean()

export const anyObservation: fc.Arbitrary<Observation> = fc.record(
  {
    httpStatus: fc.oneof(status, fc.constant('none' as const)),
    scimType,
    operation: fc.constantFrom('create', 'update', 'deactivate', 'group-sync', 'read'),
    discoverySucceeds: flag,
    usersSucceed: flag,
    groupsSucceed: flag,
    tokenRecentlyUsed: flag,
    idp: fc.constantFrom('okta', 'entra', 'onelogin', 'generic'),
    tenantMismatch: flag,
    idpScreen: fc.constantFrom('oin-app', 'scim-connection', 'no-such-screen'),
    idpSignal: fc.constantFrom(...IdpSignal.options),
    idpTestPasses: flag,
    workedBefore: flag,
    requestArrives: flag,
    failure: fc.constantFrom('dns-failed', 'tls-failed', 'timed-out', 'address-refused'),
    answer: fc.constantFrom('json', 'web-page', 'empty', 'not-json', 'redirect'),
    discoveryStatus: status,
    usersStatus: status,
    groupsStatus: status,
    retryAfterSeconds: fc.nat(),
    redirectHost: host,
    metaLocationMismatch: flag,
    mismatches: fc.array(mismatch, { maxLength: 3 }),
    baseUrlFindings: fc.subarray(['missing-scim-v2', 'trailing-slash', 'underscore'] as const),
    tokenStatus: fc.constantFrom('live', 'expired', 'revoked', 'other-tenant', 'missing'),
    portalSilent: flag,
    lastUseMoved: flag,
    tokenMatch: fc.constantFrom('old-token', 'new-token', 'never-seen', 'altered', 'alike'),
    tokenFault: fc.constantFrom('empty', 'own-key', 'truncated', 'inner-space', 'old-token-given'),
    tokenCorrections: fc.subarray(['doubled-bearer', 'leading-bearer', 'smart-quotes'] as const),
    oldTokenStatus: fc.constantFrom('live', 'expired', 'revoked'),
    idpUpdated: flag,
    oldTokenUsedSinceCutover: flag,
    gap: flag,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Observation>
