/** E3, graded: whose use does the portal show? A use of ours must never pass for the IdP's. */
import { describe, expect, test } from 'vitest'
import { gradePortalUse } from '../../machines/rotation.use.ts'
import type { Facts, Reading, Skew } from '../../machines/rotation.facts.ts'
import { CUT, GRAIN, OLD_LAST, TESTED, created, input, reading, t, told, use } from './event.ts'
import { goodStory, tell } from './story.ts'

const OWN = TESTED - 1_000
const OWN_END = OWN + 100
const AGREED: Skew = { lowMs: 0, highMs: 0 }

/** The facts after the test, with what matters here set. */
function facts(more: Partial<Facts> = {}, granularityMs = 0): Facts {
  const base = tell(goodStory().slice(0, 3), input({ granularityMs })).record.facts
  return { ...base, baseline: null, ...more }
}
const shows = (last: number | null, more: Partial<Reading> = {}) =>
  reading(TESTED + 100_000, OLD_LAST, last, { skew: AGREED, ...more })
const verdict = (known: Facts, seen: Reading) => {
  const grade = gradePortalUse(known, seen)
  return grade === null ? 'nothing new' : grade.admissible ? 'somebody else' : grade.why
}
const OURS = 'One of our own requests explains this use, so it says nothing about the IdP.'
const SOMEBODY = 'somebody else'
const NOTHING = 'nothing new'

describe('without a baseline', () => {
  test.each([
    ['no use', null, 0, NOTHING],
    ['as our request began', OWN, 0, OURS],
    ['a millisecond before it', OWN - 1, 0, SOMEBODY],
    ['as it ended', OWN_END, 0, OURS],
    ['a millisecond after', OWN_END + 1, 0, SOMEBODY],
    ['cut to the granularity', OWN - GRAIN, GRAIN, OURS],
    ['earlier than it would be cut to', OWN - 5_001, 5_000, SOMEBODY],
    ['within what it would be cut to', OWN - 5_000, 5_000, OURS],
    ['half a minute after it was read', TESTED + 130_000, 0, SOMEBODY],
    [
      'more than that',
      TESTED + 130_001,
      0,
      'The portal dates the use after the moment it was read.',
    ],
  ] as const)('%s', (_, last, grain, expected) => {
    expect(verdict(facts({}, grain), shows(last))).toBe(expected)
  })

  test('nobody of ours used it: it is somebody else', () => {
    expect(verdict(facts({ ownUses: [] }), shows(OWN))).toBe(SOMEBODY)
  })
})

describe('against the reading at the cutover', () => {
  const withCutover = (last: number | null) => {
    const known = facts({ ownUses: [] })
    const cutover = known.cutover!
    return { ...known, cutover: { ...cutover, reading: shows(last, { readAt: t(CUT - 10) }) } }
  }
  test.each([
    ['the same mark', CUT - 50, CUT - 50, NOTHING],
    ['an earlier one', CUT - 50, CUT - 51, NOTHING],
    ['a later one', CUT - 50, CUT - 49, SOMEBODY],
    ['a first one, by a clock behind ours', null, CUT - 500, SOMEBODY],
  ] as const)('%s', (_, before, last, expected) => {
    expect(verdict(withCutover(before), shows(last))).toBe(expected)
  })
  const unseen = () => {
    const known = facts({ ownUses: [] })
    return { ...known, cutover: { ...known.cutover!, reading: null } }
  }
  test('not read then: only a mark after the cutover counts', () => {
    expect(verdict(unseen(), shows(CUT + 1))).toBe(SOMEBODY)
    expect(verdict(unseen(), shows(CUT))).toBe(
      'The token was used before the IdP was updated, so this use is not the IdP’s.',
    )
  })
  test('no cutover: nothing to compare with', () => {
    expect(verdict({ ...facts(), cutover: null }, shows(OWN_END + 5))).toBe(NOTHING)
  })
})

describe('against the baseline after our own use', () => {
  const base = (readAt: number, last: number | null, more: Partial<Reading> = {}, grain = 0) =>
    facts({ baseline: reading(readAt, OLD_LAST, last, { skew: AGREED, ...more }) }, grain)
  const blurred: Skew = { lowMs: -500, highMs: 500 }
  test.each([
    ['the mark has not moved', () => base(TESTED, OWN + 50), OWN + 50, NOTHING],
    ['it went back', () => base(TESTED, OWN + 50), OWN + 49, NOTHING],
    ['it moved', () => base(TESTED, OWN + 50), OWN + 51, SOMEBODY],
    ['the baseline is older than our use', () => base(OWN_END - 1, OWN + 50), OWN + 51, OURS],
    ['it was read as our use ended', () => base(OWN_END, OWN + 50), OWN + 51, SOMEBODY],
    ['it does not show our use yet', () => base(TESTED, null), OWN + 51, OURS],
    ['it shows somebody before us', () => base(TESTED, OWN - 5_000), OWN + 51, OURS],
    ['only a person saw it', () => base(TESTED, OWN + 50, { witness: 'attested' }), OWN + 51, OURS],
    ['the portal had no time to show us', () => base(TESTED, OWN, {}, GRAIN), OWN + 51, OURS],
    ['it had just time enough', () => base(OWN_END + GRAIN, OWN, {}, GRAIN), OWN + 51, SOMEBODY],
    ['a millisecond too little', () => base(OWN_END + GRAIN - 1, OWN, {}, GRAIN), OWN + 51, OURS],
    ['no time, but after our use', () => base(TESTED, OWN, {}, GRAIN), OWN_END + 1, SOMEBODY],
  ] as const)('%s', (_, known, last, expected) => {
    expect(verdict(known(), shows(last))).toBe(expected)
  })
  test('clocks that differ by less than can be measured', () => {
    const seen = shows(OWN - 400, { skew: blurred })
    expect(verdict(facts(), seen)).toBe(OURS)
    expect(verdict(facts(), shows(OWN - 501, { skew: blurred }))).toBe(SOMEBODY)
    expect(verdict(facts(), shows(OWN_END + 500, { skew: blurred }))).toBe(OURS)
    expect(verdict(facts(), shows(OWN_END + 501, { skew: blurred }))).toBe(SOMEBODY)
    // By the portal's clock alone the mark moved past ours, and that needs no other clock.
    const moved = base(TESTED, OWN + 50, { skew: blurred })
    expect(verdict(moved, shows(OWN + 60, { skew: blurred }))).toBe(SOMEBODY)
  })
  test('a portal an hour behind: its time is brought to ours', () => {
    const hour: Skew = { lowMs: -3_600_500, highMs: -3_599_500 }
    expect(verdict(facts(), shows(OWN - 3_600_000, { skew: hour }))).toBe(OURS)
    expect(verdict(facts(), shows(OWN_END - 3_600_000 + 501, { skew: hour }))).toBe(SOMEBODY)
  })
  test('a clock that was never measured may be half a minute behind', () => {
    const unmeasured = (last: number) => ({ ...told(TESTED + 100_000, null, last) })
    expect(verdict(facts(), unmeasured(OWN - 30_000))).toBe(OURS)
    expect(verdict(facts(), unmeasured(OWN_END))).toBe(OURS)
    expect(verdict(facts(), unmeasured(OWN_END + 1))).toBe(SOMEBODY)
  })
})

test('the latest of our uses decides, in whatever order they were written down', () => {
  const uses = [use(OWN + 5_000), use(OWN)]
  const baseline = reading(OWN + 200, OLD_LAST, OWN + 50, { skew: AGREED })
  expect(verdict(facts({ ownUses: uses, baseline }), shows(OWN + 5_050))).toBe(OURS)
})

test('another new token starts the discounting afresh', () => {
  const other = { id: 'tok-3', hint: 'scim_thr', fingerprint: 'dddddddddddddddd' }
  const { facts: now } = tell([
    ...goodStory().slice(0, 5),
    created(TESTED * 2, { token: other }),
  ]).record
  expect(now).toMatchObject({
    ownUses: [],
    baseline: null,
    reading: null,
    cutover: null,
    strayUse: null,
  })
  expect(now.evidence.some((e) => e.admissible)).toBe(false)
})
