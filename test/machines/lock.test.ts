/** Each guard of the machine is a lock of its own: asked without the kernel, which would have refused before. */
import { transition } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { RotationState } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import type { ActiveState, Facts } from '../../machines/rotation.facts.ts'
import { rotationMachine } from '../../machines/rotation.machine.ts'
import { stepOf, view } from '../../machines/rotation.view.ts'
import {
  CONFIRMED,
  NEW_PRINT,
  OLD_LAST,
  OTHER_PRINT,
  WROTE,
  ann,
  confirmed,
  created,
  lost,
  program,
  reading,
  reasoned,
  t,
  tested,
  turnedBack,
} from './event.ts'
import { records } from './state.ts'
import { backStory, tell } from './story.ts'
import { whole } from './whole.ts'

const after = (value: RotationState, context: Facts, event: RotationEvent) => {
  const at = rotationMachine.resolveState({ value, context })
  return transition(rotationMachine, at, event)[0].value
}
const creation: Facts['creation'] = { name: 'rot-2', intendedAt: t(1), by: ann }

test('the program never confirms, on the way back either', () => {
  const { facts } = tell(backStory().slice(0, 8)).record
  const seen = reading(CONFIRMED - 200, WROTE, OLD_LAST)
  const by = (who: typeof ann) =>
    after('verifyingEvent', facts, confirmed(CONFIRMED, seen, { named: NEW_PRINT, by: who }))
  expect(by(ann)).toBe('revokingNewToken')
  expect(by(program)).toBe('verifyingEvent')
})

test('neither token is authorised again where the other one is being revoked', () => {
  const can = (value: RotationState, context: Facts, event: RotationEvent) =>
    rotationMachine.resolveState({ value, context }).can(event)
  const forward = confirmed(CONFIRMED, reading(CONFIRMED - 200, OLD_LAST, WROTE))
  expect(can('revokingOldToken', whole(), forward)).toBe(true)
  expect(can('revokingNewToken', whole(), forward)).toBe(false)
  const { facts } = tell(backStory().slice(0, 8)).record
  const back = confirmed(CONFIRMED, reading(CONFIRMED - 200, WROTE, OLD_LAST), { named: NEW_PRINT })
  expect(can('revokingNewToken', facts, back)).toBe(true)
  expect(can('revokingOldToken', facts, back)).toBe(false)
})

test('a test with another token leads nowhere', () => {
  const { facts } = records.testingConnection
  const made = (fingerprint: string) =>
    after('testingConnection', facts, tested(CONFIRMED, { fingerprint }))
  expect(made(NEW_PRINT)).toBe('verifyingEvent')
  expect(made(OTHER_PRINT)).toBe('testingConnection')
})

describe('turning back', () => {
  test('ends at once only while there is no token, and none is being made', () => {
    const turned = (more: Partial<Facts>) =>
      after('creatingToken', { ...records.creatingToken.facts, ...more }, turnedBack(CONFIRMED))
    expect(turned({})).toBe('rolledBack')
    expect(turned({ creation })).toBe('creatingToken')
    expect(turned({ newToken: whole().newToken })).toBe('creatingToken')
  })
  test('takes the token back at once only while none is being made', () => {
    const { facts } = tell([created(10_000)]).record
    const event = turnedBack(CONFIRMED, reading(CONFIRMED - 200, OLD_LAST, null))
    const turned = (more: Partial<Facts>) => after('updatingIdp', { ...facts, ...more }, event)
    expect(turned({})).toBe('revokingNewToken')
    expect(turned({ creation })).toBe('updatingIdp')
  })
  test('is given up once, when the old token is lost', () => {
    const { facts } = tell(backStory().slice(0, 6)).record
    const heard = (more: Partial<Facts>) =>
      after('verifyingEvent', { ...facts, ...more }, lost(CONFIRMED))
    expect(heard({})).toBe('updatingIdp')
    expect(heard({ oldTokenLost: { at: t(5), how: 'revoked' } })).toBe('verifyingEvent')
  })
})

describe('resuming asks anew for what a halt may have spoilt, cutover or none', () => {
  const resumed = (from: ActiveState, cause: 'person' | 'tenant-mismatch') => {
    const halted = { at: t(1), by: ann, cause, reason: 'because', mismatches: [], from }
    const event = reasoned('rotation.resumed', CONFIRMED)
    return after('halted', whole({ halted, cutover: null }), event)
  }
  test.each([
    ['revokingNewToken', 'revokingNewToken', 'revokingNewToken'],
    ['revokingOldToken', 'verifyingEvent', 'testingConnection'],
    ['verifyingEvent', 'verifyingEvent', 'testingConnection'],
    ['testingConnection', 'testingConnection', 'testingConnection'],
    ['updatingIdp', 'updatingIdp', 'updatingIdp'],
  ] as const)('%s', (from, byPerson, afterMismatch) => {
    expect(resumed(from, 'person')).toBe(byPerson)
    expect(resumed(from, 'tenant-mismatch')).toBe(afterMismatch)
  })
})

test('what lies ahead is never shown as done, and a halt without its cause is shown as one', () => {
  const ahead = { ...records.updatingIdp, facts: whole() }
  expect(view(ahead, t(CONFIRMED)).steps.map(({ state }) => state)).toEqual([
    'done',
    'current',
    'todo',
    'todo',
    'todo',
  ])
  expect(stepOf({ ...records.halted, facts: whole({ halted: null }) })).toBe('verify')
})
