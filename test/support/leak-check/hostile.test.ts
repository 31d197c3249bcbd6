import { describe, expect, test } from 'vitest'
import { BOUNDS } from '../../../src/support/leak-check/explore.ts'
import { createKnownTokens } from '../../../src/support/leak-check/known-token.ts'
import { createLeakCheck } from '../../../src/support/leak-check/leak-check.ts'
import { hostileTexts } from '../hostile.ts'
import { shippedRules } from '../secret-rule.ts'

const known = createKnownTokens({ secret: 'a key for fingerprints' })
known.register('scim_9fK2mQx7Lr4TbWz81VhNcYp3')
const check = createLeakCheck({ rules: shippedRules(), known })
const LENGTH = 6000

describe('hostile text', () => {
  test('is read in a bounded number of characters, however it is folded', () => {
    for (const { name, text } of hostileTexts(LENGTH)) {
      check.inspect(text, { path: '' })
      const { characters } = check.lastEffort()
      const most = text.length * BOUNDS.growth + BOUNDS.allowance
      // The view that breaks the bound is counted, not read: it is at most one unpacked block.
      expect(characters, name).toBeLessThanOrEqual(most + 5 * 1024 * 1024)
    }
  })

  /** Eight times the text may cost eight times the work; what is quadratic costs sixty-four. */
  test('costs time in proportion to its length', () => {
    const slow: string[] = []
    const longer = new Map(hostileTexts(LENGTH * 8).map(({ name, text }) => [name, text]))
    for (const { name, text } of hostileTexts(LENGTH)) {
      const spent = (one: string): number => {
        const startedAt = performance.now()
        check.scrub(one)
        return performance.now() - startedAt
      }
      const short = Math.min(spent(text), spent(text))
      const text8 = longer.get(name) ?? ''
      const first = spent(text8)
      const long = first > 100 ? Math.min(first, spent(text8), spent(text8)) : first
      if (long > 100 && long > short * 30) slow.push(`${name}: ${short} ms, ${long} ms`)
    }
    expect(slow).toEqual([])
  }, 60_000)
})
