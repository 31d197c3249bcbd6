import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { FAILURE_STATEMENTS } from './guide-failure.ts'
import { PATTERN_STATEMENTS } from './guide-pattern.ts'

const GUIDE_STATEMENTS = [...FAILURE_STATEMENTS, ...PATTERN_STATEMENTS]

interface Sourced {
  text: string
  source: string
}

/** Everything below a value that has a source, with all its words in one string. */
function sentences(value: unknown): Sourced[] {
  if (typeof value !== 'object' || value === null) return []
  const own =
    'source' in value
      ? [
          {
            text: Object.values(value)
              .filter((v) => typeof v === 'string')
              .join(' '),
            source: String(value.source),
          },
        ]
      : []
  return [...own, ...Object.values(value).flatMap(sentences)]
}

function at(path: string): unknown {
  let here: unknown = loadCatalog()
  for (const part of path.split('.')) here = (here as Record<string, unknown>)[part]
  return here
}

describe('every statement of the guide lives in the catalogue', () => {
  it.each(GUIDE_STATEMENTS)('$section: $statement', ({ section, where, words }) => {
    const carrying = sentences(at(where)).filter(
      ({ text, source }) =>
        source.startsWith(`guide: ${section}`) &&
        words.every((word) => text.toLowerCase().includes(word.toLowerCase())),
    )
    expect(carrying.length).toBeGreaterThan(0)
  })

  it('lists each once, from all fifteen sections', () => {
    const all = GUIDE_STATEMENTS.map(({ section, statement }) => `${section}: ${statement}`)
    expect(new Set(all).size).toBe(all.length)
    expect(new Set(GUIDE_STATEMENTS.map(({ section }) => section)).size).toBe(15)
    expect(GUIDE_STATEMENTS.filter(({ words }) => words.length === 0)).toEqual([])
  })
})
