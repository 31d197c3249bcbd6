/** The words a record is made of: what has no room in them can never be stored. */
import { describe, expect, test } from 'vitest'
import { view } from '../../machines/rotation.view.ts'
import { Actor, Level, TokenRef, Who } from '../../machines/vocabulary.ts'
import { CONFIRMED, NEW_PRINT, OLD, ann, t } from './event.ts'
import { whole } from './whole.ts'
import { records } from './state.ts'

test.each([
  [NEW_PRINT, true],
  [`${NEW_PRINT}b`, false],
  [`x${NEW_PRINT}`, false],
  [NEW_PRINT.slice(1), false],
  [NEW_PRINT.toUpperCase(), false],
  [`scim_live_${NEW_PRINT}`, false],
])('a fingerprint is sixteen hexadecimal digits and nothing else: %s', (fingerprint, good) => {
  expect(TokenRef.safeParse({ ...OLD, fingerprint }).success).toBe(good)
})

describe('a token is named within bounds', () => {
  test.each([
    [{ id: '' }, false],
    [{ id: 'x'.repeat(128) }, true],
    [{ id: 'x'.repeat(129) }, false],
    [{ hint: '' }, false],
    [{ hint: 'x'.repeat(32) }, true],
    [{ hint: 'x'.repeat(33) }, false],
    [{ value: 'x' }, false],
  ])('case %#', (more, good) => {
    expect(TokenRef.safeParse({ ...OLD, ...more }).success).toBe(good)
  })
})

describe('who acts', () => {
  test.each([
    [{ id: 'key_Ann-1' }, true],
    [{ id: 'x'.repeat(64) }, true],
    [{ id: 'x'.repeat(65) }, false],
    [{ id: '' }, false],
    [{ id: 'ann ' }, false],
    [{ id: ' ann' }, false],
    [{ name: '' }, false],
    [{ name: 'x'.repeat(80) }, true],
    [{ name: 'x'.repeat(81) }, false],
    [{ kind: 'person' }, false],
    [{ mail: 'ann@acme.example' }, false],
  ])('case %#', (more, good) => {
    expect(Actor.safeParse({ ...ann, ...more }).success).toBe(good)
  })
})

test('the levels and the people that are shown are in the vocabulary', () => {
  const shown = view({ ...records.verifyingEvent, facts: whole() }, t(CONFIRMED))
  expect(Level.options).toHaveLength(8)
  expect(Level.safeParse(shown.verified).success).toBe(true)
  for (const { level } of whole().evidence) expect(Level.options).toContain(level)
  for (const { who } of shown.requirements) expect(Who.options).toContain(who)
})
