/** What an event changes, asked of facts that the machine would not have let it come to. */
import { describe, expect, test } from 'vitest'
import type { EventOf } from '../../machines/rotation.event.ts'
import type { Facts } from '../../machines/rotation.facts.ts'
import {
  cutOver,
  issueCanary,
  rememberFault,
  rememberPilot,
  rememberReport,
  rememberTest,
} from '../../machines/rotation.change.ts'
import { haltHarder, resume } from '../../machines/rotation.exit.ts'
import {
  CONFIRMED,
  OTHER_PRINT,
  WROTE,
  ann,
  logged,
  piloted,
  program,
  t,
  tested,
  use,
} from './event.ts'
import { whole } from './whole.ts'

describe('the cutover', () => {
  const updated: EventOf<'idp.updated'> = {
    type: 'idp.updated',
    at: t(CONFIRMED),
    by: ann,
    note: null,
    reading: null,
  }
  test('hands the new token over, once and for all', () => {
    const handed = (more: Partial<Facts>) => cutOver(whole(more), updated).handedOver
    expect(handed({ handedOver: false })).toBe(true)
    expect(handed({ handedOver: false, direction: 'back' })).toBe(false)
    expect(handed({ handedOver: true, direction: 'back' })).toBe(true)
  })
  test('lies no earlier than what came before', () => {
    const at = (more: Partial<Facts>) => cutOver(whole(more), updated).cutover?.at
    const later = { at: t(CONFIRMED + 5), by: ann, note: null, reading: null }
    expect(at({ cutover: later })).toBe(t(CONFIRMED + 5))
    expect(at({ cutover: null, newToken: null })).toBe(t(CONFIRMED))
  })
})

describe('a fingerprint is learnt from a test', () => {
  const learnt = (more: Partial<Facts>) =>
    rememberTest(whole(more), tested(CONFIRMED, { fingerprint: OTHER_PRINT }))
  test('never in the place of one that is known', () => {
    expect(learnt({})).not.toHaveProperty('newToken')
    expect(learnt({ direction: 'back' })).not.toHaveProperty('oldToken')
  })
  test('never of a token that there is not', () => {
    expect(learnt({ newToken: null })).not.toHaveProperty('newToken')
  })
})

test('the canary need not rest where we used nothing', () => {
  const event = {
    type: 'canary.issued',
    at: t(CONFIRMED),
    by: ann,
    value: 'interlock-7K3Q',
    attribute: 'title',
  } as const
  const earliest = (more: Partial<Facts>) => issueCanary(whole(more), event).canary?.earliest
  expect(earliest({ ownUses: [] })).toBe(t(CONFIRMED))
  expect(earliest({ ownUses: [use(CONFIRMED - 200)] })).toBe(t(CONFIRMED + 59_900))
})

test('a word that counts, given after the approval, takes it back', () => {
  const approval = { at: t(CONFIRMED), by: ann }
  const change = (...event: Parameters<typeof logged>) =>
    rememberReport(whole({ approval, evidence: [] }), logged(...event))
  expect(change(CONFIRMED + 9, WROTE, {}, ann)).toHaveProperty('approval', null)
  expect(change(CONFIRMED + 9, WROTE, {}, program)).not.toHaveProperty('approval')
  expect(change(CONFIRMED + 9, WROTE, { outcome: 'failure' }, ann)).not.toHaveProperty('approval')
})

test('looking at the pilot is a use of ours', () => {
  const looked = use(CONFIRMED - 200, CONFIRMED - 100)
  const { ownUses } = rememberPilot(whole(), piloted(CONFIRMED, { use: looked }))
  expect(ownUses).toEqual([...whole().ownUses, looked])
})

test('what was not begun is not changed', () => {
  const failed = {
    type: 'revocation.failed',
    at: t(CONFIRMED),
    by: program,
    fault: 'portal-unreachable',
    stillLive: true,
  } as const
  expect(rememberFault(whole({ revocation: null }), failed)).toEqual({ revocation: null })
  const mismatched = { type: 'tenant.mismatched', at: t(CONFIRMED), by: program } as const
  expect(haltHarder(whole({ halted: null }), { ...mismatched, mismatches: [] })).toEqual({})
  expect(resume(whole({ halted: null }))).toEqual({ halted: null })
})
