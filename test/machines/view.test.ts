/** What a record means to whoever looks at it: status, steps, requirements and their order, what comes next. */
import { describe, expect, test } from 'vitest'
import type { RotationState } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { meta } from '../../machines/rotation.meta.ts'
import { rolesOf, statusOf, stepOf, view } from '../../machines/rotation.view.ts'
import {
  CONFIRMED,
  CUT,
  DUE,
  OLD_LAST,
  TESTED,
  WROTE,
  ann,
  created,
  input,
  read,
  reading,
  reasoned,
  revoked,
  t,
  tested,
  told,
  turnedBack,
  updated,
} from './event.ts'
import { records } from './state.ts'
import { goodStory, tell, toldStory } from './story.ts'
import { REQUIREMENT_CODES } from '../../machines/rotation.policy.ts'

const after = (n: number, ...more: RotationEvent[]) =>
  tell([...goodStory().slice(0, n), ...more]).record
const manual = input({ observable: false })
const byWord = (n: number, ...more: RotationEvent[]) =>
  tell([...toldStory().slice(0, n), ...more], manual).record
const late = t(CONFIRMED + 9_000)

describe.each([
  ['creatingToken', 'active', 'create', 'create', 'tenant-admin'],
  ['updatingIdp', 'active', 'update-idp', 'update-idp', 'idp-admin'],
  ['testingConnection', 'active', 'test', 'test', 'tenant-admin'],
  ['verifyingEvent', 'active', 'verify', 'verify', 'idp-admin'],
  ['revokingOldToken', 'active', 'revoke', 'revoke', 'tenant-admin'],
  ['revokingNewToken', 'active', 'revoke', 'revoke', 'tenant-admin'],
  ['halted', 'halted', 'verify', 'resume', 'tenant-admin'],
  ['rotated', 'completed', 'done', 'none', 'nobody'],
  ['rolledBack', 'rolledBack', 'done', 'none', 'nobody'],
  ['abandoned', 'abandoned', 'done', 'none', 'nobody'],
] as const)('%s', (state: RotationState, status, step, action, who) => {
  test('status, step and what comes next', () => {
    const seen = view(records[state], late)
    expect(seen).toMatchObject({ status, step, next: { action, who } })
    expect(statusOf(records[state])).toBe(status)
    expect(stepOf(records[state])).toBe(step)
  })
  test('every requirement, in the order a person meets them', () => {
    expect(view(records[state], late).requirements.map((r) => r.code)).toEqual([
      ...REQUIREMENT_CODES,
    ])
  })
  test('every requirement says what it asks, what was seen, and what would help', () => {
    for (const { detail, seen, unblock } of view(records[state], late).requirements) {
      for (const text of [detail, seen, unblock]) {
        expect(text.length).toBeGreaterThan(10)
        expect(text).not.toMatch(/undefined|null|NaN|Invalid| {2}/)
        expect(text).toMatch(/\.$/)
      }
    }
  })
  test('people’s words', () => {
    const { title, purpose, without } = meta[state]
    expect(title.length).toBeGreaterThan(5)
    expect(purpose.length).toBeGreaterThan(20)
    expect(without === '').toBe(meta[state].step === 'done')
  })
})

describe('the steps', () => {
  const marks = (record: Parameters<typeof view>[0]) =>
    view(record, late).steps.map(({ name, state, at, by }) => [name, state, at, by])
  const none = undefined
  test('at the beginning', () => {
    expect(marks(after(0))).toEqual([
      ['create', 'current', none, none],
      ['update-idp', 'todo', none, none],
      ['test', 'todo', none, none],
      ['verify', 'todo', none, none],
      ['revoke', 'todo', none, none],
    ])
  })
  test('when verified: the current one is current, however much is done', () => {
    expect(marks(after(5))).toEqual([
      ['create', 'done', t(10_000), 'ann'],
      ['update-idp', 'done', t(CUT), 'ann'],
      ['test', 'done', t(TESTED), 'ann'],
      ['verify', 'current', none, none],
      ['revoke', 'todo', none, none],
    ])
  })
  test('at the end', () => {
    expect(marks(after(7))).toEqual([
      ['create', 'done', t(10_000), 'ann'],
      ['update-idp', 'done', t(CUT), 'ann'],
      ['test', 'done', t(TESTED), 'ann'],
      ['verify', 'done', t(WROTE), 'Interlock'],
      ['revoke', 'done', t(CONFIRMED + 500), 'Interlock'],
    ])
  })
  test('started over: what lies ahead is not done any more', () => {
    const again = marks(after(5, updated(CONFIRMED)))
    expect(again.map(([, state]) => state)).toEqual(['done', 'done', 'current', 'todo', 'todo'])
    const failed = tested(CONFIRMED, { passed: false, uses: [], failed: ['list-users'] })
    expect(marks(after(5, failed))[2]).toEqual(['test', 'current', none, none])
  })
  test('abandoned: what was done stays done', () => {
    const ended = marks(after(3, reasoned('rotation.abandoned', CONFIRMED)))
    expect(ended.map(([, state]) => state)).toEqual(['done', 'done', 'done', 'todo', 'todo'])
  })
  test('halted: the step it was in', () => {
    expect(stepOf(after(1, reasoned('rotation.halted', CUT)))).toBe('update-idp')
    expect(stepOf(after(0, reasoned('rotation.halted', CUT)))).toBe('create')
  })
})

describe('what comes next while verifying', () => {
  const next = (record: Parameters<typeof view>[0], at = late) => view(record, at).next
  test('an event is missing: the IdP’s side', () => {
    expect(next(after(3))).toEqual({ action: 'verify', who: 'idp-admin' })
  })
  test('only time is missing: wait', () => {
    expect(next(after(5))).toEqual({ action: 'wait', who: 'nobody' })
  })
  test('nothing is missing: revoke', () => {
    const ready = after(5, read(reading(DUE, OLD_LAST, WROTE)))
    expect(next(ready)).toEqual({ action: 'revoke', who: 'tenant-admin' })
  })
  test('only a second person is missing', () => {
    expect(next(byWord(5), t(DUE))).toEqual({ action: 'approve', who: 'approver' })
    expect(next(byWord(6), t(DUE + 500)).action).toBe('revoke')
  })
  test('time and a second person: look again', () => {
    const early = byWord(4, read(told(DUE - 1, OLD_LAST, WROTE)))
    expect(next(early, t(DUE - 1))).toEqual({ action: 'verify', who: 'tenant-admin' })
  })
  test('the old token is used: no waiting helps', () => {
    const used = after(5, read(reading(DUE, CUT + 5, WROTE)))
    expect(next(used)).toEqual({ action: 'verify', who: 'idp-admin' })
  })
  test('where nobody can look, a person says that it is revoked', () => {
    expect(next(byWord(7))).toEqual({ action: 'confirm-revoked', who: 'tenant-admin' })
  })
})

describe('E6 and E7', () => {
  const verified = (record: Parameters<typeof view>[0]) => view(record, late).verified
  test.each([
    ['no event', 3, null],
    ['an event without a use', 4, null],
    ['both', 5, 'E6'],
  ] as const)('%s', (_, n, expected) => {
    expect(verified(after(n))).toBe(expected)
  })
  test('both, and the old token quiet', () => {
    expect(verified(after(5, read(reading(DUE, OLD_LAST, WROTE))))).toBe('E7')
  })
})

describe('rolling back', () => {
  test('the two tokens exchange their parts', () => {
    expect(rolesOf(after(3))).toEqual({ keep: 'new', retire: 'old' })
    const back = after(3, turnedBack(CONFIRMED))
    expect(rolesOf(back)).toEqual({ keep: 'old', retire: 'new' })
    expect(view(back, late).direction).toBe('back')
    expect(view(back, late).requirements[4]?.detail).toContain('The new token has not been used')
  })
  test('before the cutover four things are asked, and no event', () => {
    const undone = after(1, turnedBack(20_000, reading(20_000, 5_000, null)))
    const { requirements } = view(undone, late)
    expect(requirements.map((r) => [r.code, r.met])).toEqual([
      ['tenant-confirmed', true],
      ['old-token-quiet', true],
      ['new-token-live', true],
      ['old-token-named', true],
    ])
    expect(requirements.map((r) => r.seen)).toEqual([
      'No answer named another host.',
      'No use that is not ours.',
      'The portal shows it as live.',
      'Known: ends or begins with scim_new.',
    ])
  })
  test('the end names who took it back', () => {
    const ended = tell([
      created(10_000),
      turnedBack(20_000, reading(20_000, 5_000, null)),
      revoked(21_000, { by: ann }, 'new-token.revoked'),
    ]).record
    expect(view(ended, late).steps.at(-1)).toEqual({
      name: 'revoke',
      state: 'done',
      at: t(21_000),
      by: 'ann',
    })
  })
})
