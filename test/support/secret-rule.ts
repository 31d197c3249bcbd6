/** The rules as they ship. */
import { readFileSync } from 'node:fs'
import { RuleSet } from '../../src/support/leak-check/rule.ts'

export const shippedRules = (): RuleSet =>
  RuleSet.parse(
    JSON.parse(readFileSync(new URL('../../data/secrets.json', import.meta.url), 'utf8')),
  )
