/** What the schemas of events and facts let in, at their bounds: an event comes from outside. */
import { describe, expect, test } from 'vitest'
import { UnreadableVersion, upcast } from '../../machines/records.ts'
import { RotationEvent } from '../../machines/rotation.event.ts'
import { Facts, OwnUse, Skew } from '../../machines/rotation.facts.ts'
import { CONFIRMED, NEW_PRINT, canary, mismatched, t, tested } from './event.ts'
import { whole } from './whole.ts'

const fits = (event: unknown): boolean => RotationEvent.safeParse(event).success

test.each([
  [NEW_PRINT, true],
  [`${NEW_PRINT}0`, false],
  [`x${NEW_PRINT}`, false],
])('the fingerprint of what was tested: %s', (fingerprint, good) => {
  expect(fits(tested(CONFIRMED, { fingerprint }))).toBe(good)
})

test.each([
  ['interlock-7K3Q', true],
  ['interlock-7K3Q7K3Q7K3Q', true],
  ['interlock-7K3Q7K3Q7K3Q7', false],
  ['interlock-7K3', false],
  ['interlock-7K3Q and more', false],
  ['say interlock-7K3Q', false],
])('the one-time value: %s', (value, good) => {
  expect(fits({ ...canary(CONFIRMED), value })).toBe(good)
  const issued = { value, attribute: 'title', issuedAt: t(1), earliest: t(1) }
  expect(Facts.safeParse(whole({ canary: issued })).success).toBe(good)
})

test('a tenant is mismatched by something', () => {
  const event = mismatched(CONFIRMED)
  const one = { source: 'redirect', expected: 'sp.example', found: 'other.example' }
  expect([[], [one], [one, one]].map((mismatches) => fits({ ...event, mismatches }))).toEqual([
    false,
    true,
    true,
  ])
})

describe('a span', () => {
  test('may be a moment, and is not turned round', () => {
    const skew = (lowMs: number, highMs: number) => Skew.safeParse({ lowMs, highMs }).success
    expect([skew(4, 5), skew(5, 5), skew(6, 5)]).toEqual([true, true, false])
    const use = (from: number, to: number) =>
      OwnUse.safeParse({ startedAt: t(from), endedAt: t(to) }).success
    expect([use(4, 5), use(5, 5), use(6, 5)]).toEqual([true, true, false])
  })
})

describe('an older version', () => {
  const stored = (version: number) => ({ machine: { id: 'rotation', version }, steps: [version] })
  const one = (from: number) => (record: unknown) => {
    const { steps } = record as { steps: number[] }
    return { machine: { id: 'rotation', version: from + 1 }, steps: [...steps, from + 1] }
  }
  const steps = { 1: one(1), 2: one(2) }
  test('is brought up version by version', () => {
    const up = (version: number) => upcast('rotation', stored(version), 3, steps)
    expect(up(1)).toMatchObject({ machine: { version: 3 }, steps: [1, 2, 3] })
    expect(up(2)).toMatchObject({ machine: { version: 3 }, steps: [2, 3] })
    expect(up(3)).toEqual(stored(3))
  })
  test('that nothing leads up from is refused', () => {
    expect(() => upcast('rotation', stored(1), 3, { 1: one(1) })).toThrow(UnreadableVersion)
    expect(() => upcast('rotation', stored(1), 3, { 1: one(1) })).toThrow(
      'no way up from version 2',
    )
  })
})
