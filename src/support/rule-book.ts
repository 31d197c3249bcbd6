/** Reads `data/secrets.json`. Without rules the leak check refuses everything, so a broken file ends the start. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CatalogBroken } from '../catalog.ts'
import { RuleSet } from './leak-check/rule.ts'

const FILE = fileURLToPath(new URL('../../data/secrets.json', import.meta.url))

/** Throws `CatalogBroken`, naming the file only. */
export function loadRules(file: string = FILE): RuleSet {
  let stored: unknown
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new CatalogBroken('secrets.json', 'cannot be read as JSON')
  }
  const parsed = RuleSet.safeParse(stored)
  if (parsed.success) return parsed.data
  throw new CatalogBroken('secrets.json', 'is not as its schema says')
}
