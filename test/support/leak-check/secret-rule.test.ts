import { describe, expect, test } from 'vitest'
import { createLeakCheck } from '../../../src/support/leak-check/leak-check.ts'
import { example } from '../../../src/support/leak-check/rule.ts'
import { shippedRules } from '../secret-rule.ts'

const set = shippedRules()
const check = createLeakCheck({ rules: set, known: { scan: () => [] } })
const kinds = (text: string): string[] => check.inspect(text, { path: '' }).map((find) => find.kind)

describe('data/secrets.json', () => {
  test('has at least 40 rules, each with an id of its own', () => {
    expect(set.rules.length).toBeGreaterThanOrEqual(40)
    expect(new Set(set.rules.map((rule) => rule.id)).size).toBe(set.rules.length)
  })

  test.each(set.rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    for (const text of rule.positive.map(example)) {
      expect(kinds(text), `${id} alone`).toContain(id)
      expect(kinds(`we use ${text} since Monday`), `${id} in prose`).toContain(id)
      expect(check.scrub(`value="${text}"`).output).not.toContain(text)
    }
    for (const text of rule.negative.map(example)) expect(kinds(text), text).toEqual([])
  })

  test('stems are beginnings that a positive example has', () => {
    const examples = set.rules.flatMap((rule) => rule.positive.map(example)).join('\n')
    const rare = set.rules.flatMap((rule) => rule.stems).filter((stem) => examples.includes(stem))
    expect(rare.length).toBeGreaterThan(30)
  })
})
