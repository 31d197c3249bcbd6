import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { FINDING_CODES } from '../../src/diagnosis/code.ts'
import { diagnose, RULES } from '../../src/diagnosis/diagnose.ts'
import type { Field, Observation } from '../../src/diagnosis/observation.ts'
import { anyObservation } from './arbitrary.ts'

const catalog = loadCatalog()
const TENANT_SOURCES = new Set(['portal-tenant', 'event', 'person'])

/** Written from the design's sentence “wrong tenant stops everything”, not from the rules. */
const namesAnotherTenant = (seen: Observation): boolean =>
  seen.tenantMismatch === true ||
  seen.tokenStatus === 'other-tenant' ||
  (seen.mismatches ?? []).some(({ source }) => TENANT_SOURCES.has(source))

describe('diagnose', () => {
  it('is total: always at least one finding, never an exception, every code once', () => {
    fc.assert(
      fc.property(anyObservation, (seen) => {
        const { findings } = diagnose(seen, catalog)
        const codes = findings.map(({ code }) => code)
        expect(codes.length).toBeGreaterThan(0)
        expect(new Set(codes).size).toBe(codes.length)
        expect(codes.filter((code) => !FINDING_CODES.includes(code))).toEqual([])
        expect(findings.filter(({ checks }) => checks.length === 0)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('puts the wrong tenant first, with the stop, and only then', () => {
    fc.assert(
      fc.property(anyObservation, (seen) => {
        const [first, ...rest] = diagnose(seen, catalog).findings
        if (namesAnotherTenant(seen)) {
          expect(first?.code).toBe('wrong-tenant')
          expect(first?.stopRollout).toBe(true)
        } else {
          expect([first, ...rest].map((finding) => finding?.code)).not.toContain('wrong-tenant')
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('names a contradiction and its fields, and concludes nothing from them', () => {
    fc.assert(
      fc.property(anyObservation, fc.constantFrom(...CONTRADICTIONS), (noise, [clash, fields]) => {
        const seen = { ...noise, ...clash, idpSignal: clash.idpSignal, answer: undefined }
        const { findings } = diagnose(seen, catalog)
        const dispute = findings.find(({ code }) => code === 'contradictory-observations')
        for (const field of fields) expect(dispute?.fields).toContain(field)
        expect(findings.indexOf(dispute!)).toBeLessThanOrEqual(1)
        const resting = findings.filter(
          ({ code }) => code !== 'contradictory-observations' && code !== 'wrong-tenant',
        )
        for (const { because } of resting) {
          for (const label of fields.map((field) => LABEL[field])) {
            expect(because.some((line) => line.startsWith(`${label}:`))).toBe(false)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('never repeats what was typed or sent', () => {
    fc.assert(
      fc.property(anyObservation, fc.constantFrom('scimType', 'redirectHost'), (seen, field) => {
        const typed = 'scimSecretTokenValueThatMustNotShow'
        const text = JSON.stringify(diagnose({ ...seen, [field]: `${typed}!` }, catalog))
        const word = JSON.stringify(diagnose({ ...seen, scimType: typed }, catalog))
        expect(text + word).not.toContain(typed)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same answer to the same observation and leaves it as it was', () => {
    fc.assert(
      fc.property(anyObservation, (seen) => {
        const before = structuredClone(seen)
        expect(diagnose(seen, catalog)).toEqual(diagnose(structuredClone(seen), catalog))
        expect(seen).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })
})

describe('rules', () => {
  it('read no field that they do not declare, so that a disputed one can be taken away', () => {
    fc.assert(
      fc.property(anyObservation, fc.constantFrom(...RULES), (seen, rule) => {
        const asked = new Set<string>()
        const watched = new Proxy(seen, {
          get: (target, field: string) => {
            asked.add(field)
            return target[field as Field]
          },
        })
        rule.when(watched)
        expect([...asked].filter((field) => !rule.reads.includes(field as Field))).toEqual([])
      }),
      { numRuns: 5000 },
    )
  })
})

const CONTRADICTIONS: readonly (readonly [Observation, readonly Field[]])[] = [
  [{ httpStatus: 401, tokenRecentlyUsed: true }, ['httpStatus', 'tokenRecentlyUsed']],
  [{ httpStatus: 'none', scimType: 'uniqueness' }, ['httpStatus', 'scimType']],
  [{ httpStatus: 204, scimType: 'mutability' }, ['httpStatus', 'scimType']],
  [{ httpStatus: 404, failure: 'timed-out' }, ['httpStatus', 'failure']],
  [{ httpStatus: 200, usersSucceed: false }, ['httpStatus', 'usersSucceed']],
  [{ discoverySucceeds: true, failure: 'tls-failed' }, ['discoverySucceeds', 'failure']],
  [{ usersSucceed: true, usersStatus: 401 }, ['usersSucceed', 'usersStatus']],
  [{ usersStatus: 401, lastUseMoved: true }, ['usersStatus', 'lastUseMoved']],
  [{ idp: 'entra', idpSignal: 'pending-approval' }, ['idp', 'idpSignal']],
  [{ httpStatus: 700 }, ['httpStatus']],
]

/** As printed; kept apart from the code's own table. */
const LABEL: Readonly<Partial<Record<Field, string>>> = {
  httpStatus: 'HTTP status',
  scimType: 'scimType',
  tokenRecentlyUsed: 'token recently used',
  failure: 'no usable answer',
  usersSucceed: 'users succeed',
  discoverySucceeds: 'discovery succeeds',
  usersStatus: 'status of listing users',
  lastUseMoved: 'last use moved when we used it',
  idp: 'IdP',
  idpSignal: 'seen at the IdP',
}
