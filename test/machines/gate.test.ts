/** Each requirement, met and unmet in every way, and missed by one millisecond at each boundary. */
import { describe, expect, test } from 'vitest'
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CONFIRMED,
  CUT,
  DUE,
  GRAIN,
  NEW,
  NEW_PRINT,
  OLD_LAST,
  OLD_PRINT,
  OTHER_PRINT,
  QUIET,
  TESTED,
  WROTE,
  ann,
  approved,
  ben,
  blockedBy,
  confirmed,
  created,
  goodStory,
  input,
  logged,
  lost,
  person,
  piloted,
  program,
  read,
  reading,
  sight,
  t,
  tested,
  told,
  toldStory,
  updated,
  use,
} from './story.ts'

type Spoilt = Partial<Record<RotationEvent['type'], RotationEvent | null>>

/** The story with some of its events exchanged for others, or left out. */
const but = (story: RotationEvent[], spoilt: Spoilt): RotationEvent[] =>
  story
    .map((event) => (event.type in spoilt ? (spoilt[event.type] ?? null) : event))
    .filter((event) => event !== null)

const EVENT = ['provisioning-event-verified', 'new-token-in-use']
const good = (spoilt: Spoilt = {}, from: StartInput = input()) =>
  blockedBy(but(goodStory(), spoilt), from)
const manual = input({ observable: false })
const byWord = (spoilt: Spoilt = {}, from: StartInput = manual) =>
  blockedBy(but(toldStory(), spoilt), from)
const confirm = (at: number, readAt: number, last: number | null = OLD_LAST) =>
  confirmed(at, reading(readAt, last, WROTE))

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

describe('provisioning-event-verified and new-token-in-use', () => {
  const at = (occurred: number, used = WROTE, from = input({ granularityMs: 0 })) =>
    good(
      {
        'event.recorded': logged(WROTE + 500, occurred),
        'portal.read': read(reading(WROTE + 1_000, OLD_LAST, used)),
        'revocation.confirmed': confirmed(CONFIRMED, reading(CONFIRMED, OLD_LAST, used)),
      },
      from,
    )
  test.each([
    ['a millisecond after the cutover', CUT + 1, []],
    ['at the cutover', CUT, EVENT],
    ['before it', CUT - 1, EVENT],
    ['half a minute ahead of our clock', WROTE + 500 + 30_000, ['new-token-in-use']],
    ['more than that', WROTE + 500 + 30_001, EVENT],
  ])('an event %s', (_, occurred, expected) => {
    expect(at(occurred)).toEqual(expected)
  })

  test('an event that a throttled portal might hide the old token’s part in', () => {
    const hidden = OLD_LAST + GRAIN
    expect(at(hidden, WROTE, input())).toEqual([])
    expect(at(hidden - 1, WROTE, input())).toEqual(EVENT)
  })

  test('a use of the new token counts back to the granularity and two seconds', () => {
    const slack = GRAIN + 2_000
    const used = TESTED + 5_000
    expect(at(used + slack, used, input())).toEqual([])
    expect(at(used + slack + 1, used, input())).toEqual(['new-token-in-use'])
  })

  test.each([
    ['none', null, EVENT],
    ['a read', logged(WROTE + 500, WROTE, { operation: 'read' }), EVENT],
    ['a failure', logged(WROTE + 500, WROTE, { outcome: 'failure' }), EVENT],
    ['skipped', logged(WROTE + 500, WROTE, { outcome: 'skipped' }), EVENT],
    ['another user', logged(WROTE + 500, WROTE, { subject: 'x@acme.example' }), EVENT],
    ['another tenant', logged(WROTE + 500, WROTE, { tenantId: 'other' }), EVENT],
    ['the old token', logged(WROTE + 500, WROTE, { tokenId: 'tok-old' }), EVENT],
    ['the new token', logged(WROTE + 500, WROTE, { tokenId: 'tok-new' }), []],
    ['a tenant not said', logged(WROTE + 500, WROTE, { tenantId: null }), []],
    ['other letters', logged(WROTE + 500, WROTE, { subject: 'PILOT@acme.example' }), []],
    ['create', logged(WROTE + 500, WROTE, { operation: 'create' }), []],
    ['the pilot changed', piloted(WROTE + 500, { lastModified: t(WROTE) }), []],
    ['the pilot as it was', piloted(WROTE + 500, { lastModified: t(50_000) }), EVENT],
  ])('the event: %s', (_, event, expected) => {
    const shown = { 'portal.read': read(reading(WROTE + 50, OLD_LAST, WROTE)) }
    const story = but(goodStory(), { 'event.recorded': null, ...shown })
    const events = event === null ? story : [...story.slice(0, 4), event, ...story.slice(4)]
    expect(blockedBy(events)).toEqual(expected)
  })

  test('no pilot user: no event can be recognised', () => {
    expect(good({}, input({}, { pilotUser: null }))).toEqual(EVENT)
    const changed = { 'event.recorded': piloted(WROTE - 100, { lastModified: t(WROTE - 300) }) }
    expect(good(changed, input({}, { pilotUser: null }))).toEqual(EVENT)
  })

  test('our own use is nobody else’s', () => {
    const own = reading(WROTE + 1_000, OLD_LAST, TESTED - 950)
    const seen = reading(CONFIRMED, OLD_LAST, TESTED - 950)
    expect(
      good({ 'portal.read': read(own), 'revocation.confirmed': confirmed(CONFIRMED, seen) }),
    ).toEqual(['new-token-in-use'])
  })

  test('the reading of the confirmation itself may show the use', () => {
    expect(good({ 'portal.read': null })).toEqual([])
  })
})

describe('connection-tested and tenant-confirmed', () => {
  test('the fingerprint of a token known by id alone is learnt from the test', () => {
    const unprinted = created(10_000, { token: { ...NEW, fingerprint: null } })
    expect(good({ 'token.created': unprinted })).toEqual([])
    expect(
      good({
        'token.created': unprinted,
        'connection.tested': tested(TESTED, { fingerprint: OLD_PRINT }),
      }),
    ).toContain('connection-tested')
  })
  test('without a test, or with a failed one, nothing else is asked for in its place', () => {
    const missing = ['connection-tested', 'tenant-confirmed']
    expect(good({ 'connection.tested': null })).toEqual(expect.arrayContaining(missing))
    const failed = tested(TESTED, { passed: false, failed: ['list-users'] })
    expect(good({ 'connection.tested': failed })).toEqual(expect.arrayContaining(missing))
  })
  test('a later failure takes the earlier pass back', () => {
    const story = goodStory()
    const failed = tested(CONFIRMED - 5_000, { passed: false, failed: ['list-users'], uses: [] })
    expect(blockedBy([...story.slice(0, 5), failed, ...story.slice(5)])).toEqual([
      'connection-tested',
      'tenant-confirmed',
    ])
  })
})

describe('new-token-live', () => {
  const live = ['new-token-live']
  const shown = (more: Parameters<typeof sight>[1]) =>
    good({
      'revocation.confirmed': confirmed(
        CONFIRMED,
        reading(CONFIRMED, OLD_LAST, sight(WROTE, more)),
      ),
    })
  test.each(['expired', 'revoked', 'missing', 'unknown'] as const)('%s', (status) => {
    expect(shown({ status })).toEqual(live)
  })
  test('it expires a millisecond later, or at this moment', () => {
    expect(shown({ expiresAt: t(CONFIRMED + 1) })).toEqual([])
    expect(shown({ expiresAt: t(CONFIRMED) })).toEqual(live)
  })
  test('where nobody can look, the date given at creation counts', () => {
    const until = (at: number) => ({ 'token.created': created(10_000, { expiresAt: t(at) }) })
    expect(byWord(until(CONFIRMED + 1))).toEqual([])
    expect(byWord(until(CONFIRMED))).toEqual(live)
  })
  test('where nobody can look, a person may say that it is gone', () => {
    const base = told(DUE, OLD_LAST, WROTE)
    const gone = { ...base, new: { ...base.new, status: 'revoked' as const } }
    expect(byWord({ 'portal.read': read(gone) })).toEqual(live)
  })
})

describe('old-token-named', () => {
  test.each([
    [OLD_PRINT, []],
    ['tok-old', []],
    ['scim_old', ['old-token-named']],
    [NEW_PRINT, ['old-token-named']],
    ['tok-new', ['old-token-named']],
    [OTHER_PRINT, ['old-token-named']],
  ])('%s', (named, expected) => {
    const confirmation = confirmed(CONFIRMED, reading(CONFIRMED, OLD_LAST, WROTE), { named })
    expect(good({ 'revocation.confirmed': confirmation })).toEqual(expected)
  })
  const hinted = input({}, { oldToken: { id: null, hint: '…1234', fingerprint: null } })
  const naming = (named: string) =>
    confirmed(CONFIRMED, reading(CONFIRMED, OLD_LAST, WROTE), { named })
  test('by what the portal shows, where nothing else is known', () => {
    expect(good({ 'revocation.confirmed': naming('…1234') }, hinted)).toEqual([])
    expect(good({ 'revocation.confirmed': naming(OLD_PRINT) }, hinted)).toEqual(['old-token-named'])
  })
  test('never while both show the same', () => {
    const twin = created(10_000, { token: { id: 'tok-new', hint: '…9999', fingerprint: null } })
    const from = input({}, { oldToken: { id: null, hint: 'tok-new', fingerprint: null } })
    expect(
      good({ 'token.created': twin, 'revocation.confirmed': naming('tok-new') }, from),
    ).toEqual(['old-token-named'])
  })
  test('never a token of which nothing is known', () => {
    const from = input({}, { oldToken: { id: null, hint: null, fingerprint: null } })
    expect(good({ 'revocation.confirmed': naming('anything') }, from)).toEqual(['old-token-named'])
  })
})

describe('second-person-approved', () => {
  const second = ['second-person-approved']
  test.each([
    ['somebody else', approved(DUE + 500, ben), []],
    ['nobody', null, second],
    ['who attested', approved(DUE + 500, ann), second],
    ['the program', approved(DUE + 500, program), second],
  ])('after an attested reading: %s', (_, approval, expected) => {
    expect(byWord({ 'revocation.approved': approval })).toEqual(expected)
  })
  test('never asked for, where the policy says so', () => {
    const from = input({ observable: false, secondPerson: 'never' })
    expect(byWord({ 'revocation.approved': null }, from)).toEqual([])
  })
  test('always asked for, also where everything was observed', () => {
    const from = input({ secondPerson: 'always' })
    const story = goodStory()
    expect(blockedBy(story, from)).toEqual(second)
    const by = (who: ReturnType<typeof person>) =>
      blockedBy([...story.slice(0, 5), approved(DUE, who), ...story.slice(5)], from)
    expect(by(ann)).toEqual(second)
    expect(by(ben)).toEqual([])
  })
  test('an attested event alone asks for one too', () => {
    const word = logged(WROTE + 500, WROTE, {}, ann)
    expect(good({ 'event.recorded': word })).toEqual(second)
    const story = but(goodStory(), { 'event.recorded': word })
    expect(blockedBy([...story.slice(0, 5), approved(DUE), ...story.slice(5)])).toEqual([])
  })
  test('what is attested after the approval takes it back, however it is dated', () => {
    const story = toldStory()
    const after = (event: RotationEvent) =>
      blockedBy([...story.slice(0, 6), event, ...story.slice(6)], manual)
    expect(after(read(told(DUE + 1, OLD_LAST, WROTE), DUE + 600))).toEqual(second)
    expect(after(logged(DUE + 600, WROTE + 5, { reference: 'b' }, ann))).toEqual(second)
    expect(after(logged(DUE + 600, WROTE, { outcome: 'failure' }, ann))).toEqual([])
    const inConfirmation = confirmed(CONFIRMED, told(DUE + 2, OLD_LAST, WROTE))
    expect(byWord({ 'revocation.confirmed': inConfirmation })).toEqual(second)
  })
  test('who approved and then attests is no second person any more', () => {
    const story = toldStory()
    const word = read({ ...told(DUE + 600, OLD_LAST, WROTE), by: ben })
    const events = [...story.slice(0, 6), word, approved(DUE + 700, ben), ...story.slice(6)]
    expect(blockedBy(events, manual)).toEqual(second)
  })
  test('a reading that somebody typed in at the cutover counts as their word', () => {
    const cutover = updated(CUT, { reading: { ...told(CUT - 50, OLD_LAST, null), by: ben } })
    expect(byWord({ 'idp.updated': cutover })).toEqual(second)
  })
})

test('own uses are discounted even when hundreds came after them', () => {
  const many = Array.from({ length: 30 }, (_, n) => ({
    type: 'own-use.recorded' as const,
    at: t(TESTED + 20_000 + n * 100),
    by: program,
    uses: Array.from({ length: 20 }, (__, m) =>
      use(TESTED + 20_000 + n * 100 + m * 5, TESTED + 20_000 + n * 100 + m * 5 + 3),
    ),
    baseline: null,
  }))
  const story = goodStory()
  const blind = { 'connection.tested': tested(TESTED), 'portal.read': null }
  const seen = reading(CONFIRMED, OLD_LAST, TESTED - 950)
  const events = but(story, { ...blind, 'revocation.confirmed': confirmed(CONFIRMED, seen) })
  const from = input({ granularityMs: 0 })
  expect(blockedBy([...events.slice(0, 3), ...many, ...events.slice(3)], from)).toEqual([
    'new-token-in-use',
  ])
})
