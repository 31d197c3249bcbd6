/** A real event by the token that stays: every way of missing it, and each boundary to the millisecond. */
import { describe, expect, test } from 'vitest'
import {
  CONFIRMED,
  CUT,
  GRAIN,
  OLD_LAST,
  TESTED,
  WROTE,
  confirmed,
  input,
  logged,
  piloted,
  program,
  read,
  reading,
  t,
  tested,
  use,
} from './event.ts'
import { EVENT, but, good } from './spoilt.ts'
import { blockedBy, goodStory } from './story.ts'

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
