import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { observationFromChecks } from '../../src/diagnosis/from-check.ts'
import type { Check, CheckName } from '../../src/scim/contract.ts'

const catalog = loadCatalog()
const check = (name: CheckName, rest: Partial<Check> = {}): Check => ({
  name,
  outcome: 'pass',
  httpStatus: 200,
  answer: 'json',
  durationMs: 5,
  detail: 'ours',
  ...rest,
})
const fail = (name: CheckName, rest: Partial<Check>): Check =>
  check(name, { outcome: 'fail', ...rest })
const silent = (name: CheckName, failure: NonNullable<Check['failure']>): Check => ({
  name,
  outcome: 'fail',
  failure,
  durationMs: 5,
  detail: 'ours',
})
const skipped = (name: CheckName): Check => ({
  name,
  outcome: 'skipped',
  durationMs: 0,
  detail: '',
})

describe('observationFromChecks', () => {
  it('is empty without checks, and takes no skipped check for a failed one', () => {
    expect(observationFromChecks([])).toEqual({})
    expect(observationFromChecks([skipped('discovery'), skipped('list-users')])).toEqual({})
  })

  it('takes status, scimType and waiting time from the earliest request that failed', () => {
    const seen = observationFromChecks([
      fail('list-groups', { httpStatus: 403 }),
      fail('list-users', { httpStatus: 429, scimType: 'tooMany', retryAfterSeconds: 30 }),
      check('discovery'),
    ])
    expect(seen).toMatchObject({ httpStatus: 429, scimType: 'tooMany', retryAfterSeconds: 30 })
    expect(seen).toMatchObject({ discoverySucceeds: true, usersSucceed: false, groupsStatus: 403 })
  })

  it('calls a failure without an answer “none”', () => {
    const seen = observationFromChecks([silent('discovery', 'dns-failed')])
    expect(seen).toEqual({ httpStatus: 'none', failure: 'dns-failed', discoverySucceeds: false })
  })

  it('keeps what else is known', () => {
    const mismatch = { source: 'event', expected: 'acme', found: 'globex' } as const
    const seen = observationFromChecks([check('discovery')], [mismatch], { idp: 'okta' })
    expect(seen).toMatchObject({ idp: 'okta', mismatches: [mismatch] })
  })
})

/** What the practice provider's faults look like to the first checks. */
const FAULTS: readonly (readonly [string, ReturnType<typeof observationFromChecks>, string])[] = [
  [
    'discovery behind auth',
    observationFromChecks([fail('discovery', { httpStatus: 401 }), check('list-users')]),
    'discovery-behind-auth',
  ],
  [
    'web page',
    observationFromChecks([fail('discovery', { httpStatus: 200, answer: 'web-page' })]),
    'web-page-instead-of-scim',
  ],
  [
    'web page as 502',
    observationFromChecks([
      check('discovery'),
      fail('list-users', { httpStatus: 502, answer: 'web-page' }),
    ]),
    'web-page-instead-of-scim',
  ],
  [
    'slow',
    observationFromChecks([check('discovery'), silent('list-users', 'timed-out')]),
    'timed-out',
  ],
  [
    '429',
    observationFromChecks([
      check('discovery'),
      fail('list-users', { httpStatus: 429, retryAfterSeconds: 7 }),
    ]),
    'throttled',
  ],
  [
    'redirect elsewhere',
    observationFromChecks(
      [fail('discovery', { httpStatus: 302, answer: 'redirect' })],
      [{ source: 'redirect', expected: 'a.example', found: 'b.example' }],
    ),
    'redirected-elsewhere',
  ],
  [
    'redirect on the same host',
    observationFromChecks([fail('discovery', { httpStatus: 301, answer: 'redirect' })]),
    'redirected',
  ],
  [
    'groups off',
    observationFromChecks([
      check('discovery'),
      check('list-users'),
      fail('list-groups', { httpStatus: 404 }),
    ]),
    'groups-off',
  ],
  [
    'wrong environment',
    observationFromChecks(
      [check('discovery'), check('list-users')],
      [{ source: 'meta-location', expected: 'a.example', found: 'b.example' }],
    ),
    'wrong-environment',
  ],
  ...(
    [
      ['expired', 'token-expired'],
      ['revoked', 'token-revoked'],
      ['missing', 'token-not-in-portal'],
      ['other-tenant', 'wrong-tenant'],
    ] as const
  ).map(
    ([tokenStatus, code]) =>
      [
        tokenStatus,
        observationFromChecks([check('discovery'), fail('list-users', { httpStatus: 401 })], [], {
          tokenStatus,
        }),
        code,
      ] as const,
  ),
  [
    'doubled Bearer',
    observationFromChecks([check('discovery'), fail('list-users', { httpStatus: 401 })], [], {
      tokenCorrections: ['doubled-bearer'],
    }),
    'doubled-bearer',
  ],
  [
    'healthy',
    observationFromChecks([check('discovery'), check('list-users'), check('list-groups')]),
    'nothing-failed',
  ],
]

describe('a fault of the service provider', () => {
  it.each(FAULTS)('%s is named first', (_name, seen, code) => {
    expect(diagnose(seen, catalog).findings[0]?.code).toBe(code)
  })
})
