/**
 * The machine alone and the kernel alone: which state takes which event, written down a second time.
 * Both have to refuse all others, because removing one of the two locks must not open the gate.
 */
import { initialTransition, transition } from 'xstate'
import { describe, expect, test } from 'vitest'
import { MalformedEvent, decide, isOpen } from '../../machines/kernel.ts'
import type { RotationState } from '../../machines/records.ts'
import type { EventType, RotationEvent } from '../../machines/rotation.event.ts'
import { rotationMachine } from '../../machines/rotation.machine.ts'
import { events, records } from './state.ts'
import {
  CONFIRMED,
  OLD_LAST,
  WROTE,
  confirmed,
  program,
  reading,
  reasoned,
  revoked,
} from './event.ts'
import { goodStory, tell } from './story.ts'

const anywhere: EventType[] = ['own-use.recorded', 'old-token.lost', 'rotation.abandoned']
const halting: EventType[] = ['tenant.mismatched', 'rotation.halted']
const creating: EventType[] = ['creation.intended', 'creation.failed', 'token.created']
const leaving: EventType[] = ['base-url.changed', 'roll-back.started']
const early: EventType[] = [...anywhere, ...halting, ...creating, ...leaving]

const open: Record<RotationState, EventType[]> = {
  creatingToken: early,
  updatingIdp: [...early, 'idp.updated'],
  testingConnection: [...early, 'idp.updated', 'connection.tested'],
  verifyingEvent: [
    ...early,
    'idp.updated',
    'connection.tested',
    'canary.issued',
    'portal.read',
    'event.recorded',
    'pilot.read',
    'revocation.approved',
    'revocation.confirmed',
  ],
  revokingOldToken: [
    ...anywhere,
    ...halting,
    'revocation.confirmed',
    'revocation.failed',
    'old-token.revoked',
  ],
  revokingNewToken: [
    ...anywhere,
    ...halting,
    'revocation.confirmed',
    'revocation.failed',
    'new-token.revoked',
  ],
  halted: [...anywhere, 'tenant.mismatched', 'rotation.resumed', 'base-url.changed'],
  rotated: [],
  rolledBack: [],
  abandoned: [],
}

const look = reading(CONFIRMED, OLD_LAST, WROTE)
const states = Object.keys(open) as RotationState[]
const types = Object.keys(events) as EventType[]
const pairs = states.flatMap((state) => types.map((type) => ({ state, type })))

/** The machine without the kernel: no schema, no gate asked beforehand. */
function alone(state: RotationState, event: RotationEvent) {
  const before = rotationMachine.resolveState({ value: state, context: records[state].facts })
  const [after, actions] = transition(rotationMachine, before, event)
  return { before, after, actions }
}

test('every state is looked at, with every event', () => {
  expect(pairs).toHaveLength(10 * 22)
  for (const state of states) expect(records[state].step).toBe(state)
})

describe.each(states)('%s', (state) => {
  test('takes exactly what is written here', () => {
    const taken = types.filter((type) => isOpen(state, type))
    expect(taken.toSorted()).toEqual(open[state].toSorted())
  })

  test.each(types.filter((type) => !open[state].includes(type)))('%s changes nothing', (type) => {
    const event = events[type]
    const { before, after, actions } = alone(state, event)
    expect(before.can(event)).toBe(false)
    expect(after.value).toBe(state)
    expect(after.context).toEqual(records[state].facts)
    expect(actions).toEqual([])
    const stored = records[state]
    expect(decide(stored, event).ok).toBe(false)
    expect(stored).toEqual(records[state])
  })
})

test('it begins with the creation of the token, and starts nothing', () => {
  const { facts } = records.creatingToken
  const [first, actions] = initialTransition(rotationMachine, facts)
  expect(first.value).toBe('creatingToken')
  expect(first.context).toEqual(facts)
  expect(actions).toEqual([])
})

test('only the revoking states lead to their ends', () => {
  const into = (end: RotationState) =>
    pairs.filter(({ state, type }) => {
      const { after } = alone(state, events[type])
      return after.value === end && state !== end
    })
  expect(into('rotated')).toEqual([{ state: 'revokingOldToken', type: 'old-token.revoked' }])
  expect(into('revokingOldToken')).toEqual([])
})

describe('the guard of the machine, without the kernel’s gate', () => {
  const ready = () => tell(goodStory().slice(0, 5)).record
  const good = goodStory()[5]!
  const offered = (event: RotationEvent) => {
    const at = rotationMachine.resolveState({ value: 'verifyingEvent', context: ready().facts })
    return transition(rotationMachine, at, event)[0].value
  }
  test('takes the good confirmation, and no other', () => {
    expect(offered(good)).toBe('revokingOldToken')
    expect(offered(confirmed(CONFIRMED, null))).toBe('verifyingEvent')
    expect(offered(confirmed(CONFIRMED, look, { named: 'tok-new' }))).toBe('verifyingEvent')
    expect(offered(confirmed(CONFIRMED, look, { by: program }))).toBe('verifyingEvent')
  })
  test('nothing is known: nothing opens', () => {
    const { facts } = records.creatingToken
    for (const direction of ['forward', 'back'] as const) {
      const context = { ...facts, direction }
      const at = rotationMachine.resolveState({ value: 'verifyingEvent', context })
      expect(transition(rotationMachine, at, good)[0].value).toBe('verifyingEvent')
    }
  })
  test('the proof is asked for as well', () => {
    const at = rotationMachine.resolveState({
      value: 'revokingOldToken',
      context: records.revokingOldToken.facts,
    })
    const after = (event: RotationEvent) => transition(rotationMachine, at, event)[0].value
    expect(after(revoked(CONFIRMED + 5, { portalShows: 'not-asked' }))).toBe('revokingOldToken')
    expect(after(revoked(CONFIRMED + 5))).toBe('rotated')
  })
})

describe('the kernel', () => {
  test('says which step an event belongs to', () => {
    const needed = (type: EventType, state: RotationState) => {
      const decision = decide(records[state], events[type])
      return decision.ok || decision.code !== 'step-not-open' ? decision : decision.needed
    }
    expect(needed('idp.updated', 'creatingToken')).toBe('update-idp')
    expect(needed('connection.tested', 'creatingToken')).toBe('test')
    expect(needed('portal.read', 'testingConnection')).toBe('verify')
    expect(needed('old-token.revoked', 'verifyingEvent')).toBe('revoke')
    expect(needed('new-token.revoked', 'verifyingEvent')).toBe('revoke')
    expect(needed('rotation.resumed', 'verifyingEvent')).toBe('verify')
    expect(needed('token.created', 'rotated')).toBe('create')
    expect(decide(records.halted, events['portal.read'])).toEqual({
      ok: false,
      code: 'step-not-open',
      current: 'verify',
      needed: 'verify',
    })
  })
  test('lists what is missing in whatever step revoking is asked for, until it has ended', () => {
    for (const state of states) {
      const decision = decide(records[state], confirmed(CONFIRMED + 9_000, null))
      const ended = open[state].length === 0
      expect(decision).toMatchObject({
        ok: false,
        code: ended ? 'step-not-open' : 'revocation-blocked',
      })
    }
  })
  test('refuses a confirmation by the program itself, everything else being met', () => {
    const event = confirmed(CONFIRMED, look, { by: program })
    expect(decide(tell(goodStory().slice(0, 5)).record, event)).toMatchObject({
      ok: false,
      code: 'step-not-open',
    })
  })
  test('a program resumes nothing: a named person does', () => {
    const halted = records.halted
    expect(decide(halted, reasoned('rotation.resumed', CONFIRMED, program)).ok).toBe(false)
    expect(decide(halted, reasoned('rotation.resumed', CONFIRMED)).ok).toBe(true)
  })
  test.each([
    ['an unknown type', { type: 'gate.opened', at: '2026-03-01T10:00:00.000Z', by: program }],
    ['a member too many', { ...events['idp.updated'], token: 'scim_live_pasted' }],
    ['a time without milliseconds', { ...events['idp.updated'], at: '2026-03-01T10:00:00Z' }],
    ['a test that names no use', { ...events['connection.tested'], uses: [] }],
    [
      'a use that ends before it begins',
      {
        ...events['pilot.read'],
        use: { startedAt: '2026-03-01T10:00:00.001Z', endedAt: '2026-03-01T10:00:00.000Z' },
      },
    ],
    ['nothing', null],
  ])('throws on %s, and repeats none of it', (_, event) => {
    const call = () => decide(records.verifyingEvent, event as RotationEvent)
    expect(call).toThrow(MalformedEvent)
    expect(call).toThrow(/^the event does not fit the schema of its type$/)
  })
})
