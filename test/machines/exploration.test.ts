/**
 * Every state that a set of good and of hostile events can reach, found by `xstate/graph` on the
 * machine alone. Whatever path leads into a revocation, the oracle must have nothing against it.
 */
import { getAdjacencyMap } from 'xstate/graph'
import { describe, expect, test } from 'vitest'
import type { StartInput } from '../../machines/kernel.ts'
import { start } from '../../machines/kernel.ts'
import { parseRotation } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import type { Facts } from '../../machines/rotation.facts.ts'
import { rotationMachine } from '../../machines/rotation.machine.ts'
import { reasonsAgainst } from './oracle.ts'
import {
  CONFIRMED,
  CUT,
  NEW_PRINT,
  OLD_LAST,
  OLD_PRINT,
  OTHER_PRINT,
  TESTED,
  WROTE,
  ann,
  approved,
  ben,
  confirmed,
  created,
  input,
  logged,
  lost,
  mismatched,
  program,
  read,
  reading,
  reasoned,
  revoked,
  sight,
  tested,
  told,
  turnedBack,
  updated,
} from './event.ts'

const forwardLook = reading(CONFIRMED - 100, OLD_LAST, WROTE)
const backLook = reading(CONFIRMED - 100, WROTE, OLD_LAST)
const atCut = reading(CUT - 50, OLD_LAST, null)

const common: RotationEvent[] = [
  created(10_000),
  updated(CUT, { reading: atCut }),
  tested(TESTED, { baseline: reading(TESTED - 100, OLD_LAST, TESTED - 950) }),
  logged(WROTE + 500, WROTE),
  confirmed(CONFIRMED, forwardLook),
  mismatched(CONFIRMED + 1),
  reasoned('rotation.resumed', CONFIRMED + 3),
  turnedBack(CONFIRMED + 4),
]

const hostileForward: RotationEvent[] = [
  ...common,
  created(10_001, { token: { id: 'tok-3', hint: null, fingerprint: OTHER_PRINT } }),
  tested(TESTED, { fingerprint: OTHER_PRINT }),
  logged(WROTE + 500, CUT),
  read(reading(WROTE + 1_000, OLD_LAST, TESTED - 950)),
  read(reading(WROTE + 1_000, CUT + 1, WROTE)),
  confirmed(CONFIRMED, null),
  confirmed(CONFIRMED, reading(CONFIRMED, OLD_LAST, TESTED - 950)),
  confirmed(CONFIRMED, reading(CONFIRMED, CUT + 1, WROTE)),
  confirmed(CONFIRMED, reading(CONFIRMED, OLD_LAST, sight(WROTE, { status: 'expired' }))),
  confirmed(CONFIRMED, reading(CONFIRMED, sight(OLD_LAST, { status: 'revoked' }), WROTE)),
  confirmed(CONFIRMED - 2_000, reading(CONFIRMED - 2_000, OLD_LAST, WROTE)),
  confirmed(CONFIRMED, forwardLook, { named: NEW_PRINT }),
  confirmed(CONFIRMED, forwardLook, { by: program }),
  { type: 'base-url.changed', at: forwardLook.readAt, by: ann },
  lost(CONFIRMED + 2),
  revoked(CONFIRMED + 500),
  revoked(CONFIRMED + 500, { retiredAnswered: 200 }),
  turnedBack(20_000, reading(20_000, OLD_LAST, null)),
]

const hostileBack: RotationEvent[] = [
  ...common,
  updated(CUT, { reading: reading(CUT - 50, OLD_LAST, OLD_LAST) }),
  tested(TESTED, {
    fingerprint: OLD_PRINT,
    baseline: reading(TESTED - 100, TESTED - 950, OLD_LAST),
  }),
  confirmed(CONFIRMED, backLook, { named: NEW_PRINT }),
  confirmed(CONFIRMED, backLook),
  confirmed(CONFIRMED, null, { named: NEW_PRINT }),
  confirmed(CONFIRMED, reading(CONFIRMED, WROTE, CUT + 1), { named: NEW_PRINT }),
  confirmed(CONFIRMED, reading(CONFIRMED, sight(WROTE, { status: 'revoked' }), OLD_LAST), {
    named: NEW_PRINT,
  }),
  lost(CONFIRMED + 2),
  { type: 'base-url.changed', at: forwardLook.readAt, by: ann },
  turnedBack(20_000, reading(20_000, OLD_LAST, null)),
  turnedBack(20_000, reading(20_000, OLD_LAST, 15_000)),
  revoked(CONFIRMED + 500, {}, 'new-token.revoked'),
  { type: 'revocation.failed', at: forwardLook.readAt, by: program, fault: 'x', stillLive: true },
]

const hostileManual: RotationEvent[] = [
  created(10_000),
  updated(CUT),
  tested(TESTED),
  logged(WROTE + 500, WROTE, {}, ann),
  logged(WROTE + 500, WROTE, { operation: 'read' }, ann),
  read(told(CONFIRMED - 900, OLD_LAST, WROTE)),
  read({ ...told(CONFIRMED - 800, OLD_LAST, WROTE), by: ben }),
  read(told(CONFIRMED - 700, CUT + 1, WROTE)),
  read(told(CUT + 90_000, OLD_LAST, WROTE)),
  approved(CONFIRMED - 500, ben),
  approved(CONFIRMED - 500, ann),
  approved(CONFIRMED - 500, program),
  confirmed(CONFIRMED, null),
  confirmed(CONFIRMED, told(CONFIRMED, OLD_LAST, WROTE)),
  confirmed(CONFIRMED + 20 * 60_000, null),
  confirmed(CONFIRMED, forwardLook),
  mismatched(CONFIRMED + 1),
  reasoned('rotation.resumed', CONFIRMED + 3),
  turnedBack(CONFIRMED + 4),
  revoked(CONFIRMED + 500, { witness: 'attested', portalShows: 'not-asked' }),
]

/** What matters of the facts: refused evidence, repeated uses and reasons do not. */
function reduced(facts: Facts): unknown {
  const { cutover, test, reading: seen, newToken, halted } = facts
  return [
    facts.direction,
    newToken?.id,
    facts.handedOver,
    cutover && [cutover.at, cutover.reading !== null, cutover.reading?.new.lastUsedAt],
    test && [test.passed, test.fingerprint],
    seen && [seen.readAt, seen.witness, seen.by.id, seen.old, seen.new],
    facts.strayUse !== null,
    facts.evidence.filter((e) => e.admissible).map((e) => [e.level, e.occurredAt, e.witness]),
    [...new Set(facts.ownUses.map((u) => u.startedAt))],
    facts.baseline?.readAt,
    facts.approval?.by.id,
    halted && [halted.cause, halted.from],
    facts.oldTokenLost?.how,
    facts.revocation !== null,
    facts.proof !== null,
    facts.superseded.length > 0,
  ]
}

const isRevoking = (value: unknown): boolean =>
  value === 'revokingOldToken' || value === 'revokingNewToken'

interface Found {
  states: { value: unknown; context: Facts; history: RotationEvent[] }[]
  /** Every step into a revocation, from whatever state, with the history before it. */
  authorised: RotationEvent[][]
}

/** Every state with a shortest history that leads to it: the graph by XState, the paths walked here. */
function explore(from: StartInput, events: RotationEvent[]): Found {
  const { facts } = start(from)
  const serializeState = (state: { value: unknown; context: Facts }) =>
    JSON.stringify([state.value, reduced(state.context)])
  const graph = getAdjacencyMap(rotationMachine, { input: facts, events, serializeState })
  const found: Found = { states: [], authorised: [] }
  const first = serializeState({ value: 'creatingToken', context: facts })
  const histories = new Map<string, RotationEvent[]>([[first, []]])
  // A Map hands out what is added while it is walked, in order: breadth first.
  for (const [key, history] of histories) {
    const node = graph[key as keyof typeof graph]
    if (node === undefined) throw new Error('a state that the graph does not know')
    found.states.push({ value: node.state.value, context: node.state.context, history })
    for (const edge of Object.values(node.transitions)) {
      const { state } = edge
      // The graph writes an event of its own for the beginning; ours all have a time.
      if (state.context === node.state.context || !('at' in edge.event)) continue
      const longer = [...history, edge.event]
      const deciding = ['revocation.confirmed', 'roll-back.started'].includes(edge.event.type)
      if (deciding && isRevoking(state.value)) found.authorised.push(longer)
      const next = serializeState(state)
      if (!histories.has(next)) histories.set(next, longer)
    }
  }
  return found
}

describe.each([
  ['observed', input(), [...hostileForward, ...hostileBack], 2800, 1800, ['rotated', 'rolledBack']],
  ['by word', input({ observable: false }), hostileManual, 140, 6, ['rotated']],
  [
    'by word, always two',
    input({ observable: false, secondPerson: 'always' }),
    hostileManual,
    140,
    6,
    ['rotated'],
  ],
] as const)('%s', (_, from, events, atLeast, authorisations, ends) => {
  const found = explore(from, [...events])

  test(`reaches ${atLeast} states or more, and every end`, () => {
    const values = new Set(found.states.map((state) => state.value))
    for (const end of ends) expect(values).toContain(end)
    for (const active of ['updatingIdp', 'testingConnection', 'verifyingEvent', 'halted'])
      expect(values).toContain(active)
    expect(found.states.length).toBeGreaterThanOrEqual(atLeast)
    expect(found.authorised.length).toBeGreaterThanOrEqual(authorisations)
  })

  test('every state is one that may be stored', () => {
    for (const { value, context } of found.states) {
      const record = { machine: { id: 'rotation', version: 1 }, step: value, facts: context }
      expect(() => parseRotation(record)).not.toThrow()
    }
  })

  test('no step into a revocation that the oracle would not take', () => {
    for (const history of found.authorised) {
      const told = history.map((event) => event.type)
      expect([told, reasonsAgainst(from, history)]).toEqual([told, []])
    }
  })

  test('no end without a confirmation before it, and a proof at last', () => {
    const ended = found.states.filter(({ value }) => value === 'rotated' || value === 'rolledBack')
    for (const state of ended.filter(({ context }) => context.newToken !== null)) {
      const types = state.history.map((event) => event.type)
      expect(types.at(-1)).toBe(
        state.value === 'rotated' ? 'old-token.revoked' : 'new-token.revoked',
      )
      expect(types.includes('revocation.confirmed') || types.includes('roll-back.started')).toBe(
        true,
      )
    }
  })
})
