import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import type { FindingCode } from '../../src/diagnosis/code.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import type { Observation } from '../../src/diagnosis/observation.ts'
import type { Likelihood } from '../../src/diagnosis/rule.ts'

const catalog = loadCatalog()

/** Findings that need not come first, and how sure they are. */
const EXPECTED: readonly (readonly [Observation, FindingCode, Likelihood])[] = [
  [{ tokenStatus: 'other-tenant' }, 'token-of-other-tenant', 'certain'],
  [{ httpStatus: 401, tokenCorrections: ['leading-bearer'] }, 'header-format', 'possible'],
  [{ httpStatus: 401, idp: 'okta', idpScreen: 'oin-app' }, 'header-format', 'possible'],
  [{ failure: 'header-refused' }, 'token-malformed', 'certain'],
  [{ httpStatus: 403, answer: 'web-page' }, 'blocked-on-the-way', 'possible'],
  [{ httpStatus: 403, usersSucceed: true }, 'blocked-on-the-way', 'possible'],
  [{ httpStatus: 'none', discoverySucceeds: true }, 'timed-out', 'possible'],
  [
    { httpStatus: 401, oldTokenStatus: 'revoked', idpUpdated: false },
    'old-token-revoked-too-early',
    'certain',
  ],
  [{ httpStatus: 401, oldTokenStatus: 'revoked' }, 'old-token-revoked-too-early', 'likely'],
  [{ usersSucceed: true, groupsStatus: 403 }, 'groups-off', 'certain'],
  [{ usersSucceed: true, groupsSucceed: false, httpStatus: 404 }, 'groups-off', 'likely'],
  [{ baseUrlFindings: ['missing-scim-v2'] }, 'wrong-base-url', 'possible'],
  [{ httpStatus: 404 }, 'wrong-base-url', 'possible'],
  [{ httpStatus: 409, scimType: 'uniqueness' }, 'duplicate-user', 'possible'],
  [{ usersSucceed: true, tokenRecentlyUsed: false }, 'token-not-used', 'likely'],
  [{ httpStatus: 401, tokenRecentlyUsed: false }, 'token-not-used', 'possible'],
  [{ httpStatus: 'none', tokenRecentlyUsed: false }, 'token-not-used', 'possible'],
  [
    { httpStatus: 401, discoverySucceeds: true, usersSucceed: false },
    'discovery-works-users-fail',
    'certain',
  ],
  [{ usersSucceed: true, lastUseMoved: false }, 'wrong-environment', 'likely'],
  [{ metaLocationMismatch: true }, 'wrong-environment', 'certain'],
]

describe('a finding beside the first', () => {
  it.each(EXPECTED)('%j: %s, %s', (seen, code, likelihood) => {
    const found = diagnose(seen, catalog).findings.find((finding) => finding.code === code)
    expect(found?.likelihood).toBe(likelihood)
  })

  it('is not drawn where something else explains it', () => {
    const codes = (seen: Observation) => diagnose(seen, catalog).findings.map(({ code }) => code)
    expect(codes({ httpStatus: 500, discoverySucceeds: true, usersSucceed: false })).toEqual([
      'server-error',
    ])
    expect(codes({ httpStatus: 'none', failure: 'dns-failed', discoverySucceeds: false })).toEqual([
      'dns-failed',
    ])
    expect(codes({ oldTokenUsedSinceCutover: true, oldTokenStatus: 'revoked' })).toEqual([
      'not-enough-observed',
    ])
    expect(codes({ usersSucceed: false })).toEqual(['not-enough-observed'])
  })
})
