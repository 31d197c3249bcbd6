/** Halting and resuming, another base URL, abandoning: the ways out that revoke nothing. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../machines/kernel.ts'
import type { RotationState } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CONFIRMED,
  CUT,
  OLD_LAST,
  WROTE,
  ann,
  confirmed,
  input,
  mismatched,
  program,
  reading,
  reasoned,
  t,
  tested,
  turnedBack,
  updated,
  use,
} from './event.ts'
import { records } from './state.ts'
import { goodStory, tell } from './story.ts'

const LATER = CONFIRMED + 5_000
const good = (n: number, ...more: RotationEvent[]) => tell([...goodStory().slice(0, n), ...more])
const stateAfter = (...told: [number, ...RotationEvent[]]) => good(...told).record.step
const moved: RotationEvent = { type: 'base-url.changed', at: t(LATER), by: ann }

describe('halted', () => {
  const back: [RotationState, RotationState, RotationState][] = [
    ['creatingToken', 'creatingToken', 'creatingToken'],
    ['updatingIdp', 'updatingIdp', 'updatingIdp'],
    ['testingConnection', 'testingConnection', 'testingConnection'],
    ['verifyingEvent', 'verifyingEvent', 'testingConnection'],
    ['revokingOldToken', 'verifyingEvent', 'testingConnection'],
    ['revokingNewToken', 'verifyingEvent', 'testingConnection'],
  ]
  test.each(back)(
    'in %s: resumed by a person in %s, after a mismatch in %s',
    (from, kept, lost) => {
      for (const [event, end] of [
        [reasoned('rotation.halted', LATER), kept],
        [mismatched(LATER), lost],
      ] as const) {
        const halted = decide(records[from], event)
        if (!halted.ok) throw new Error('it must halt')
        expect(halted.record.step).toBe('halted')
        expect(halted.record.facts.halted).toMatchObject({ from, at: t(LATER), by: event.by })
        const resumed = decide(halted.record, reasoned('rotation.resumed', LATER + 1))
        expect(resumed.ok && resumed.record.step).toBe(end)
        expect(resumed.ok && resumed.record.facts.halted).toBeNull()
      }
    },
  )
  test('what was seen before a mismatch never counts again', () => {
    const { record } = good(5, mismatched(LATER), reasoned('rotation.resumed', LATER + 1))
    expect(record.facts.evidence.filter((e) => e.admissible)).toEqual([])
    expect(record.facts.evidence.map((e) => e.why)).toContain(
      'It was seen before the tenant was confirmed again.',
    )
    expect(record.facts.test).toBeNull()
  })
  test('a person who halted and resumed finds all as it was', () => {
    const { record } = good(
      5,
      reasoned('rotation.halted', WROTE + 2_000),
      reasoned('rotation.resumed', WROTE + 3_000),
    )
    expect(record.facts).toEqual(good(5).record.facts)
  })
  test('a mismatch that is found while halted is not spared', () => {
    const { record } = good(
      5,
      reasoned('rotation.halted', LATER),
      mismatched(LATER + 1),
      mismatched(LATER + 2),
    )
    expect(record.facts.halted).toMatchObject({
      cause: 'tenant-mismatch',
      reason: 'What answered is not the tenant this connection is for.',
      from: 'verifyingEvent',
      at: t(LATER + 2),
    })
    expect(record.facts.halted?.mismatches).toHaveLength(2)
    const many = good(5, ...Array.from({ length: 30 }, (_, n) => mismatched(LATER + n)))
    expect(many.record.facts.halted?.mismatches).toHaveLength(20)
  })
  test('a request of ours that was under way when it halted is still written down', () => {
    const own = use(LATER, LATER + 5)
    const { record } = good(3, reasoned('rotation.halted', LATER), {
      type: 'own-use.recorded',
      at: t(LATER + 9),
      by: program,
      uses: [own],
      baseline: null,
    })
    expect(record.facts.ownUses.at(-1)).toEqual(own)
  })
  test('nothing is met while halted', () => {
    const halted = good(5, reasoned('rotation.halted', LATER)).record
    expect(decide(halted, confirmed(LATER, reading(LATER, OLD_LAST, WROTE)))).toMatchObject({
      code: 'revocation-blocked',
      unmet: [{ code: 'tenant-confirmed', seen: `Halted at ${t(LATER)}.` }],
    })
  })
})

describe('another base URL', () => {
  test.each(['updatingIdp', 'testingConnection', 'verifyingEvent'] as const)('in %s', (state) => {
    const decision = decide(records[state], moved)
    expect(decision).toMatchObject({ ok: true, record: { step: 'updatingIdp' } })
    const facts = decision.ok ? decision.record.facts : null
    expect(facts).toMatchObject({ cutover: null, reading: null, baseline: null, test: null })
    expect(facts?.evidence.some((e) => e.admissible)).toBe(false)
  })
  test('halted: resumed at the IdP update', () => {
    const events = [reasoned('rotation.halted', LATER), moved, reasoned('rotation.resumed', LATER)]
    expect(stateAfter(5, ...events)).toBe('updatingIdp')
    expect(stateAfter(0, ...events)).toBe('creatingToken')
    expect(stateAfter(0, moved)).toBe('creatingToken')
  })
  test('the IdP may still hold the new token: no simple way back', () => {
    const untouched = reading(LATER + 1, OLD_LAST, null)
    expect(stateAfter(3, moved, turnedBack(LATER + 1, untouched))).toBe('updatingIdp')
    const byHand = tell(
      [
        ...goodStory()
          .slice(0, 2)
          .map((e) => (e.type === 'idp.updated' ? updated(CUT) : e)),
        moved,
        turnedBack(LATER),
      ],
      input({ observable: false }),
    )
    expect(byHand.record.step).toBe('updatingIdp')
    expect(byHand.record.facts.direction).toBe('back')
  })
})

test('a failed test leads back to testing, a passed one on', () => {
  const failed = tested(LATER, { passed: false, failed: ['list-users'], uses: [] })
  expect(stateAfter(2, failed)).toBe('testingConnection')
  expect(stateAfter(2, failed, tested(LATER + 1))).toBe('verifyingEvent')
  expect(stateAfter(3, failed)).toBe('testingConnection')
  expect(stateAfter(3, tested(LATER))).toBe('verifyingEvent')
})

test.each([
  'creatingToken',
  'updatingIdp',
  'testingConnection',
  'verifyingEvent',
  'revokingOldToken',
  'revokingNewToken',
  'halted',
] as const)('abandoned from %s: revokes nothing, ends all', (state) => {
  const decision = decide(records[state], reasoned('rotation.abandoned', LATER))
  if (!decision.ok && state === 'halted') throw new Error('halted has an exit')
  expect(decision).toMatchObject({
    ok: true,
    record: {
      step: 'abandoned',
      facts: { proof: null, ending: { at: t(LATER), by: ann, reason: 'because' } },
    },
  })
})
