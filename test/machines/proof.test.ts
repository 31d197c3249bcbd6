/** The measured requirements asked by themselves: what each says, and that it is never met by what is absent. */
import { describe, expect, test } from 'vitest'
import type { Evidence, Facts } from '../../machines/rotation.facts.ts'
import { eventVerified, newTokenLive, oldTokenQuiet } from '../../machines/rotation.proof.ts'
import { CONFIRMED, CUT, GRAIN, OLD_LAST, WROTE, ann, input, reading, t } from './event.ts'
import { evidence, whole } from './whole.ts'

const now = t(CONFIRMED)
const manual = { portal: { ...input().portal, observable: false } }

describe('an event too soon after the last use of the token to retire', () => {
  const hidden = OLD_LAST + GRAIN
  const found = (all: Evidence[], more: Partial<Facts> = {}) =>
    eventVerified(whole({ evidence: all, ...more }))
  test('is named with the moment from which one counts', () => {
    for (const level of ['E4', 'E5'] as const) {
      const early = found([evidence(level, hidden - 1)])
      expect(early).toMatchObject({ met: false, earliest: t(hidden) })
      expect(early.seen).toContain(`An event at ${t(hidden - 1)}, but so soon`)
    }
  })
  test.each<[string, Evidence[], Partial<Facts>]>([
    ['a use is no event', [evidence('E3', hidden - 1)], {}],
    ['one that does not count', [evidence('E4', hidden - 1, { admissible: false })], {}],
    ['at that very moment, but before the cutover', [evidence('E4', hidden)], { cutover: later() }],
    ['after it, but before the cutover', [evidence('E4', hidden + 1)], { cutover: later() }],
  ])('not so: %s', (_, all, more) => {
    const requirement = found(all, more)
    expect(requirement.met).toBe(false)
    expect(requirement).not.toHaveProperty('earliest')
  })
  test('says nothing more once another one counts', () => {
    const requirement = found([evidence('E4', hidden - 1), evidence('E4', WROTE)])
    expect(requirement.met).toBe(true)
    expect(requirement).not.toHaveProperty('earliest')
    expect(requirement.seen).toBe(`E4 at ${t(WROTE)} (observed).`)
  })
})

function later(): Facts['cutover'] {
  return { at: t(CUT + 200_000), by: ann, note: null, reading: null }
}

describe('the quiet', () => {
  test('is not shown by no reading at all', () => {
    for (const more of [{}, manual]) {
      expect(oldTokenQuiet(whole({ ...more, reading: null }), now)).toMatchObject({
        met: false,
        seen: 'Nobody has looked since the IdP was updated.',
        unblock: 'Look at the portal now.',
      })
    }
  })
  test('is not shown without a cutover', () => {
    const requirement = oldTokenQuiet(whole({ cutover: null }), now)
    expect(requirement).toMatchObject({ met: false, seen: 'The IdP has not been updated yet.' })
    expect(requirement).not.toHaveProperty('earliest')
  })
  test('is broken by the reading itself, also where no stray use was written down', () => {
    const used = reading(CONFIRMED - 200, CUT + 5, WROTE)
    const requirement = oldTokenQuiet(whole({ reading: used }), now)
    expect(requirement).toMatchObject({ met: false, who: 'idp-admin' })
    expect(requirement.seen).toContain(`Used at ${t(CUT + 5)}, after`)
  })
  test('is broken by a stray use that a later reading does not show', () => {
    const strayUse = { lastUsedAt: t(CUT + 7), readAt: t(CUT + 9) }
    const requirement = oldTokenQuiet(whole({ strayUse }), now)
    expect(requirement.met).toBe(false)
    expect(requirement.seen).toContain(`Used at ${t(CUT + 7)}, after`)
  })
})

describe('the token to keep is live', () => {
  test('not without a token', () => {
    expect(newTokenLive(whole({ newToken: null }), now).met).toBe(false)
  })
  test('by nobody’s word without a test that passed', () => {
    expect(newTokenLive(whole(manual), now).met).toBe(true)
    expect(newTokenLive(whole({ ...manual, test: null }), now).met).toBe(false)
  })
  test('the date of the new one says nothing about the old one', () => {
    const { newToken } = whole()
    const expired = newToken && { ...newToken, expiresAt: t(CONFIRMED - 1) }
    expect(newTokenLive(whole({ newToken: expired }), now).met).toBe(false)
    expect(newTokenLive(whole({ newToken: expired, direction: 'back' }), now).met).toBe(true)
  })
})
