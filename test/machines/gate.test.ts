/** The other requirements, met and unmet in every way, and missed by one millisecond at each boundary. */
import { describe, expect, test } from 'vitest'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import type { Actor } from '../../machines/vocabulary.ts'
import {
  CONFIRMED,
  CUT,
  DUE,
  NEW,
  NEW_PRINT,
  OLD_LAST,
  OLD_PRINT,
  OTHER_PRINT,
  TESTED,
  WROTE,
  ann,
  approved,
  ben,
  confirmed,
  created,
  input,
  logged,
  program,
  read,
  reading,
  sight,
  t,
  tested,
  told,
  updated,
} from './event.ts'
import { but, byWord, good, manual } from './spoilt.ts'
import { blockedBy, goodStory, toldStory } from './story.ts'

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
    const by = (who: Actor) =>
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
