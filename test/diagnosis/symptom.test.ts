import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { GUIDE_ROWS } from './row-guide.ts'
import { MEASURED_ROWS } from './row-measured.ts'
import { SUPPORT_ROWS } from './row-support.ts'
import { THREAD_ROWS } from './row-thread.ts'

const catalog = loadCatalog()
const ROWS = [...GUIDE_ROWS, ...THREAD_ROWS, ...MEASURED_ROWS, ...SUPPORT_ROWS]

describe('the first finding of every known symptom', () => {
  it.each(ROWS.map(([source, seen, first]) => ({ source, seen, first })))(
    '$source: $first',
    ({ seen, first }) => {
      expect(diagnose(seen, catalog).findings[0]?.code).toBe(first)
    },
  )

  it('has at least 120 rows, none twice, each with its source', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(120)
    expect(new Set(ROWS.map(([, seen]) => JSON.stringify(seen))).size).toBe(ROWS.length)
    expect(ROWS.filter(([source]) => source.trim() === '')).toEqual([])
  })

  it('reaches every first finding from what a support case can hold', () => {
    const reached = new Set(
      ROWS.flatMap(([, seen]) => diagnose(seen, catalog).findings.map((f) => f.code)),
    )
    const never = Object.keys(catalog.failures).filter((code) => !reached.has(code as never))
    expect(never).toEqual([])
  })
})
