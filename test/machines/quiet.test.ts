/** The retired token’s quiet: every way of being broken, and missed by one millisecond at each boundary. */
import { describe, expect, test } from 'vitest'
import {
  CONFIRMED,
  CUT,
  DUE,
  GRAIN,
  OLD_LAST,
  OLD_PRINT,
  QUIET,
  TESTED,
  WROTE,
  ann,
  approved,
  confirmed,
  input,
  logged,
  lost,
  read,
  reading,
  sight,
  tested,
  told,
  updated,
} from './event.ts'
import { but, byWord, confirm, good } from './spoilt.ts'
import { blockedBy, goodStory } from './story.ts'

describe('old-token-quiet', () => {
  const quiet = ['old-token-quiet']
  test.each([
    ['at the end of the window', confirm(DUE, DUE), []],
    ['one millisecond before it', confirm(DUE - 1, DUE - 1), quiet],
    ['read at the end, said before it', confirm(DUE - 1, DUE), quiet],
    ['read a minute before', confirm(DUE + 60_000, DUE), []],
    ['read a minute and a millisecond before', confirm(DUE + 60_001, DUE), quiet],
    ['not read', confirmed(CONFIRMED, null), quiet],
    ['used since', confirm(CONFIRMED, CONFIRMED, CUT + 1), quiet],
    ['used at the cutover, not shown before', confirm(CONFIRMED, CONFIRMED, CUT), quiet],
    [
      'gone',
      confirmed(CUT + 95_000, reading(CUT + 95_000, sight(OLD_LAST, { status: 'revoked' }), WROTE)),
      [],
    ],
  ] as const)('%s', (_, confirmation, expected) => {
    expect(good({ 'revocation.confirmed': confirmation })).toEqual(expected)
  })

  test('never used before: the window runs from the cutover', () => {
    const never = (at: number) =>
      good({
        'idp.updated': updated(CUT, { reading: reading(CUT - 50, null, null) }),
        'connection.tested': tested(TESTED, {
          baseline: reading(TESTED - 100, null, TESTED - 950),
        }),
        'portal.read': read(reading(WROTE + 1_000, null, WROTE)),
        'revocation.confirmed': confirm(at, at, null),
      })
    expect(never(CUT + QUIET)).toEqual([])
    expect(never(CUT + QUIET - 1)).toEqual(quiet)
  })

  test('a policy of nothing still waits for the portal’s granularity', () => {
    const from = input({ quietMs: 0, granularityMs: QUIET })
    const late = CUT + QUIET
    const story = (at: number) =>
      but(goodStory(), {
        'event.recorded': logged(late + 500, late),
        'portal.read': read(reading(late + 1_000, OLD_LAST, late)),
        'revocation.confirmed': confirmed(at, reading(at, OLD_LAST, late)),
      })
    const early = story(late - 1).filter((e) => e.type !== 'portal.read')
    expect(blockedBy(early, from)).toContain('old-token-quiet')
    expect(blockedBy(story(late + 2_000), from)).toEqual([])
  })

  test('a use once seen is not unseen by a later reading, only by another cutover', () => {
    const stray = read(reading(WROTE + 2_000, CUT + 50, WROTE))
    const events = [...goodStory().slice(0, 5), stray, confirm(CONFIRMED, CONFIRMED - 200)]
    expect(blockedBy(events)).toEqual(quiet)
    const strayAtBaseline = but(goodStory(), {
      'connection.tested': tested(TESTED, {
        baseline: reading(TESTED - 100, CUT + 50, TESTED - 950),
      }),
    })
    expect(blockedBy(strayAtBaseline)).toContain('old-token-quiet')
  })

  test('an older reading does not take the place of a newer one', () => {
    const newer = read(reading(CONFIRMED, CUT + 50, WROTE))
    const events = [...goodStory().slice(0, 5), newer, confirm(CONFIRMED + 100, CONFIRMED - 200)]
    expect(blockedBy(events)).toEqual(quiet)
  })

  test('told by people: good for a quarter of an hour', () => {
    const at = (offset: number) => byWord({ 'revocation.confirmed': confirmed(offset, null) })
    expect(at(DUE + 15 * 60_000)).toEqual([])
    expect(at(DUE + 15 * 60_000 + 1)).toEqual(quiet)
    const early = { 'portal.read': read(told(DUE - 1, OLD_LAST, WROTE)) }
    expect(byWord(early)).toEqual(quiet)
    const ahead = read(told(DUE, OLD_LAST, WROTE), DUE - 20_000)
    const soon = {
      'portal.read': ahead,
      'revocation.approved': approved(DUE),
      'revocation.confirmed': confirmed(DUE - 1, null),
    }
    expect(byWord(soon)).toEqual(quiet)
  })

  test('told by people, used: at the cutover is before, a millisecond later is after', () => {
    const last = (used: number) => byWord({ 'portal.read': read(told(DUE + GRAIN, used, WROTE)) })
    const approval = { 'revocation.approved': approved(DUE + GRAIN + 1) }
    const later = (used: number) =>
      byWord({
        ...approval,
        'event.recorded': logged(CUT + GRAIN + 500, CUT + GRAIN, {}, ann),
        'portal.read': read(told(DUE + GRAIN, used, CUT + GRAIN)),
        'revocation.confirmed': confirmed(DUE + GRAIN + 2, null),
      })
    expect(later(CUT)).toEqual([])
    expect(later(CUT + 1)).toContain('old-token-quiet')
    expect(last(CUT + 1)).toContain('old-token-quiet')
  })
})

describe('old token lost', () => {
  const early = WROTE + 2_000
  const upTo = goodStory().slice(0, 5)
  test('its quiet need not be waited for', () => {
    const gone = reading(early, sight(OLD_LAST, { status: 'missing' }), WROTE)
    expect(blockedBy([...upTo, lost(early - 10, 'missing'), confirmed(early, gone)])).toEqual([])
  })
  test('but a list that shows it alive and used is believed', () => {
    const alive = reading(early, CUT + 5, WROTE)
    const events = [...upTo, lost(early - 10, 'missing'), confirmed(early, alive)]
    expect(blockedBy(events)).toEqual(['old-token-quiet'])
  })
  test('a token without an id is in no list, which proves nothing', () => {
    const from = input({}, { oldToken: { id: null, hint: 'scim_old', fingerprint: OLD_PRINT } })
    const gone = reading(early, sight(null, { status: 'missing' }), WROTE)
    expect(blockedBy([...upTo, confirmed(early, gone)], from)).toEqual(['old-token-quiet'])
    expect(blockedBy([...upTo, lost(early - 1, 'missing'), confirmed(early, gone)], from)).toEqual([
      'old-token-quiet',
    ])
  })
})
