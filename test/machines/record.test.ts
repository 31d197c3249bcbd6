/** Records that this machine did not write: refused by name, whatever is wrong with them. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../machines/kernel.ts'
import { UnreadableVersion, isEnd, parseRotation } from '../../machines/records.ts'
import type { RotationRecord, RotationState } from '../../machines/records.ts'
import { Facts } from '../../machines/rotation.facts.ts'
import { events, records } from './state.ts'
import { created, t } from './event.ts'
import { tell } from './story.ts'

const states = Object.keys(records) as RotationState[]

test.each(states)('%s is read back as it was written', (state) => {
  const stored = JSON.parse(JSON.stringify(records[state])) as unknown
  expect(parseRotation(stored)).toEqual(records[state])
})

const good = () => records.verifyingEvent
const drifted = (facts: object, step: RotationState = 'verifyingEvent'): unknown => ({
  ...good(),
  step,
  facts: { ...good().facts, ...facts },
})
const without = (member: string): unknown => ({
  ...good(),
  facts: Object.fromEntries(Object.entries(good().facts).filter(([name]) => name !== member)),
})

describe('refused', () => {
  test.each([
    ['nothing', (): unknown => null, 'not a rotation record'],
    ['text', (): unknown => 'rotation', 'not a rotation record'],
    ['no machine', () => ({ step: 'rotated', facts: good().facts }), 'not a rotation record'],
    [
      'another machine',
      () => ({ ...good(), machine: { id: 'escalation', version: 1 } }),
      'not a rotation',
    ],
    [
      'version none',
      () => ({ ...good(), machine: { id: 'rotation', version: 0 } }),
      'not a rotation',
    ],
    [
      'a newer version',
      () => ({ ...good(), machine: { id: 'rotation', version: 2 } }),
      /^written by a newer/,
    ],
    ['no facts', () => ({ ...good(), facts: {} }), 'does not fit its schema at "facts.'],
    ['a state that does not exist', () => ({ ...good(), step: 'revoked' }), 'at "step"'],
    ['a member too many', () => ({ ...good(), override: true }), 'does not fit its schema'],
    ['a fact too many', () => drifted({ force: true }), 'at "facts"'],
    ['another type', () => drifted({ oldToken: 'scim_live_value' }), 'at "facts.oldToken"'],
    [
      'a time in another form',
      () => drifted({ startedAt: '2026-03-01T10:00:00Z' }),
      'at "facts.startedAt"',
    ],
    [
      'a skew turned round',
      () => drifted({ reading: { ...good().facts.reading, skew: { lowMs: 5, highMs: 4 } } }),
      'at "facts.reading',
    ],
  ] as const)('%s', (_, made, message) => {
    const stored: unknown = made()
    expect(() => parseRotation(stored)).toThrow(UnreadableVersion)
    expect(() => parseRotation(stored)).toThrow(message)
    expect(() => decide(stored, events['idp.updated'])).toThrow(UnreadableVersion)
  })

  test('names both versions of a newer record', () => {
    const newer = { ...good(), machine: { id: 'rotation', version: 7 } }
    expect(() => parseRotation(newer)).toThrow(
      'written by a newer Interlock (record version 7, this one reads up to 1)',
    )
  })

  test('never with what stands in it', () => {
    try {
      parseRotation(drifted({ oldToken: 'scim_live_value' }))
      expect.unreachable()
    } catch (error) {
      expect(String(error)).not.toContain('scim_live')
    }
  })

  test.each(Object.keys(Facts.shape))(
    'without %s: what is absent never opens anything',
    (member) => {
      expect(() => parseRotation(without(member))).toThrow(UnreadableVersion)
    },
  )
})

describe('a state without what leads to it', () => {
  const ready = () => records.revokingOldToken.facts
  const torn = (record: RotationRecord, facts: object) => () =>
    parseRotation({ ...record, facts: { ...record.facts, ...facts } })
  const failed = () => ({ test: { ...ready().test, passed: false } })
  test.each([
    ['creatingToken', () => ({ newToken: ready().newToken })],
    ['creatingToken', () => ({ cutover: ready().cutover })],
    ['creatingToken', () => ({ direction: 'back' })],
    ['updatingIdp', () => ({ newToken: null })],
    ['updatingIdp', () => ({ cutover: ready().cutover })],
    ['testingConnection', () => ({ newToken: null })],
    ['testingConnection', () => ({ cutover: null })],
    ['verifyingEvent', () => ({ newToken: null })],
    ['verifyingEvent', () => ({ cutover: null })],
    ['verifyingEvent', () => ({ test: null })],
    ['verifyingEvent', failed],
    ['revokingOldToken', () => ({ revocation: null })],
    ['revokingOldToken', () => ({ direction: 'back' })],
    ['revokingOldToken', failed],
    ['revokingNewToken', () => ({ revocation: null })],
    ['revokingNewToken', () => ({ direction: 'forward' })],
    ['revokingNewToken', () => ({ newToken: null })],
    ['revokingNewToken', failed],
    ['rotated', () => ({ proof: null })],
    ['rotated', () => ({ revocation: null })],
    ['rotated', () => ({ direction: 'back' })],
    ['rotated', failed],
    ['rotated', () => ({ ending: null })],
    ['rolledBack', () => ({ proof: null })],
    ['rolledBack', () => ({ direction: 'forward' })],
    ['halted', () => ({ halted: null })],
    ['verifyingEvent', () => ({ halted: records.halted.facts.halted })],
    ['verifyingEvent', () => ({ ending: records.rotated.facts.ending })],
    ['abandoned', () => ({ ending: null })],
  ] as const)('%s, case %#', (state, facts) => {
    expect(torn(records[state], facts())).toThrow(UnreadableVersion)
  })
  test('taken back before the cutover: nothing was tested', () => {
    const { record } = tell([created(10)])
    const facts = {
      ...record.facts,
      direction: 'back',
      revocation: { confirmedAt: t(20), by: record.facts.startedBy, fault: null },
    }
    expect(parseRotation({ ...record, step: 'revokingNewToken', facts }).step).toBe(
      'revokingNewToken',
    )
    expect(() => parseRotation({ ...record, step: 'revokingOldToken', facts })).toThrow()
    const nothing = { ...facts, newToken: null }
    expect(() => parseRotation({ ...record, step: 'revokingNewToken', facts: nothing })).toThrow(
      UnreadableVersion,
    )
  })
})

test('three states are ends', () => {
  expect(states.filter(isEnd)).toEqual(['rotated', 'rolledBack', 'abandoned'])
})
