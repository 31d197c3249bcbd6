/** The requirements that are decided from what is known of the two tokens, asked without a story. */
import { describe, expect, test } from 'vitest'
import type { Facts } from '../../machines/rotation.facts.ts'
import { unmet } from '../../machines/rotation.policy.ts'
import type { Confirmation } from '../../machines/rotation.policy.ts'
import { requirements } from '../../machines/rotation.requirement.ts'
import { CONFIRMED, NEW, NEW_PRINT, OLD, OLD_PRINT, OTHER_PRINT, ann, t } from './event.ts'
import { whole } from './whole.ts'

const naming = (named: string): Confirmation => ({ named, by: ann })

const missing = (facts: Facts, confirmation: Confirmation | null = naming(OLD_PRINT)) =>
  unmet(requirements(facts, t(CONFIRMED), confirmation)).map((r) => r.code)

test('nothing is missing from the whole', () => {
  expect(missing(whole())).toEqual([])
  expect(missing(whole(), null)).toEqual([])
})

describe('the test was made with the token to keep', () => {
  const asked = (printed: string | null, kept: string | null) => {
    const facts = whole()
    const newToken = facts.newToken && { ...facts.newToken, fingerprint: kept }
    return missing({
      ...facts,
      newToken,
      test: facts.test && { ...facts.test, fingerprint: printed },
    })
  }
  test.each([
    ['with another', OTHER_PRINT, NEW_PRINT],
    ['with the one to retire', OLD_PRINT, NEW_PRINT],
    ['with nobody knows which', null, NEW_PRINT],
    ['with one to compare with nothing', NEW_PRINT, null],
    ['with nothing to compare at all', null, null],
  ])('%s', (_, printed, kept) => {
    expect(asked(printed, kept)).toEqual(['connection-tested'])
  })
  test('and there is one', () => {
    expect(missing(whole({ newToken: null }))).toEqual(['connection-tested', 'new-token-live'])
  })
})

describe('the token to retire is not the one to keep', () => {
  const twins = (old: Partial<typeof OLD>, kept: Record<string, string | null>, named: string) => {
    const facts = whole()
    const newToken = facts.newToken && { ...facts.newToken, ...kept }
    const codes = missing({ ...facts, oldToken: { ...OLD, ...old }, newToken }, naming(named))
    return codes.filter((code) => code === 'old-token-named')
  }
  test.each([
    ['the same id, another value', OLD, { id: OLD.id }, OLD_PRINT],
    ['the same value, another id', OLD, { fingerprint: OLD_PRINT }, OLD.id],
    ['an id that the other shows as its hint', OLD, { hint: OLD.id }, OLD.id],
  ])('%s', (_, old, kept, named) => {
    expect(twins(old, kept, named)).toEqual(['old-token-named'])
  })
  test('known by what the portal shows, and the other shows the same', () => {
    const bare = { id: null, fingerprint: null } as unknown as Partial<typeof OLD>
    expect(twins(bare, { hint: OLD.hint }, OLD.hint)).toEqual(['old-token-named'])
    expect(twins(bare, { hint: NEW.hint }, OLD.hint)).toEqual([])
  })
  test('there is one to name', () => {
    const back = whole({ direction: 'back', newToken: null })
    const found = requirements(back, t(CONFIRMED)).find((r) => r.code === 'old-token-named')
    expect(found).toMatchObject({
      met: false,
      seen: 'Nothing is known of the new token that could name it.',
    })
  })
  test('what is known of it is shown', () => {
    const known = (oldToken: Facts['oldToken']) =>
      requirements(whole({ oldToken }), t(CONFIRMED)).find((r) => r.code === 'old-token-named')
    expect(known(OLD)?.seen).toBe('Known: ends or begins with scim_old.')
    expect(known({ ...OLD, hint: null })?.seen).toBe('Known: id or fingerprint.')
  })
})
