/** The objections and the gate asked without the machine around them. */
import { describe, expect, test } from 'vitest'
import { start } from '../../machines/kernel.ts'
import type { Facts } from '../../machines/rotation.facts.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { canUndo, gate, objection } from '../../machines/rotation.objection.ts'
import {
  CONFIRMED,
  CUT,
  OLD,
  OLD_LAST,
  WROTE,
  ann,
  confirmed,
  input,
  lost,
  read,
  reading,
  revoked,
  t,
  told,
  turnedBack,
  tested,
} from './event.ts'
import { whole } from './whole.ts'

const code = (facts: Facts, event: RotationEvent) => objection(facts, event)?.code ?? null

describe('the gate', () => {
  const asked = (seen: Parameters<typeof confirmed>[1]) =>
    gate(whole(), confirmed(CONFIRMED, seen)).map((r) => r.code)
  test('is open to the whole', () => {
    expect(asked(reading(CONFIRMED - 200, OLD_LAST, WROTE))).toEqual([])
  })
  test('takes nobody’s word for what it can read itself', () => {
    const word = { ...reading(CONFIRMED - 200, OLD_LAST, WROTE), witness: 'attested' as const }
    expect(asked({ ...word, by: ann })).toContain('old-token-quiet')
    expect(asked(null)).toContain('old-token-quiet')
  })
})

describe('taking the new token back at once', () => {
  const event = turnedBack(CONFIRMED, reading(CONFIRMED - 200, OLD_LAST, null))
  const may = (more: Partial<Facts>) =>
    event.type === 'roll-back.started' &&
    canUndo(whole({ cutover: null, handedOver: false, ...more }), event)
  test('only of a token that the IdP cannot hold', () => {
    expect(may({})).toBe(true)
    expect(may({ newToken: null })).toBe(false)
    expect(may({ handedOver: true })).toBe(false)
    expect(may({ cutover: { at: t(CUT), by: ann, note: null, reading: null } })).toBe(false)
  })
})

describe('the old token is lost', () => {
  test.each([
    ['missing', OLD, null],
    ['missing', { ...OLD, id: null }, 'token-not-recognised'],
    ['revoked', { ...OLD, id: null }, null],
  ] as const)('%s', (how, oldToken, expected) => {
    expect(code(whole({ oldToken }), lost(CONFIRMED, how))).toBe(expected)
  })
})

test('a test with no token to be compared with', () => {
  expect(code(whole({ newToken: null }), tested(CONFIRMED))).toBe('token-not-recognised')
  const back = whole({ newToken: null, direction: 'back' })
  expect(code(back, tested(CONFIRMED))).toBe('token-not-recognised')
})

test('a revocation that nobody authorised proves nothing', () => {
  expect(code(whole({ revocation: null }), revoked(CONFIRMED))).toBe('still-answers')
})

test('the portal’s clock may run ahead of ours, a person’s report of it may not', () => {
  const ahead = CONFIRMED + 3_600_000
  expect(code(whole(), read(reading(CONFIRMED, OLD_LAST, ahead)))).toBeNull()
  const manual = whole({ portal: { ...whole().portal, observable: false } })
  expect(code(manual, read(told(CONFIRMED, OLD_LAST, ahead)))).toBe('reading-impossible')
  expect(code(manual, read(told(CONFIRMED, null, WROTE)))).toBeNull()
})

test('a rotation starts with nothing known', () => {
  const { facts, step } = start(input())
  expect(step).toBe('creatingToken')
  const { superseded, ownUses, evidence, direction, handedOver, ...rest } = facts
  expect({ superseded, ownUses, evidence, direction, handedOver }).toEqual({
    superseded: [],
    ownUses: [],
    evidence: [],
    direction: 'forward',
    handedOver: false,
  })
  expect(rest).toEqual({
    ...input(),
    newToken: null,
    creation: null,
    cutover: null,
    test: null,
    baseline: null,
    reading: null,
    strayUse: null,
    canary: null,
    approval: null,
    halted: null,
    oldTokenLost: null,
    revocation: null,
    proof: null,
    ending: null,
  })
})
