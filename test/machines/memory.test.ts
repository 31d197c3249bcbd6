/** What is kept and what is let go, at the limit and one beyond it. */
import { describe, expect, test } from 'vitest'
import type { OwnUse } from '../../machines/rotation.facts.ts'
import { seen, uses, withEvidence } from '../../machines/rotation.memory.ts'
import { CONFIRMED, CUT, OLD_LAST, WROTE, reading, t, use } from './event.ts'
import { evidence, whole } from './whole.ts'

const many = <T>(count: number, one: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => one(n))

describe('our own uses', () => {
  const kept = (before: OwnUse[], more: OwnUse[]) => uses(whole({ ownUses: before }), more)
  test('all of four hundred', () => {
    const all = many(400, (n) => use(n * 1_000))
    expect(kept(all.slice(0, 399), all.slice(399))).toEqual(all)
  })
  test('beyond that the oldest become one that spans them, in whatever order they came', () => {
    const oldest = [use(5_000, 5_100), use(3_000, 9_000), use(4_000, 4_100)]
    const rest = many(399, (n) => use(20_000 + n))
    expect(kept(oldest, rest)).toEqual([use(3_000, 9_000), ...rest])
    expect(kept([...oldest.slice(0, 2), ...rest], [])).toEqual([use(3_000, 9_000), ...rest])
    expect(kept([use(3_000), use(3_500)], rest)).toEqual([use(3_000, 3_600), ...rest])
  })
})

describe('evidence', () => {
  const moments = (all: ReturnType<typeof withEvidence>) => all.map((e) => e.occurredAt)
  const full = many(497, (n) => evidence('E4', CUT + n))
  const useless = evidence('E4', CUT + 900, { admissible: false })
  const seenUse = evidence('E3', CUT + 901)
  test('all of five hundred', () => {
    const facts = whole({ evidence: [...full, useless] })
    const all = withEvidence(facts, [null, seenUse, evidence('E5', CUT + 902)])
    expect(all).toEqual([...full, useless, seenUse, evidence('E5', CUT + 902)])
  })
  test('all of three hundred, whatever they are worth', () => {
    const some = [...full.slice(0, 298), useless, seenUse]
    expect(withEvidence(whole({ evidence: some }), [])).toEqual(some)
  })
  test('beyond that what does not count goes first, then the oldest use, then the oldest event', () => {
    const before = whole({ evidence: [...full, seenUse, useless] })
    const after = (count: number) =>
      moments(
        withEvidence(
          before,
          many(count, (n) => evidence('E5', WROTE + n)),
        ),
      )
    const added = (count: number) => many(count, (n) => t(WROTE + n))
    expect(after(2)).toEqual([...moments(full), seenUse.occurredAt, ...added(2)])
    expect(after(3)).toEqual([...moments(full), ...added(3)])
    expect(after(4)).toEqual([...moments(full.slice(1)), ...added(4)])
  })
  test('a use that does not count is no use, and the newest stays', () => {
    const rejected = evidence('E3', CUT + 903, { admissible: false })
    const before = whole({ evidence: [...full, seenUse, useless, rejected] })
    const added = evidence('E3', WROTE)
    expect(moments(withEvidence(before, [added]))).toEqual(
      moments([...full, seenUse, rejected, added]),
    )
  })
})

describe('a reading', () => {
  const used = reading(CONFIRMED, CUT + 5, WROTE)
  test('that shows a use after the cutover: it is written down, once', () => {
    const strayUse = { lastUsedAt: t(CUT + 5), readAt: t(CONFIRMED) }
    expect(seen(whole(), used)).toEqual({ reading: used, strayUse })
    expect(seen(whole({ strayUse }), { ...used, readAt: t(CONFIRMED + 1) })).not.toHaveProperty(
      'strayUse',
    )
  })
  test('that shows none, or belongs to no cutover', () => {
    const forgotten = reading(CONFIRMED, null, WROTE)
    expect(seen(whole(), forgotten)).toEqual({ reading: forgotten })
    expect(seen(whole({ cutover: null }), used)).toEqual({ reading: used })
  })
  test('never older than the one before', () => {
    const before = reading(CONFIRMED, OLD_LAST, WROTE)
    const latest = (readAt: number) =>
      seen(whole({ reading: before }), reading(readAt, OLD_LAST, null)).reading
    expect(latest(CONFIRMED - 1)).toEqual(before)
    expect(latest(CONFIRMED)?.new.lastUsedAt).toBeNull()
  })
})
