import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LABEL_TAILS } from '../../../src/support/leak-check/label.ts'
import { oddness } from '../../../src/support/leak-check/oddness.ts'
import { survey } from '../../../src/support/leak-check/survey.ts'
import { BENIGN_TEXT } from '../benign-text.ts'
import { BASE32, BASE36, BASE62, BASE64URL, HEX, LOWER, chance, newSeed } from '../chance.ts'

const marked = (text: string): boolean => survey(text, LABEL_TAILS).chunks.length > 0

describe('the survey', () => {
  test('marks every chunk of which the slow reckoning says that it is odd', () => {
    const chunk = string({
      unit: constantFrom(...Array.from('abcdeinorstxqzABEXQ0179-_./')),
      minLength: 14,
      maxLength: 60,
    })
    assert(
      property(chunk, (text) => {
        const alnum = text.replace(/[^A-Za-z0-9]/g, '').length
        if (alnum >= 12 && oddness(text) >= 56) expect(marked(text)).toBe(true)
        if (oddness(text) < 56 && !/[A-Za-z0-9]{16}/.test(text)) expect(marked(text)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('marks random text of every alphabet, and few words', () => {
    const draw = chance(newSeed())
    for (const alphabet of [BASE62, BASE64URL, HEX, BASE36, BASE32, LOWER]) {
      let missed = 0
      for (let count = 0; count < 500; count += 1) if (!marked(draw.text(alphabet, 32))) missed += 1
      expect(missed, alphabet).toBeLessThanOrEqual(3)
    }
    const prose = BENIGN_TEXT.filter((line) => /^[A-Z][^:=/"]+\.$/.test(line)).join(' ')
    const words = prose.split(' ').length
    expect(survey(prose, LABEL_TAILS).chunks.length / 2).toBeLessThan(words / 50)
  })

  test('stops at the words that may be labels', () => {
    for (const label of [
      'token',
      'apiKey',
      'SCIM_PASSWORD',
      'client_secret',
      'Authorization',
      'cookie',
      'sid',
      'Passwort',
    ]) {
      expect(survey(`${label}: x`, LABEL_TAILS).labels, label).toContain(label.length)
    }
    expect(survey('the gateway answers', LABEL_TAILS).labels).toEqual([])
  })
})

test('oddness is low for words and high for random text', () => {
  for (const word of [
    'BearerTokenAuthenticationFilter',
    'Benutzerkontensynchronisierung',
    'approvisionnement',
    'okta-production',
  ]) {
    expect(oddness(word), word).toBeLessThan(40)
  }
  for (const text of ['x7Kd2LmQp9Rt4Wz8', 'JBSWY3DPEHPK3PXP', 'qkzjxvwpfmbtrnhd']) {
    expect(oddness(text), text).toBeGreaterThan(80)
  }
})
