/** The rules behind the requirements, each asked by itself. */
import { describe, expect, test } from 'vitest'
import type { Facts, Sight } from '../../machines/rotation.facts.ts'
import {
  attesters,
  attributableEvents,
  hiddenUntil,
  isGone,
  isUndoing,
  isUntouched,
  mayApprove,
  usedAfterCutover,
} from '../../machines/rotation.policy.ts'
import {
  CONFIRMED,
  CUT,
  OLD,
  OLD_LAST,
  WROTE,
  ann,
  ben,
  input,
  program,
  reading,
  sight,
  t,
  told,
} from './event.ts'
import { evidence, whole } from './whole.ts'

const portal = (more: Partial<Facts['portal']>) => ({ ...input().portal, ...more })
const cutover = (seen: NonNullable<Facts['cutover']>['reading']): Facts['cutover'] => ({
  at: t(CUT),
  by: ann,
  note: null,
  reading: seen,
})

describe('the events that count', () => {
  const counted = (more: Partial<Facts>) =>
    attributableEvents(whole({ reading: null, ...more })).map((e) => e.occurredAt)
  test('none before the IdP was updated, and none at that very moment', () => {
    const all = [evidence('E4', CUT - 1), evidence('E4', CUT), evidence('E5', CUT + 1)]
    expect(counted({ evidence: all })).toEqual([t(CUT + 1)])
    expect(counted({ evidence: all, cutover: null })).toEqual([])
  })
  test('none by its level alone, and none without it', () => {
    const all = [evidence('E4', WROTE, { admissible: false }), evidence('E3', WROTE)]
    expect(counted({ evidence: all })).toEqual([])
  })
})

test('a portal that stamps each use hides none', () => {
  const late = reading(CONFIRMED, CUT + 5_000, WROTE)
  expect(hiddenUntil(whole({ reading: late, portal: portal({ granularityMs: 0 }) }))).toBe(0)
  expect(hiddenUntil(whole({ reading: late }))).toBe(Date.parse(t(CUT + 65_000)))
  expect(hiddenUntil(whole({ reading: null }))).toBe(0)
})

describe('a use after the cutover', () => {
  const used = (last: number | null | Sight, seen: NonNullable<Facts['cutover']>['reading']) =>
    usedAfterCutover(whole({ cutover: cutover(seen) }), reading(CONFIRMED, last, WROTE))
  const before = reading(CUT - 50, OLD_LAST, null)
  test('by what the portal showed at the cutover, whatever the clocks say', () => {
    expect(used(OLD_LAST, before)).toBe(false)
    expect(used(OLD_LAST + 1, before)).toBe(true)
    expect(used(CUT + 5, reading(CUT - 50, CUT + 5, null))).toBe(false)
  })
  test('without that, by the clocks', () => {
    expect(used(CUT, null)).toBe(false)
    expect(used(CUT + 1, null)).toBe(true)
    expect(used(null, null)).toBe(false)
  })
  test('a dead token that shows no use any more is not a use; everything else that changed is', () => {
    expect(used(sight(null, { status: 'revoked' }), before)).toBe(false)
    expect(used(sight(null), before)).toBe(true)
    expect(used(sight(WROTE, { status: 'revoked' }), before)).toBe(true)
  })
  test('without a cutover there is no telling', () => {
    expect(usedAfterCutover(whole({ cutover: null }), reading(CONFIRMED, null, null))).toBe(true)
  })
})

describe('a token that is gone', () => {
  const gone = (status: Sight['status'], more: Partial<Facts> = {}) =>
    isGone(whole({ reading: reading(CONFIRMED, sight(OLD_LAST, { status }), WROTE), ...more }))
  const nameless = { oldToken: { ...OLD, id: null } }
  test('missing from the list: only if it could have been found there', () => {
    expect(gone('missing')).toBe(true)
    expect(gone('missing', nameless)).toBe(false)
    expect(gone('revoked', nameless)).toBe(true)
    expect(gone('live')).toBe(false)
  })
  test('lost: the old one is, not the new one', () => {
    const lost: Partial<Facts> = {
      oldTokenLost: { at: t(CONFIRMED + 1), how: 'revoked' },
    }
    expect(gone('unknown', lost)).toBe(true)
    expect(gone('unknown', { ...lost, direction: 'back' })).toBe(false)
  })
  test('rolling back with no new token', () => {
    const listed = reading(CONFIRMED, OLD_LAST, sight(null, { status: 'missing' }))
    expect(isGone(whole({ direction: 'back', reading: listed }))).toBe(true)
    expect(isGone(whole({ direction: 'back', reading: listed, newToken: null }))).toBe(false)
  })
})

describe('a new token that nobody has begun to use', () => {
  const clean = { cutover: null, handedOver: false }
  const unused = reading(CONFIRMED, OLD_LAST, null)
  test.each<[string, Partial<Facts>, ReturnType<typeof reading> | null, boolean]>([
    ['never used', clean, unused, true],
    ['the IdP was updated', { ...clean, cutover: cutover(null) }, unused, false],
    ['the IdP was said to hold it', { ...clean, handedOver: true }, unused, false],
    ['nobody has looked', clean, null, false],
    ['nobody can look', { ...clean, portal: portal({ observable: false }) }, null, true],
    ['used by somebody', clean, reading(CONFIRMED, OLD_LAST, WROTE), false],
  ])('%s', (_, more, seen, untouched) => {
    expect(isUntouched(whole(more), seen)).toBe(untouched)
  })
})

test('taking back is: turned round, before the cutover, and authorised', () => {
  const all: Partial<Facts> = {
    direction: 'back',
    cutover: null,
    revocation: { confirmedAt: t(CONFIRMED), by: ann, fault: null },
  }
  expect(isUndoing(whole(all))).toBe(true)
  expect(isUndoing(whole({ ...all, direction: 'forward' }))).toBe(false)
  expect(isUndoing(whole({ ...all, cutover: cutover(null) }))).toBe(false)
  expect(isUndoing(whole({ ...all, revocation: null }))).toBe(false)
})

test('who attested, and when last', () => {
  const word = { witness: 'attested', by: ben } as const
  const facts = whole({
    evidence: [
      evidence('E4', WROTE + 9, word),
      evidence('E4', WROTE, word),
      evidence('E4', CONFIRMED, { ...word, admissible: false }),
      evidence('E4', CONFIRMED),
    ],
    reading: told(WROTE + 5, OLD_LAST, WROTE),
    cutover: cutover(told(CUT, OLD_LAST, null)),
  })
  expect(attesters(facts)).toEqual({
    ids: [ben.id, ben.id, ann.id, ann.id],
    latest: t(WROTE + 109),
  })
  expect(attesters(whole())).toEqual({ ids: [], latest: null })
  expect([ann, ben, program].map((who) => mayApprove(facts, who))).toEqual([false, false, false])
  const eventOnly = whole({ evidence: [evidence('E4', WROTE, word)] })
  expect([ann, ben, program].map((who) => mayApprove(eventOnly, who))).toEqual([true, false, false])
})
