/** When two references mean one token, and what the machine makes of each new one. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../machines/kernel.ts'
import { isSameToken } from '../../machines/rotation.token.ts'
import type { TokenRef } from '../../machines/vocabulary.ts'
import {
  CUT,
  NEW,
  NEW_PRINT,
  OLD_PRINT,
  OTHER_PRINT,
  TESTED,
  created,
  input,
  t,
  tested,
  turnedBack,
  updated,
} from './event.ts'
import { backStory, goodStory, tell } from './story.ts'

const ref = (
  id: string | null,
  fingerprint: string | null = null,
  hint: string | null = null,
): TokenRef => ({ id, fingerprint, hint })

test.each([
  ['the same id', ref('a'), ref('a'), true],
  ['another id', ref('a'), ref('b'), false],
  ['the same fingerprint', ref(null, 'f'), ref(null, 'f'), true],
  ['another fingerprint', ref(null, 'f'), ref(null, 'g'), false],
  ['the value renewed in place: the same id', ref('a', 'f'), ref('a', 'g'), true],
  ['listed twice: the same fingerprint', ref('a', 'f'), ref('b', 'f'), true],
  ['nothing known of either', ref(null), ref(null), false],
  ['nothing to compare', ref('a'), ref(null, 'f'), false],
  ['nothing to compare but the hint', ref('a', null, 'h'), ref(null, 'f', 'h'), true],
  ['nothing to compare, another hint', ref('a', null, 'h'), ref(null, 'f', 'i'), false],
  ['nothing to compare, one hint', ref('a', null, 'h'), ref(null, 'f'), false],
  ['other ids, the same hint', ref('a', null, 'h'), ref('b', null, 'h'), false],
  ['other fingerprints, the same hint', ref(null, 'f', 'h'), ref(null, 'g', 'h'), false],
  ['only one id known, the same hint', ref('a', null, 'h'), ref(null, null, 'h'), true],
  ['only one fingerprint known, the same hint', ref(null, 'f', 'h'), ref('b', null, 'h'), true],
])('%s', (_, a, b, same) => {
  expect(isSameToken(a, b)).toBe(same)
  expect(isSameToken(b, a)).toBe(same)
})

describe('a new token', () => {
  const refused = (token: TokenRef, from = input()) => {
    const { decisions, record } = tell([created(10, { token })], from)
    expect(record.step).toBe(decisions[0]?.ok ? 'updatingIdp' : 'creatingToken')
    return decisions[0]?.ok === false ? decisions[0].code : null
  }
  test.each([
    ['is not the old one by value', ref('x', OLD_PRINT), 'old-token-given'],
    ['nor by id', ref('tok-old', OTHER_PRINT), 'old-token-given'],
    ['has an id or a fingerprint', ref(null, null, 'hint'), 'token-not-recognised'],
    ['may be known by id alone', ref('x'), null],
    ['or by fingerprint alone', ref(null, NEW_PRINT), null],
  ])('%s', (_, token, expected) => {
    expect(refused(token)).toBe(expected)
  })

  test('is remembered with its dates, and the intent is done', () => {
    const { record } = tell([
      { type: 'creation.intended', at: t(5), by: NEW_BY, name: 'rot-1' },
      created(10, { expiresAt: t(99), shownAt: t(11) }),
    ])
    expect(record.facts.creation).toBeNull()
    expect(record.facts.newToken).toEqual({
      ...NEW,
      createdAt: t(10),
      expiresAt: t(99),
      shownAt: t(11),
      by: NEW_BY,
    })
    expect(record.facts.superseded).toEqual([])
  })

  test('after another: the first one is remembered as still live', () => {
    const second = { id: 'tok-3', hint: null, fingerprint: OTHER_PRINT }
    const { record } = tell([...goodStory().slice(0, 5), created(CUT * 3, { token: second })])
    expect(record.step).toBe('updatingIdp')
    expect(record.facts.superseded).toEqual([NEW])
    const again = tell([
      ...goodStory().slice(0, 5),
      created(CUT * 3, { token: second }),
      created(CUT * 4),
    ])
    expect(again.record.facts.superseded).toEqual([second])
    expect(again.record.facts.newToken?.id).toBe(NEW.id)
  })
})

const NEW_BY = { kind: 'key', id: 'ann', name: 'ann' } as const

describe('the creation', () => {
  const intended = { type: 'creation.intended', at: t(5), by: NEW_BY, name: 'rot-1' } as const
  const failed = { type: 'creation.failed', at: t(6), by: NEW_BY, fault: 'portal-refused' } as const
  test('one at a time, until it is known to have failed', () => {
    const { decisions, record } = tell([intended, intended, failed])
    expect(decisions[1]).toMatchObject({ ok: false, code: 'creation-pending', unmet: [] })
    expect(record.facts.creation).toBeNull()
    expect(tell([intended]).record.facts.creation).toEqual({
      name: 'rot-1',
      intendedAt: t(5),
      by: NEW_BY,
    })
  })
  test('not while rolling back', () => {
    const back = backStory().slice(0, 4)
    const { decisions } = tell([...back, intended, created(80_000, { token: ref('tok-9') })])
    expect(decisions.slice(-2)).toMatchObject([{ code: 'rolling-back' }, { code: 'rolling-back' }])
  })
  test('no turning back while one is pending', () => {
    const { decisions } = tell([...goodStory().slice(0, 2), intended, turnedBack(CUT + 10)])
    expect(decisions.at(-1)).toMatchObject({ ok: false, code: 'creation-pending' })
    expect(tell([intended, turnedBack(10)]).decisions[1]).toMatchObject({
      code: 'creation-pending',
    })
  })
})

describe('the test with the wrong token', () => {
  const code = (events: Parameters<typeof tell>[0], fingerprint: string, from = input()) => {
    const { record } = tell(events, from)
    const decision = decide(record, tested(TESTED * 2, { fingerprint }))
    return decision.ok ? decision.record.facts : decision.code
  }
  const forward = goodStory().slice(0, 2)
  const back = backStory().slice(0, 5)
  test('forward', () => {
    expect(code(forward, OLD_PRINT)).toBe('old-token-given')
    expect(code(forward, OTHER_PRINT)).toBe('token-not-recognised')
    expect(code(forward, NEW_PRINT)).toMatchObject({ test: { passed: true } })
  })
  test('back', () => {
    expect(code(back, NEW_PRINT)).toBe('new-token-given')
    expect(code(back, OTHER_PRINT)).toBe('token-not-recognised')
    expect(code(back, OLD_PRINT)).toMatchObject({ test: { passed: true } })
  })
  test('one that was superseded is not learnt as the new one', () => {
    const unprinted = created(CUT - 10, { token: ref('tok-3') })
    const events = [created(10), unprinted, updated(CUT)]
    expect(code(events, NEW_PRINT)).toBe('token-not-recognised')
    expect(code(events, OTHER_PRINT)).toMatchObject({
      newToken: { id: 'tok-3', fingerprint: OTHER_PRINT },
    })
  })
  test('the old one, known by id alone, is learnt when it is the one to keep', () => {
    const from = input({}, { oldToken: ref('tok-old') })
    expect(code(back, OLD_PRINT, from)).toMatchObject({
      oldToken: { id: 'tok-old', fingerprint: OLD_PRINT },
      newToken: { fingerprint: NEW_PRINT },
    })
    const ended = tell(backStory(), from)
    expect(ended.record.step).toBe('rolledBack')
  })
  test('nothing is learnt from a failed test', () => {
    const events = [created(10, { token: ref('tok-new') }), updated(CUT)]
    const { record } = tell([...events, tested(TESTED, { passed: false, uses: [] })])
    expect(record.facts.newToken?.fingerprint).toBeNull()
    expect(record.step).toBe('testingConnection')
  })
  test('forward, the old one’s fingerprint is not touched', () => {
    const from = input({}, { oldToken: ref('tok-old') })
    expect(code(forward, NEW_PRINT, from)).toMatchObject({ oldToken: { fingerprint: null } })
  })
})

test('the canary needs a pilot user', () => {
  const from = input({}, { pilotUser: null })
  const { decisions } = tell(
    [
      ...goodStory().slice(0, 3),
      {
        type: 'canary.issued',
        at: t(TESTED + 5),
        by: NEW_BY,
        value: 'interlock-AAAA',
        attribute: 'title',
      },
    ],
    from,
  )
  expect(decisions.at(-1)).toMatchObject({ ok: false, code: 'pilot-user-missing' })
})
