/** What each requirement says of what was seen: the sentences people act upon. */
import { describe, expect, test } from 'vitest'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { view } from '../../machines/rotation.view.ts'
import {
  CONFIRMED,
  CUT,
  DUE,
  OLD_LAST,
  TESTED,
  WROTE,
  approved,
  created,
  input,
  logged,
  lost,
  read,
  reading,
  reasoned,
  sight,
  t,
  tested,
  updated,
} from './event.ts'
import { backStory, goodStory, tell, toldStory } from './story.ts'

const after = (n: number, ...more: RotationEvent[]) =>
  tell([...goodStory().slice(0, n), ...more]).record
const manual = input({ observable: false })
const byWord = (n: number, ...more: RotationEvent[]) =>
  tell([...toldStory().slice(0, n), ...more], manual).record
const late = t(CONFIRMED + 9_000)

describe('what a requirement says', () => {
  const about = (code: string, record: Parameters<typeof view>[0], at = late) =>
    view(record, at).requirements.find((r) => r.code === code)
  test('the event', () => {
    const code = 'provisioning-event-verified'
    expect(about(code, after(3))).toMatchObject({
      met: false,
      seen: 'No event since the IdP was updated. A connection test does not count.',
      who: 'idp-admin',
    })
    expect(about(code, after(3))).not.toHaveProperty('earliest')
    const failed = logged(WROTE, WROTE - 5, { outcome: 'failure' })
    expect(about(code, after(3, failed))?.seen).toBe(
      'One that does not count: It failed, so nothing proves that provisioning works.',
    )
    expect(about(code, after(5))?.seen).toBe(`E4 at ${t(WROTE)} (observed).`)
    const hidden = after(
      3,
      logged(TESTED + 5, TESTED + 1),
      read(reading(TESTED + 9, OLD_LAST, null)),
    )
    expect(about(code, hidden)).toMatchObject({ met: false, earliest: t(OLD_LAST + 60_000) })
    expect(about(code, hidden)?.seen).toContain(`An event at ${t(TESTED + 1)}, but so soon after`)
  })
  test('the use', () => {
    const code = 'new-token-in-use'
    expect(about(code, after(2))?.seen).toBe('No use seen since the IdP was updated.')
    expect(about(code, after(3))?.seen).toBe('Only our own requests so far.')
    expect(about(code, after(5))?.seen).toBe(`Used at ${t(WROTE)} (observed).`)
    const lonely = after(3, read(reading(WROTE + 5, OLD_LAST, WROTE)))
    expect(about(code, lonely)?.seen).toBe(`Used at ${t(WROTE)}, but no event goes with it yet.`)
    const own = tell([
      ...goodStory().slice(0, 2),
      tested(TESTED),
      read(reading(TESTED + 5, OLD_LAST, TESTED - 950)),
    ]).record
    expect(about(code, own)?.seen).toContain('One of our own requests explains this use')
  })
  test('the quiet', () => {
    const code = 'old-token-quiet'
    expect(about(code, after(1))).toMatchObject({ seen: 'The IdP has not been updated yet.' })
    expect(about(code, after(1))).not.toHaveProperty('earliest')
    const blind = tell([created(10), updated(CUT)]).record
    expect(about(code, blind)).toMatchObject({
      seen: 'Nobody has looked since the IdP was updated.',
      unblock: 'Look at the portal now.',
      earliest: t(CUT + 300_000),
    })
    expect(about(code, after(5))).toMatchObject({
      detail: 'The old token has not been used since the IdP was updated, for 300 s.',
      seen: `Quiet from ${t(CUT)} to ${t(WROTE + 1_000)}.`,
      unblock: 'Wait until the quiet window is over, then look again.',
      who: 'tenant-admin',
      earliest: t(DUE),
    })
    const used = after(5, read(reading(DUE, CUT + 5, WROTE)))
    expect(about(code, used)).toMatchObject({
      met: false,
      seen: `Used at ${t(CUT + 5)}, after the IdP was updated at ${t(CUT)}.`,
      who: 'idp-admin',
    })
    expect(about(code, used)).not.toHaveProperty('earliest')
    expect(about(code, byWord(5), t(DUE + 15 * 60_000 + 1))).toMatchObject({
      met: false,
      seen: `Last looked at ${t(DUE)}: too long ago.`,
      unblock: 'Look at the portal now.',
    })
    const gone = after(5, lost(DUE, 'expired'))
    expect(about(code, gone)).toMatchObject({
      met: true,
      seen: 'The old token is gone already (expired).',
    })
    expect(about(code, gone)).not.toHaveProperty('earliest')
    const dead = after(5, read(reading(DUE, sight(OLD_LAST, { status: 'revoked' }), WROTE)))
    expect(about(code, dead)?.seen).toBe('The old token is gone already (revoked).')
  })
  test('the kept token', () => {
    const code = 'new-token-live'
    expect(about(code, after(0))).toMatchObject({ met: false, seen: 'There is no new token yet.' })
    expect(about(code, after(1))?.seen).toBe('Not looked at since it was tested.')
    const until = sight(WROTE, { expiresAt: t(CONFIRMED * 2) })
    const shown = after(5, read(reading(DUE, OLD_LAST, until)))
    expect(about(code, shown)).toMatchObject({
      met: true,
      seen: `The portal shows it as live, until ${t(CONFIRMED * 2)}.`,
    })
    expect(about(code, after(5))?.seen).toBe('The portal shows it as live.')
    expect(about(code, shown, t(CONFIRMED * 2))).toMatchObject({
      met: false,
      seen: `Expired at ${t(CONFIRMED * 2)}.`,
    })
    const back = tell(backStory().slice(0, 9)).record
    const dead = {
      ...back,
      facts: { ...back.facts, oldTokenLost: { at: late, how: 'revoked' as const } },
    }
    expect(about(code, dead)).toMatchObject({ met: false, seen: `It died at ${late}.` })
  })
  test('the test', () => {
    const code = 'connection-tested'
    expect(about(code, after(2))?.seen).toBe('No test since the IdP was updated.')
    expect(about(code, after(3))).toMatchObject({ met: true, seen: `Passed at ${t(TESTED)}.` })
    const failed = tested(TESTED, { passed: false, uses: [], failed: ['discovery', 'list-users'] })
    expect(about(code, after(2, failed))).toMatchObject({
      met: false,
      seen: `Failed at ${t(TESTED)}: discovery, list-users.`,
    })
  })
  test('the tenant', () => {
    const code = 'tenant-confirmed'
    expect(about(code, after(2))).toMatchObject({ met: false, seen: 'Not looked at yet.' })
    expect(about(code, after(3))).toMatchObject({ met: true, seen: 'Seen: sp.example.' })
    expect(about(code, after(2, tested(TESTED, { hosts: [] })))?.seen).toBe(
      'No answer named another host.',
    )
    expect(about(code, after(3, reasoned('rotation.halted', CONFIRMED)))).toMatchObject({
      met: false,
      seen: `Halted at ${t(CONFIRMED)}.`,
      unblock: 'Resolve what did not match, then resume with a reason.',
    })
    expect(about(code, after(2))?.unblock).toMatch(/^Run the test/)
  })
  test('the name', () => {
    const code = 'old-token-named'
    expect(about(code, after(0))).toMatchObject({
      met: true,
      seen: 'Known: ends or begins with scim_old.',
    })
    const unnamed = input({}, { oldToken: { id: null, hint: null, fingerprint: null } })
    expect(about(code, tell([], unnamed).record)).toMatchObject({
      met: false,
      seen: 'Nothing is known of the old token that could name it.',
    })
    const bare = input({}, { oldToken: { id: 'tok-old', hint: null, fingerprint: null } })
    expect(about(code, tell([], bare).record)?.seen).toBe('Known: id or fingerprint.')
  })
  test('the second person', () => {
    const code = 'second-person-approved'
    expect(about(code, after(5))).toMatchObject({
      met: true,
      detail: 'No second person is asked for.',
      seen: 'Nothing rests on anybody’s word.',
    })
    expect(about(code, byWord(5))).toMatchObject({
      met: false,
      detail: 'A second person has looked at what was attested and approves.',
      seen: 'Nobody has approved.',
      who: 'approver',
    })
    expect(about(code, byWord(6))?.seen).toBe(`Approved by ben at ${t(DUE + 500)}.`)
    const before = byWord(5, approved(DUE - 1))
    expect(about(code, before)).toMatchObject({
      met: false,
      seen: `Approved at ${t(DUE - 1)}, before the latest thing attested at ${t(DUE)}.`,
    })
    expect(about(code, byWord(5, approved(DUE)))?.met).toBe(true)
  })
})
