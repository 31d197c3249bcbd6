/**
 * The check skips what a text cannot hold. Here the same texts are read once with every shortcut and
 * once without any: both must find the same, in the same places.
 */
import { describe, expect, test } from 'vitest'
import type { Find } from '../../../src/support/leak-check/find.ts'
import { createKnownTokens } from '../../../src/support/leak-check/known-token.ts'
import { createLeakCheck } from '../../../src/support/leak-check/leak-check.ts'
import { shortestMatch, shortestRest } from '../../../src/support/leak-check/shortest-match.ts'
import { example } from '../../../src/support/leak-check/rule.ts'
import { benignIds } from '../benign-id.ts'
import { BENIGN_TEXT } from '../benign-text.ts'
import { chance, newSeed } from '../chance.ts'
import { CONTEXTS } from '../context.ts'
import { ENCODED } from '../encoding.ts'
import { hostileTexts } from '../hostile.ts'
import { shippedRules } from '../secret-rule.ts'
import { TOKEN_KINDS, plant } from '../token-kind.ts'

const seed = Number(process.env['CORPUS_SEED'] ?? newSeed())
const draw = chance(seed)
const rules = shippedRules()
const known = createKnownTokens({ secret: 'a secret for the corpus' })
const quick = createLeakCheck({ rules, known })
const thorough = createLeakCheck({ rules, known, thorough: true })

const told = (finds: readonly Find[]): string[] =>
  finds.map(({ kind, layer, view, start, end }) => [kind, layer, view, start, end].join(' ')).sort()

/** Texts on which the two differ. */
function different(texts: Iterable<string>): string[] {
  const found: string[] = []
  for (const text of texts) {
    const one = told(quick.inspect(text, { path: '' }))
    const other = told(thorough.inspect(text, { path: '' }))
    if (one.join('\n') !== other.join('\n')) found.push(text.slice(0, 400))
  }
  return found
}

describe(`without its shortcuts the check finds the same (seed ${seed})`, () => {
  test('of tokens in every context and every encoding', () => {
    const texts: string[] = []
    for (const context of [...CONTEXTS, ...ENCODED]) {
      for (const kind of TOKEN_KINDS) {
        if (draw.below(3) === 0) texts.push(context.write(plant(kind, draw).value, draw))
      }
    }
    expect(texts.length).toBeGreaterThan(1500)
    expect(texts.some((text) => quick.inspect(text, { path: '' }).length > 0)).toBe(true)
    expect(different(texts)).toEqual([])
  }, 60_000)

  test('of text that holds none, alone and together', () => {
    const lines = [...BENIGN_TEXT, ...benignIds(draw)]
    expect(different(lines)).toEqual([])
    const together = Array.from({ length: 200 }, () =>
      Array.from({ length: 2 + draw.below(8) }, () => draw.pick(lines)).join(
        draw.pick(['\n', ' ', '","', '; ']),
      ),
    )
    expect(different(together)).toEqual([])
  })

  test('of lines that were broken, cut short and put together by chance', () => {
    const lines = [...BENIGN_TEXT, ...benignIds(draw)]
    for (const kind of TOKEN_KINDS) {
      lines.push(draw.pick([...CONTEXTS, ...ENCODED]).write(plant(kind, draw).value, draw))
    }
    const signs = Array.from('"\'\\%&=<>+()[]{},;:.-_/|~ \n\t@0aZé—\u200bк')
    const texts = Array.from({ length: 1500 }, () => {
      let text = draw.pick(lines) + draw.pick(signs) + draw.pick(lines)
      for (let count = draw.below(8); count > 0; count -= 1) {
        const at = draw.below(text.length + 1)
        text = text.slice(0, at) + draw.pick(signs) + text.slice(at + draw.below(3))
      }
      return text.slice(draw.below(20), 3000)
    })
    expect(different(texts)).toEqual([])
  }, 60_000)

  test('of hostile text', () => {
    expect(different(hostileTexts(2000).map(({ text }) => text))).toEqual([])
  }, 60_000)
})

describe('the least a vendor’s pattern needs', () => {
  test.each([
    ['\\bghp_[A-Za-z0-9]{36,}', 40],
    ['(?:a|bcd)e?f+', 2],
    ['(?i)ab(?:c{2}|d){3}[^\\]x]', 6],
    ['\\$(?:2[ab]\\$|x\\S{20,})', 4],
    ['a*b?', 0],
  ])('%s: %i characters', (pattern, least) => {
    expect(shortestMatch(pattern)).toBe(least)
  })

  test('is never more than what one of its own examples has', () => {
    for (const { id, pattern, keywords, positive } of rules.rules) {
      const shortest = Math.min(...positive.map((text) => example(text).length))
      expect(shortestMatch(pattern), id).toBeGreaterThan(4)
      expect(shortestMatch(pattern), id).toBeLessThanOrEqual(shortest)
      for (const text of positive.map(example)) {
        const rests = keywords.map((keyword) => {
          const at = text.indexOf(keyword)
          return at < 0 || text.length - at >= shortestRest(pattern, keyword)
        })
        expect(rests.every(Boolean), `${id}: ${text}`).toBe(true)
      }
    }
  })

  test.each([
    ['\\bsk-(?:x|y)[a-z]{5}', 'sk-', 9],
    ['(?:a|sk-)[a-z]{5}', 'sk-', 3],
    ['sk-[a-z]{5}|other', 'sk-', 3],
    ['(?i)sk-[a-z]{5}', 'sk-', 3],
    ['[a-z]{5}sk-', 'sk-', 3],
  ])('from the keyword on, %s', (pattern, keyword, least) => {
    expect(shortestRest(pattern, keyword)).toBe(least)
  })
})
