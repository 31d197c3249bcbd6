/** E0, E1, E4 and E5, graded: what counts, what does not, and the sentence that says why. */
import { describe, expect, test } from 'vitest'
import {
  gradePilot,
  gradeReported,
  gradeTest,
  portalUse,
} from '../../machines/rotation.evidence.ts'
import type { Facts } from '../../machines/rotation.facts.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CUT,
  OLD_LAST,
  TESTED,
  WROTE,
  canary,
  input,
  logged,
  piloted,
  reading,
  t,
  tested,
  use,
} from './event.ts'
import { backStory, goodStory, tell, toldStory } from './story.ts'

const after = (...events: RotationEvent[]): Facts =>
  tell([...goodStory().slice(0, 3), ...events]).record.facts
const AT = t(WROTE + 500)

describe('E4: what a log says', () => {
  const why = (facts: Facts, more: Parameters<typeof logged>[2], occurred = WROTE) =>
    gradeReported(facts, logged(WROTE + 500, occurred, more).event, AT)
  test.each([
    [{ operation: 'read' }, 'A read changes nothing: a connection test looks the same.'],
    [
      { outcome: 'skipped' },
      'The IdP skipped it: nothing was written, so it is a use (E3), not an event.',
    ],
    [{ outcome: 'failure' }, 'It failed, so nothing proves that provisioning works.'],
    [{ tenantId: 'other' }, 'It happened in another tenant.'],
    [{ tokenId: 'tok-old' }, 'It was not made with the new token.'],
    [{ subject: 'else@acme.example' }, 'It is not about the pilot user.'],
  ] as const)('%o', (more, expected) => {
    expect(why(after(), more)).toEqual({ admissible: false, why: expected })
  })
  test.each([
    [CUT, 'It happened at or before the IdP update.'],
    [WROTE + 30_501, 'It lies in the future.'],
  ])('at %i', (occurred, expected) => {
    expect(why(after(), {}, occurred)).toEqual({ admissible: false, why: expected })
  })
  test.each([CUT + 1, WROTE + 30_500])('counts at %i', (occurred) => {
    expect(why(after(), {}, occurred)).toEqual({
      admissible: true,
      why: 'A successful write for the pilot after the IdP update.',
    })
  })
  test.each(['create', 'update', 'deactivate', 'group-sync'] as const)('%s counts', (operation) => {
    expect(why(after(), { operation }).admissible).toBe(true)
  })
  test('rolling back, the token that must have made it is the old one', () => {
    const back = tell(backStory().slice(0, 6)).record.facts
    expect(why(back, { tokenId: 'tok-old' }).admissible).toBe(true)
    expect(why(back, { tokenId: 'tok-new' }).why).toBe('It was not made with the old token.')
  })
  test('before the cutover, or without a pilot user, nothing counts', () => {
    expect(why({ ...after(), cutover: null }, {}).why).toBe('The IdP has not been updated yet.')
    expect(why({ ...after(), pilotUser: null }, {}).why).toMatch(/names no pilot user/)
  })
  test.each([
    ['the same entry of the same log', {}, WROTE + 5],
    ['the same write from another log', { source: 'mine', reference: 'x' }, WROTE],
    [
      'the same write in other letters',
      { source: 'mine', reference: 'x', subject: 'Pilot@ACME.example' },
      WROTE,
    ],
  ])('a duplicate: %s', (_, more, occurred) => {
    const known = after(logged(WROTE + 500, WROTE, { reference: 'r' }))
    const again = logged(WROTE + 600, occurred, { reference: 'r', ...more }).event
    expect(gradeReported(known, again, AT).why).toBe('The same event is recorded already.')
  })
  test.each([
    ['another entry', { reference: 's' }, WROTE + 1],
    ['the same reference in another log', { source: 'mine' }, WROTE + 1],
    ['another operation at that time', { reference: 's', operation: 'create' as const }, WROTE],
  ])('no duplicate: %s', (_, more, occurred) => {
    const known = after(logged(WROTE + 500, WROTE, { reference: 'r' }))
    const other = logged(WROTE + 600, occurred, { reference: 'r', ...more }).event
    expect(gradeReported(known, other, AT).admissible).toBe(true)
  })
  test('the canary is no log entry', () => {
    const known = after(canary(WROTE - 100), piloted(WROTE, { canaryPresent: true }))
    expect(known.evidence.at(-1)).toMatchObject({ kind: 'canary', admissible: true })
    const event = logged(WROTE + 600, WROTE - 100, { reference: 'interlock-7K3Q' }).event
    expect(gradeReported(known, event, AT).admissible).toBe(true)
  })
  test('the entry says who told it', () => {
    const found = tell(toldStory().slice(0, 4), input({ observable: false })).record.facts.evidence
    expect(found.at(-1)).toEqual({
      level: 'E4',
      kind: 'idp-log',
      witness: 'attested',
      by: { kind: 'key', id: 'ann', name: 'ann' },
      occurredAt: t(WROTE),
      observedAt: t(WROTE + 500),
      admissible: true,
      why: 'A successful write for the pilot after the IdP update.',
      operation: 'update',
      subject: 'pilot@acme.example',
      source: 'okta-log',
      reference: `ref-${WROTE}`,
    })
  })
})

describe('E5: the canary', () => {
  const issued = WROTE - 1_000
  const seen = (more: Parameters<typeof piloted>[1]) =>
    gradePilot(after(canary(issued)), piloted(WROTE + 500, { canaryPresent: true, ...more }))
  test.each([
    ['no time of change: as it was issued', null, issued],
    ['changed before it was issued: as it was issued', issued - 1, issued],
    ['changed after', WROTE, WROTE],
    ['changed after we looked: as we looked', WROTE + 90_000, WROTE + 400],
  ])('%s', (_, changed, occurred) => {
    const found = seen({ lastModified: changed === null ? null : t(changed) })
    expect(found).toMatchObject({
      level: 'E5',
      kind: 'canary',
      admissible: true,
      occurredAt: t(occurred),
      reference: 'interlock-7K3Q',
      operation: 'update',
      subject: 'pilot@acme.example',
    })
  })
  test('absent, not asked for, never issued, or known: nothing', () => {
    expect(seen({ canaryPresent: false })).toBeNull()
    expect(seen({ canaryPresent: null })).toBeNull()
    expect(gradePilot(after(), piloted(WROTE, { canaryPresent: true }))).toBeNull()
    const known = after(canary(issued), piloted(WROTE, { canaryPresent: true }))
    expect(gradePilot(known, piloted(WROTE + 900, { canaryPresent: true }))).toBeNull()
  })
  test('from when the change may be made: one granularity after our last use', () => {
    expect(after(canary(issued)).canary?.earliest).toBe(t(issued))
    const soon = after(canary(TESTED + 5_000))
    expect(soon.canary?.earliest).toBe(t(TESTED - 900 + 60_000))
    const idle = tell([...goodStory().slice(0, 2), tested(TESTED)])
    expect(idle.record.facts.canary).toBeNull()
  })
})

describe('E5: the time of change', () => {
  const seen = (changed: number | null, facts = after()) =>
    gradePilot(facts, piloted(WROTE + 500, { lastModified: changed === null ? null : t(changed) }))
  const unread = () =>
    tell([...goodStory().slice(0, 2), tested(TESTED, { pilotModifiedAt: null })]).record.facts
  test.each([
    ['after the cutover', CUT + 1, CUT + 1],
    ['later than we looked', WROTE + 90_000, WROTE + 400],
  ])('%s', (_, changed, occurred) => {
    expect(seen(changed)).toMatchObject({
      level: 'E5',
      kind: 'last-modified',
      admissible: true,
      occurredAt: t(occurred),
      subject: 'pilot@acme.example',
      operation: 'update',
    })
    expect(seen(changed, unread())?.admissible).toBe(true)
  })
  test.each([null, CUT, CUT - 1, 50_000])('%s: nothing', (changed) => {
    expect(seen(changed)).toBeNull()
    expect(seen(changed, unread())).toBeNull()
  })
  test('what the pilot showed at the test already is no later change', () => {
    const facts = tell([
      ...goodStory().slice(0, 2),
      tested(TESTED, { pilotModifiedAt: t(CUT + 500) }),
    ]).record.facts
    expect(seen(CUT + 500, facts)).toBeNull()
    expect(seen(CUT + 499, facts)).toBeNull()
    expect(seen(CUT + 501, facts)?.admissible).toBe(true)
  })
  test('known already, before the cutover or without a pilot user: nothing', () => {
    const known = after(piloted(WROTE + 500, { lastModified: t(WROTE) }))
    expect(seen(WROTE, known)).toBeNull()
    expect(seen(WROTE + 1, known)?.admissible).toBe(true)
    expect(seen(WROTE, { ...after(), cutover: null })).toBeNull()
    expect(seen(WROTE, { ...after(), pilotUser: null })).toBeNull()
  })
})

describe('E0 and E1: our own test is shown and never counts', () => {
  test('both, when discovery answered and the list did', () => {
    const found = gradeTest(tested(TESTED))
    expect(found.map((e) => [e.level, e.kind, e.admissible, e.occurredAt])).toEqual([
      ['E0', 'discovery', false, t(TESTED - 1_500)],
      ['E1', 'own-test', false, t(TESTED - 1_000)],
    ])
  })
  test('neither, when neither did', () => {
    expect(gradeTest(tested(TESTED, { passed: false, uses: [], discoveredAt: null }))).toEqual([])
    expect(gradeTest(tested(TESTED, { passed: false, discoveredAt: null }))).toEqual([])
    expect(gradeTest(tested(TESTED, { uses: [], discoveredAt: null }))).toEqual([])
  })
})

describe('the E3 entry', () => {
  test('holds the portal’s time by our clock, and is made once', () => {
    const seen = reading(WROTE + 1_000, OLD_LAST, WROTE, { skew: { lowMs: 400, highMs: 900 } })
    const found = portalUse(after(), seen)
    expect(found).toMatchObject({
      level: 'E3',
      kind: 'portal-use',
      witness: 'observed',
      occurredAt: t(WROTE - 900),
      observedAt: t(WROTE + 1_000),
      admissible: true,
    })
    const known = { ...after(), evidence: found === null ? [] : [found] }
    expect(portalUse(known, seen)).toBeNull()
    expect(portalUse(after(), reading(WROTE, OLD_LAST, null))).toBeNull()
  })
  test('a use of ours that the portal shows later is entered, and does not count', () => {
    const blind = tell([...goodStory().slice(0, 2), tested(TESTED)]).record.facts
    const own = use(TESTED - 1_000)
    expect(own.startedAt).toBe(t(TESTED - 1_000))
    const seen = reading(TESTED + 500, OLD_LAST, TESTED - 950)
    expect(portalUse(blind, seen)).toMatchObject({ level: 'E3', admissible: false })
  })
})
