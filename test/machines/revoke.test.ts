/** Revoking and its proof, the cutover, and the readings that are not taken. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CONFIRMED,
  CUT,
  OLD_LAST,
  WROTE,
  ann,
  canary,
  confirmed,
  input,
  program,
  reading,
  revoked,
  t,
  told,
  turnedBack,
  updated,
  use,
} from './event.ts'
import { records } from './state.ts'
import { backStory, goodStory, tell } from './story.ts'

const LATER = CONFIRMED + 5_000
const good = (n: number, ...more: RotationEvent[]) => tell([...goodStory().slice(0, n), ...more])
const stateAfter = (...told: [number, ...RotationEvent[]]) => good(...told).record.step
const last = (events: RotationEvent[], from = input()) => tell(events, from).decisions.at(-1)

describe('revoking', () => {
  const failed = (stillLive: boolean): RotationEvent => ({
    type: 'revocation.failed',
    at: t(LATER),
    by: program,
    fault: 'portal-refused',
    stillLive,
  })
  test('it failed and the token lives: asked again from verifying; unclear: it stays', () => {
    expect(stateAfter(6, failed(true))).toBe('verifyingEvent')
    expect(stateAfter(6, failed(false))).toBe('revokingOldToken')
    expect(good(6, failed(false)).record.facts.revocation).toEqual({
      confirmedAt: t(CONFIRMED),
      by: ann,
      fault: 'portal-refused',
    })
    expect(tell([...backStory().slice(0, 9), failed(true)]).record.step).toBe('revokingNewToken')
  })
  test('the reading of the confirmation is kept, and a later one renews it', () => {
    const at = CONFIRMED + 100_000
    const { record } = good(6, confirmed(at, reading(at - 5, OLD_LAST, WROTE + 9)))
    expect(record.step).toBe('revokingOldToken')
    expect(record.facts.reading?.readAt).toBe(t(at - 5))
    expect(record.facts.revocation?.confirmedAt).toBe(t(at))
    expect(stateAfter(6, confirmed(at, reading(at, CUT + 1, WROTE)))).toBe('revokingOldToken')
    expect(
      last([...goodStory().slice(0, 6), confirmed(at, reading(at, CUT + 1, WROTE))]),
    ).toMatchObject({ code: 'revocation-blocked' })
  })
  test.each([
    ['as it should be', {}, true],
    ['gone from the list', { portalShows: 'missing' }, true],
    ['nobody could ask the tokens', { retiredAnswered: null, keptAnswered: null }, true],
    ['the kept one answered otherwise well', { keptAnswered: 204 }, true],
    ['the retired one still answers', { retiredAnswered: 200 }, false],
    ['it is forbidden, not unknown', { retiredAnswered: 403 }, false],
    ['the kept one answers no more', { keptAnswered: 401 }, false],
    ['the kept one answers with a fault', { keptAnswered: 500 }, false],
    ['the portal was not asked', { portalShows: 'not-asked' }, false],
    ['made as it was confirmed', { at: t(CONFIRMED) }, true],
    ['made before', { at: t(CONFIRMED - 1) }, false],
  ] as const)('the proof: %s', (_, more, accepted) => {
    const decision = last([...goodStory().slice(0, 6), revoked(CONFIRMED + 500, more)])
    expect(decision?.ok === false ? decision.code : true).toBe(accepted ? true : 'still-answers')
    const back = last([
      ...backStory().slice(0, 9),
      revoked(CONFIRMED + 500, more, 'new-token.revoked'),
    ])
    expect(back?.ok).toBe(accepted)
  })
  test('where nobody can look, an observed proof needs an answer of 401', () => {
    const manual = {
      ...records.revokingOldToken.facts,
      portal: { ...input({ observable: false }).portal },
    }
    const decided = (more: object) =>
      decide(
        { ...records.revokingOldToken, facts: manual },
        revoked(LATER, { portalShows: 'not-asked', ...more }),
      ).ok
    expect(decided({})).toBe(true)
    expect(decided({ retiredAnswered: null })).toBe(false)
    expect(decided({ retiredAnswered: null, witness: 'attested' })).toBe(true)
  })
  test('the end is written down', () => {
    const { facts } = records.rotated
    expect(facts.ending).toEqual({ at: t(CONFIRMED + 500), by: program, reason: null })
    expect(facts.proof).toMatchObject({ retiredAnswered: 401, keptAnswered: 200 })
    expect(facts.canary).toBeNull()
  })
})

describe('readings that are not taken', () => {
  const events = (seen: ReturnType<typeof reading>, at: number): RotationEvent[] => [
    updated(at, { reading: seen }),
    { type: 'portal.read', at: t(at), by: program, reading: seen },
    { type: 'own-use.recorded', at: t(at), by: program, uses: [use(at)], baseline: seen },
    turnedBack(at, seen),
  ]
  const codes = (seen: ReturnType<typeof reading>, at: number, from = input()) =>
    events(seen, at).map((event) => {
      const decision = last(
        [
          ...goodStory()
            .slice(0, 3)
            .map((e) =>
              'baseline' in e
                ? { ...e, baseline: null }
                : e.type === 'idp.updated'
                  ? updated(CUT)
                  : e,
            ),
          event,
        ],
        from,
      )
      return decision?.ok === false ? decision.code : 'taken'
    })
  const all = (code: string) => [code, code, code, code]
  const manual = input({ observable: false })
  test('a person’s, where the portal can be read; ours, where it cannot', () => {
    expect(codes(told(LATER, 1, 2), LATER)).toEqual(all('reading-not-accepted'))
    expect(codes(reading(LATER, 1, 2), LATER, manual)).toEqual(all('reading-not-accepted'))
    expect(codes(reading(LATER, 1, 2), LATER)).toEqual(all('taken'))
    expect(codes(told(LATER, 1, 2), LATER, manual)).toEqual(all('taken'))
  })
  test('one from the future', () => {
    expect(codes(reading(LATER + 30_000, 1, 2), LATER)).toEqual(all('taken'))
    expect(codes(reading(LATER + 30_001, 1, 2), LATER)).toEqual(all('reading-impossible'))
  })
  test('one that a person dates before the uses it shows', () => {
    expect(codes(told(LATER, LATER + 30_000, 2), LATER, manual)).toEqual(all('taken'))
    expect(codes(told(LATER, LATER + 30_001, 2), LATER, manual)).toEqual(all('reading-impossible'))
    expect(codes(told(LATER, 1, LATER + 30_001), LATER, manual)).toEqual(all('reading-impossible'))
  })
})

describe('the cutover', () => {
  const cutover = (event: RotationEvent, n = 1) => good(n, event).record.facts.cutover
  test('is the moment it was said', () => {
    expect(cutover(updated(CUT, { note: 'saved' }))).toEqual({
      at: t(CUT),
      by: ann,
      note: 'saved',
      reading: null,
    })
  })
  test('lies no earlier than its reading, the token, or the one before', () => {
    expect(cutover(updated(CUT, { reading: reading(CUT + 9, 1, null) }))?.at).toBe(t(CUT + 9))
    expect(cutover(updated(5_000))?.at).toBe(t(10_000))
    expect(cutover(updated(CUT - 50), 5)?.at).toBe(t(CUT))
  })
  test('is compared with a reading of that moment only', () => {
    const seen = (readAt: number) =>
      cutover(updated(CUT, { reading: reading(readAt, 1, null) }))?.reading
    expect(seen(CUT - 60_000)).not.toBeNull()
    expect(seen(CUT - 60_001)).toBeNull()
  })
  test('another one starts all over', () => {
    const { record } = good(
      5,
      canary(WROTE + 2_000),
      updated(LATER, { reading: reading(LATER - 5, CUT + 50, WROTE) }),
    )
    expect(record.step).toBe('testingConnection')
    expect(record.facts).toMatchObject({
      test: null,
      canary: null,
      baseline: null,
      strayUse: null,
      handedOver: true,
    })
    expect(record.facts.reading?.readAt).toBe(t(LATER - 5))
    expect(record.facts.evidence.map((e) => e.why)).toContain(
      'It was seen before the latest IdP update.',
    )
    expect(record.facts.evidence.some((e) => e.admissible)).toBe(false)
    expect(record.facts.ownUses).toHaveLength(1)
  })
})
