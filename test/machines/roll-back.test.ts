/** Back to the old token: before the cutover, after it, and when there is no way back any more. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CONFIRMED,
  NEW_PRINT,
  OLD_LAST,
  WROTE,
  ann,
  approved,
  canary,
  confirmed,
  created,
  input,
  lost,
  mismatched,
  program,
  reading,
  reasoned,
  revoked,
  sight,
  t,
  turnedBack,
  use,
} from './event.ts'
import { records } from './state.ts'
import { backStory, blockedBy, goodStory, tell } from './story.ts'

const LATER = CONFIRMED + 5_000
const good = (n: number, ...more: RotationEvent[]) => tell([...goodStory().slice(0, n), ...more])
const stateAfter = (...told: [number, ...RotationEvent[]]) => good(...told).record.step
const last = (events: RotationEvent[], from = input()) => tell(events, from).decisions.at(-1)

describe('rolling back before the IdP was updated', () => {
  const from = (seen: Parameters<typeof turnedBack>[1], at = 20_000, ...more: RotationEvent[]) =>
    tell([created(10_000), ...more, turnedBack(at, seen)]).record
  test('nothing was created: there is nothing to revoke', () => {
    expect(stateAfter(0, turnedBack(10))).toBe('rolledBack')
    const { facts } = good(0, turnedBack(10)).record
    expect(facts.ending).toEqual({ at: t(10), by: ann, reason: 'the IdP cannot keep it' })
  })
  test.each([
    ['untouched', reading(20_000, 5_000, null), 20_000, 'revokingNewToken'],
    ['used by us alone', reading(20_000, 5_000, 15_050), 20_000, 'revokingNewToken'],
    ['used by somebody', reading(20_000, 5_000, 19_000), 20_000, 'updatingIdp'],
    ['looked at a minute ago', reading(20_000, 5_000, null), 80_000, 'revokingNewToken'],
    ['looked at longer ago', reading(20_000, 5_000, null), 80_001, 'updatingIdp'],
    ['not looked at', null, 20_000, 'updatingIdp'],
    [
      'the old one unknown',
      reading(20_000, sight(1, { status: 'unknown' }), null),
      20_000,
      'updatingIdp',
    ],
    [
      'the old one about to expire',
      reading(20_000, sight(1, { expiresAt: t(20_001) }), null),
      20_000,
      'revokingNewToken',
    ],
  ] as const)('%s', (_, seen, at, state) => {
    const own: RotationEvent = {
      type: 'own-use.recorded',
      at: t(16_000),
      by: program,
      uses: [use(15_000)],
      baseline: null,
    }
    const record = from(seen, at, own)
    expect(record.step).toBe(state)
    expect(record.facts).toMatchObject({ direction: 'back', cutover: null, creation: null })
    expect(record.facts.revocation === null).toBe(state === 'updatingIdp')
  })
  test.each([
    ['revoked', sight(1, { status: 'revoked' })],
    ['expired', sight(1, { status: 'expired' })],
    ['missing', sight(1, { status: 'missing' })],
    ['past its date', sight(1, { expiresAt: t(20_000) })],
  ])('never to an old token that is %s', (_, old) => {
    const decision = last([created(10_000), turnedBack(20_000, reading(20_000, old, null))])
    expect(decision).toMatchObject({ ok: false, code: 'old-token-gone' })
  })
  test('nor to one that was lost, unless it is seen alive again', () => {
    const dead = [created(10_000), lost(11_000)]
    expect(last([...dead, turnedBack(20_000)])).toMatchObject({ code: 'old-token-gone' })
    const earlier = reading(10_999, 1, null)
    expect(last([...dead, turnedBack(20_000, earlier)])).toMatchObject({ code: 'old-token-gone' })
    const alive = reading(11_000, 1, null)
    expect(last([...dead, turnedBack(20_000, alive)])?.ok).toBe(true)
  })
  test('taken back: confirmed again after a fault, and then revoked', () => {
    const own: RotationEvent = {
      type: 'own-use.recorded',
      at: t(16_000),
      by: program,
      uses: [use(15_000)],
      baseline: null,
    }
    const seen = reading(20_000, 5_000, 15_050)
    const failed: RotationEvent = {
      type: 'revocation.failed',
      at: t(21_000),
      by: program,
      fault: 'portal-unreachable',
      stillLive: true,
    }
    const again = confirmed(22_000, reading(22_000, 5_000, 15_050), { named: NEW_PRINT })
    const begun = [created(10_000), own, turnedBack(20_000, seen), failed]
    expect(tell(begun).record).toMatchObject({
      step: 'revokingNewToken',
      facts: { revocation: { fault: 'portal-unreachable' } },
    })
    expect(blockedBy([...begun, again])).toEqual([])
    expect(
      blockedBy([
        ...begun,
        confirmed(22_000, reading(22_000, 5_000, 21_000), { named: NEW_PRINT }),
      ]),
    ).toEqual(['old-token-quiet'])
    expect(blockedBy([...begun, confirmed(22_000, null, { named: NEW_PRINT })])).toEqual([
      'old-token-quiet',
    ])
    expect(blockedBy([...begun, confirmed(22_000, reading(22_000, 5_000, 15_050))])).toEqual([
      'old-token-named',
    ])
    expect(
      blockedBy([
        ...begun,
        confirmed(22_000, reading(22_000, sight(5, { status: 'unknown' }), null), {
          named: NEW_PRINT,
        }),
      ]),
    ).toEqual(['new-token-live'])
    const end = tell([...begun, again, revoked(23_000, {}, 'new-token.revoked')]).record
    expect(end.step).toBe('rolledBack')
    expect(end.facts.proof?.portalShows).toBe('revoked')
  })
  test('by a person’s word only, where nothing can be read', () => {
    const manual = input({ observable: false })
    expect(tell([created(10_000), turnedBack(20_000)], manual).record.step).toBe('revokingNewToken')
    const resumed = tell(
      [
        created(10_000),
        turnedBack(20_000),
        mismatched(21_000),
        reasoned('rotation.resumed', 22_000),
      ],
      manual,
    )
    expect(resumed.record.step).toBe('revokingNewToken')
  })
})

describe('rolling back after the cutover', () => {
  test.each([2, 3, 5])('after %i events: back to the IdP, nothing counts', (n) => {
    const { record } = good(n, canary(WROTE), approved(WROTE), turnedBack(LATER))
    expect(record.step).toBe('updatingIdp')
    expect(record.facts).toMatchObject({
      direction: 'back',
      cutover: null,
      test: null,
      canary: null,
      approval: null,
      reading: null,
      baseline: null,
      revocation: null,
      strayUse: null,
      ownUses: [],
    })
    expect(record.facts.evidence.some((e) => e.admissible)).toBe(false)
  })
  test('once, not twice', () => {
    expect(last([...backStory().slice(0, 4), turnedBack(71_000)])).toMatchObject({
      code: 'rolling-back',
    })
  })
  test('not to a token that was last seen dead', () => {
    const seen = reading(WROTE + 5_000, sight(OLD_LAST, { status: 'revoked' }), WROTE)
    const look: RotationEvent = { type: 'portal.read', at: seen.readAt, by: program, reading: seen }
    expect(last([...goodStory().slice(0, 5), look, turnedBack(LATER)])).toMatchObject({
      code: 'old-token-gone',
    })
  })
})

describe('the old token lost', () => {
  test.each([
    'creatingToken',
    'updatingIdp',
    'testingConnection',
    'verifyingEvent',
    'revokingOldToken',
    'halted',
  ] as const)('in %s it is remembered, once', (state) => {
    const decision = decide(records[state], lost(LATER, 'expired'))
    expect(decision).toMatchObject({
      ok: true,
      record: { step: state, facts: { oldTokenLost: { at: t(LATER), how: 'expired' } } },
    })
    expect(decision.ok && decide(decision.record, lost(LATER + 1))).toMatchObject({
      code: 'known-already',
    })
  })
  test.each([4, 5, 6, 9])('rolling back, after %i events: there is no way back any more', (n) => {
    const { record } = tell([...backStory().slice(0, n), lost(LATER)])
    expect(record.step).toBe('updatingIdp')
    expect(record.facts).toMatchObject({
      direction: 'forward',
      cutover: null,
      revocation: null,
      test: null,
      oldTokenLost: { at: t(LATER) },
    })
  })
  test('rolling back and halted: resumed forward', () => {
    const { record } = tell([
      ...backStory().slice(0, 9),
      reasoned('rotation.halted', LATER),
      lost(LATER + 1),
      reasoned('rotation.resumed', LATER + 2),
    ])
    expect(record).toMatchObject({ step: 'updatingIdp', facts: { direction: 'forward' } })
  })
  test('a way back that a record says is dead stays shut', () => {
    const { record } = tell(backStory().slice(0, 8))
    const dead = {
      ...record,
      facts: { ...record.facts, oldTokenLost: { at: t(LATER), how: 'revoked' } },
    }
    const at = LATER + 50
    const seen = (readAt: number) =>
      confirmed(at, reading(readAt, WROTE, OLD_LAST), { named: NEW_PRINT })
    expect(decide(dead, seen(LATER - 1))).toMatchObject({ unmet: [{ code: 'new-token-live' }] })
    expect(decide(dead, seen(LATER)).ok).toBe(true)
  })
})
