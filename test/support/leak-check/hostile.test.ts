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
/** How often a character is handed from stage to stage at most, over all views of it. */
const MOST_TIMES = 60

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

  /** Eight times the text may be eight times the work; what is quadratic would be sixty-four. */
  test('is work in proportion to its length, in every stage', () => {
    const work = (text: string): number => {
      check.inspect(text, { path: '' })
      const { characters, judged } = check.lastEffort()
      return characters + judged
    }
    const longer = new Map(hostileTexts(LENGTH * 8).map(({ name, text }) => [name, text]))
    const most = { name: '', times: 0 }
    // That it counts at all: each chunk of these is read, judged and looked at for a block.
    expect(work('aB3xK9mQ2pL7 '.repeat(100))).toBeGreaterThan(3 * 1300)
    for (const { name, text } of hostileTexts(LENGTH)) {
      const short = work(text)
      const text8 = longer.get(name) ?? ''
      const long = work(text8)
      // An unpacked bomb is as large however short it is packed.
      const unpacked = /gzip/.test(name) ? 8 * 1024 * 1024 : 0
      expect(long, name).toBeLessThanOrEqual(short * 16 + 100_000 + unpacked)
      const times = (long - unpacked) / text8.length
      if (times > most.times) Object.assign(most, { name, times })
    }
    expect(most.times, most.name).toBeLessThan(MOST_TIMES)
  }, 60_000)
})
