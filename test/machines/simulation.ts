/**
 * A little world with the truth in it: an IdP that saved the new token, or did not; a forgotten program
 * that goes on with the old one, or none; a portal with its own clock and its own way of stamping. The
 * machine sees what a portal and a service provider would show, never the truth.
 */
import * as fc from 'fast-check'
import { decide, start } from '../../machines/kernel.ts'
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationRecord } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import type { Reading } from '../../machines/rotation.facts.ts'
import {
  OLD_PRINT,
  confirmed,
  created,
  input,
  piloted,
  read,
  reading,
  t,
  tested,
  updated,
  use,
} from './event.ts'

export const CUTOVER = 600_000
const END = CUTOVER + 1_200_000

export const truth = fc.record({
  grain: fc.constantFrom(0, 1_000, 60_000),
  quiet: fc.constantFrom(0, 60_000, 300_000),
  stamping: fc.constantFrom('each', 'throttled', 'truncated'),
  /** The portal's clock less ours, and whether it is read from it or not. */
  offset: fc.constantFrom(0, 0, -3_600_000, 45_000),
  /** When the IdP really saved the new token, after the moment that somebody said so; null: never. */
  savedAfter: fc.option(fc.constantFrom(-1_000, 0, 20_000, 200_000), { freq: 3 }),
  /** How often something else uses the old token; null: nothing does. */
  forgotten: fc.option(fc.integer({ min: 5_000, max: 300_000 }), { freq: 2, nil: null }),
  writes: fc.uniqueArray(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 6 }),
  /** The IdP's test button, with the new token in the form: it authenticates and writes nothing. */
  buttons: fc.uniqueArray(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 4 }),
  looks: fc.uniqueArray(fc.integer({ min: 30_000, max: 1_100_000 }), {
    minLength: 3,
    maxLength: 8,
  }),
  lastBefore: fc.integer({ min: 100, max: 90_000 }),
})
export type Truth = typeof truth extends fc.Arbitrary<infer T> ? T : never

interface Outcome {
  record: RotationRecord
  /** The moment a revocation was authorised, or null. */
  authorisedAt: number | null
}

const settings = (w: Truth): StartInput => input({ granularityMs: w.grain, quietMs: w.quiet })

/** Which token the IdP holds at a moment. */
export const holds = (w: Truth, at: number): 'old' | 'new' =>
  w.savedAfter !== null && at >= CUTOVER + w.savedAfter ? 'new' : 'old'

export function live(w: Truth): Outcome {
  const last = { old: null as number | null, new: null as number | null }
  const stamp = (token: 'old' | 'new', at: number) => {
    const theirs = at + w.offset
    const before = last[token]
    if (w.stamping === 'throttled' && before !== null && theirs < before + w.grain) return
    const cut = w.stamping === 'truncated' && w.grain > 0 ? theirs - (theirs % w.grain) : theirs
    last[token] = cut
  }
  let modified = 1_000
  let record = start(settings(w))
  let authorisedAt: number | null = null
  const tell = (event: RotationEvent) => {
    const decision = decide(record, event)
    if (!decision.ok) return
    record = decision.record
    if (record.step === 'revokingOldToken') authorisedAt ??= Date.parse(event.at) - Date.parse(t(0))
  }
  const look = (at: number): Reading =>
    reading(at, last.old, last.new, { skew: { lowMs: w.offset - 400, highMs: w.offset + 500 } })
  const ourUse = (at: number) => {
    stamp('new', at + 40)
    return use(at, at + 90)
  }

  const plan: { at: number; run: (at: number) => void }[] = [
    { at: CUTOVER - w.lastBefore, run: (at) => stamp('old', at) },
    { at: 10_000, run: (at) => tell(created(at)) },
    { at: CUTOVER, run: (at) => tell(updated(at, { reading: look(at) })) },
    {
      at: CUTOVER + 15_000,
      run: (at) => {
        const uses = [ourUse(at - 400), ourUse(at - 300), ourUse(at - 200)]
        tell(tested(at, { uses, baseline: look(at - 50), pilotModifiedAt: t(modified) }))
      },
    },
    ...w.writes.map((after) => ({
      at: CUTOVER + 1 + after,
      run: (at: number) => {
        stamp(holds(w, at), at)
        modified = at + 20
      },
    })),
    ...w.buttons.map((after) => ({
      at: CUTOVER + 2 + after,
      run: (at: number) => stamp('new', at),
    })),
    ...w.looks.map((after, n) => ({
      at: CUTOVER + after,
      run: (at: number) => {
        tell(read(look(at)))
        if (n % 2 === 0) {
          const own = ourUse(at + 50)
          tell(piloted(at + 300, { lastModified: t(modified), use: own, baseline: look(at + 250) }))
        }
        tell(confirmed(at + 400, look(at + 350), { named: OLD_PRINT }))
      },
    })),
  ]
  if (w.forgotten !== null) {
    for (let at = CUTOVER - 3 * w.forgotten + 7; at < END; at += w.forgotten) {
      plan.push({ at, run: (when) => stamp('old', when) })
    }
  }
  for (const { at, run } of plan.toSorted((a, b) => a.at - b.at)) {
    if (authorisedAt === null) run(at)
  }
  return { record, authorisedAt }
}
