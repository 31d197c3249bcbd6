/**
 * Whatever is called in whatever order, the portal never gets the DELETE before the requirements held.
 * Against the real server and the real provider; the judge is `property-oracle.ts`.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Passing } from '../workflow/provider.ts'
import { connect } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { objection } from './property-oracle.ts'
import type { History } from './property-oracle.ts'
import { ACTIONS, createWorld } from './property-world.ts'
import type { Action, Place } from './property-world.ts'

const RUNS = 200
const SEED = 20261124

const CUT_OVER: Action[] = ['save', 'say', 'test', 'canary', 'wait', 'provision', 'verify']
const FORWARD: Action[] = ['create', 'enter-new', ...CUT_OVER, 'wait', 'verify', 'revoke-old']
const BACK: Action[] = [
  ...(['create', 'enter-new', 'save', 'say', 'test', 'roll-back', 'enter-old'] as const),
  ...CUT_OVER,
  ...(['wait', 'verify', 'revoke-new'] as const),
]
const UNDO: Action[] = ['create', 'check-new', 'roll-back', 'verify', 'revoke-new']
/** The IdP was given the new token before anybody said so. */
const TOO_LATE: Action[] = ['create', 'enter-new', 'save', 'provision', 'roll-back', 'revoke-new']

const anAction = fc.constantFrom(...ACTIONS)
const aSlip = fc.record({
  at: fc.nat(20),
  how: fc.constantFrom('drop', 'insert', 'insert', 'repeat', 'swap'),
  what: anAction,
})

/** A way that leads somewhere, with a few slips: purely random calls would hardly ever get far. */
const aSequence = fc.oneof(
  { weight: 6, arbitrary: slipped(FORWARD) },
  { weight: 3, arbitrary: slipped(BACK) },
  { weight: 1, arbitrary: slipped(UNDO) },
  { weight: 1, arbitrary: slipped(TOO_LATE) },
  { weight: 1, arbitrary: fc.array(anAction, { minLength: 4, maxLength: 16 }) },
)

function slipped(way: readonly Action[]): fc.Arbitrary<Action[]> {
  return fc.array(aSlip, { maxLength: 4 }).map((slips) => {
    const actions = [...way]
    for (const { at, how, what } of slips) {
      const index = at % actions.length
      const here = actions[index] ?? what
      if (how === 'drop') actions.splice(index, 1)
      else if (how === 'insert') actions.splice(index, 0, what)
      else if (how === 'repeat') actions.splice(index, 0, here)
      else actions.splice(index, 2, actions[index + 1] ?? what, here)
    }
    return actions
  })
}

let stage: Stage
let places: Place[]
beforeAll(async () => {
  const tenants = Array.from({ length: 8 }, (_, index) => `tenant-${index}`)
  stage = await openStage({ tenants })
  const second = await stage.person('approver')
  places = []
  for (const tenantId of tenants) {
    const { connectionId } = await connect(stage, { tenantId })
    places.push({ stage, tenantId, connectionId, second })
  }
})
afterAll(() => stage.close())

describe('random sequences of calls', () => {
  it('never make the portal see a DELETE before everything held', async () => {
    const reached: Record<string, number> = {}
    let deletions = 0
    let runs = 0
    await fc.assert(
      fc.asyncProperty(aSequence, async (actions) => {
        const place = places[runs % places.length]!
        runs += 1
        stage.provider.practice.requests.clear()
        const world = await createWorld(place)
        const against: string[] = []
        stage.provider.tap = watching(world.history, (reason) => {
          deletions += 1
          if (reason !== null) against.push(reason)
        })
        for (const action of actions) {
          await world.act(action)
          if (against.length > 0) break
        }
        stage.provider.tap = null
        const end = await world.status()
        reached[end] = (reached[end] ?? 0) + 1
        expect(against).toEqual([])
      }),
      { numRuns: RUNS, seed: SEED },
    )
    // Proof that the gate was there to be reached: otherwise all of this shows nothing.
    expect(runs).toBe(RUNS)
    expect((reached['completed'] ?? 0) / RUNS, JSON.stringify(reached)).toBeGreaterThan(0.15)
    expect((reached['rolledBack'] ?? 0) / RUNS, JSON.stringify(reached)).toBeGreaterThan(0.08)
    const untouched = (reached['active'] ?? 0) + (reached['halted'] ?? 0)
    expect(untouched / RUNS, JSON.stringify(reached)).toBeGreaterThan(0.25)
    expect(deletions).toBeGreaterThan(RUNS / 5)
  }, 120_000)
})

/** Judges each DELETE when it arrives, before the provider acts on it. */
function watching(history: History, judged: (reason: string | null) => void) {
  return async (passing: Passing): Promise<Response> => {
    const id = passing.path.replace('/api/v1/scim/tokens/', '')
    if (passing.method === 'DELETE') {
      const log = stage.provider.practice.requests.entries
      judged(objection(history, log, { id, at: stage.now.ms }))
    }
    return passing.answer()
  }
}
