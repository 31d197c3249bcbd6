/**
 * Good histories with something spoilt. Random events would hardly ever reach an end, and then prove
 * nothing; these reach it often, and the test says how often. The oracle keeps its own books.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, start } from '../../machines/kernel.ts'
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationState } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { spoils } from './fault.ts'
import { reasonsAgainst } from './oracle.ts'
import { history, settings, world } from './world.ts'

function tellAll(from: StartInput, events: readonly RotationEvent[]) {
  let record = start(from)
  const accepted: RotationEvent[] = []
  const authorised: RotationEvent[][] = []
  for (const event of events) {
    const before = record
    const decision = decide(record, event)
    if (!decision.ok) {
      expect(record).toBe(before)
      continue
    }
    record = decision.record
    accepted.push(event)
    const revoking = record.step === 'revokingOldToken' || record.step === 'revokingNewToken'
    const deciding = event.type === 'revocation.confirmed' || event.type === 'roll-back.started'
    if (revoking && deciding) authorised.push([...accepted])
  }
  return { record, authorised }
}

const ended = (step: RotationState): boolean => step === 'rotated' || step === 'rolledBack'

describe('a history that goes well', () => {
  test('always ends as it should, and the oracle agrees', () => {
    const reached = { rotated: 0, rolledBack: 0 }
    fc.assert(
      fc.property(world, (w) => {
        const { record, authorised } = tellAll(settings(w), history(w))
        expect(record.step).toBe(w.back ? 'rolledBack' : 'rotated')
        reached[w.back ? 'rolledBack' : 'rotated'] += 1
        for (const path of authorised) expect(reasonsAgainst(settings(w), path)).toEqual([])
      }),
      { numRuns: 200, seed: 1 },
    )
    expect(reached.rotated).toBeGreaterThan(60)
    expect(reached.rolledBack).toBeGreaterThan(60)
  })
})

describe('one thing spoilt', () => {
  test.each(Object.entries(spoils))('%s: no end is reached', (_, spoil) => {
    let tried = 0
    fc.assert(
      fc.property(world, (w) => {
        const events = spoil(history(w), w)
        // Not every fault fits every world.
        fc.pre(events.length > 0)
        tried += 1
        const { record } = tellAll(settings(w), events)
        expect(ended(record.step)).toBe(false)
      }),
      { numRuns: 15, seed: 2, maxSkipsPerRun: 1_000 },
    )
    expect(tried).toBeGreaterThanOrEqual(15)
  })
})

describe('anything spoilt, left out, repeated or put elsewhere', () => {
  test('whatever is authorised, the oracle has nothing against; and the end is reached often', () => {
    const names = Object.keys(spoils)
    const counts = { runs: 0, ended: 0, authorised: 0 }
    fc.assert(
      fc.property(
        world,
        fc.array(fc.constantFrom(...names), { maxLength: 2 }),
        fc.array(fc.record({ from: fc.nat(20), to: fc.nat(20), drop: fc.boolean() }), {
          maxLength: 2,
        }),
        (w, faults, moves) => {
          let events = history(w)
          for (const fault of faults) {
            const spoilt = spoils[fault]!(events, w)
            if (spoilt.length > 1) events = spoilt
          }
          for (const { from, to, drop } of moves) {
            const event = events[from % events.length]!
            events = drop
              ? events.filter((e) => e !== event)
              : events.toSpliced(to % events.length, 0, event)
            if (events.length < 2) return
          }
          const { record, authorised } = tellAll(settings(w), events)
          counts.runs += 1
          if (ended(record.step)) counts.ended += 1
          counts.authorised += authorised.length
          for (const path of authorised) {
            const types = path.map((e) => e.type)
            expect([types, reasonsAgainst(settings(w), path)]).toEqual([types, []])
          }
        },
      ),
      { numRuns: 900, seed: 3 },
    )
    expect(counts.runs).toBeGreaterThan(800)
    expect(counts.ended / counts.runs).toBeGreaterThan(0.1)
    expect(counts.authorised / counts.runs).toBeGreaterThan(0.15)
  })
})
