/**
 * Against the truth instead of a rule: in a simulated world, no revocation may be authorised while the
 * IdP, or anything that shows itself once in a quiet window, still holds the old token.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawn } from './mutation.ts'
import { holds, live, truth } from './simulation.ts'

const RUNS = drawn(1_200)

test('whoever still holds the old token is never cut off', () => {
  const counts = { runs: 0, authorised: 0, unsaved: 0, forgotten: 0 }
  fc.assert(
    fc.property(truth, (w) => {
      const { authorisedAt } = live(w)
      counts.runs += 1
      const window = Math.max(w.quiet, w.grain)
      const stillThere = w.forgotten !== null && w.forgotten <= window
      if (holds(w, Number.MAX_SAFE_INTEGER) === 'old') counts.unsaved += 1
      if (stillThere) counts.forgotten += 1
      if (authorisedAt === null) return
      counts.authorised += 1
      expect(holds(w, authorisedAt)).toBe('new')
      expect(stillThere).toBe(false)
    }),
    { numRuns: RUNS, seed: 4 },
  )
  expect(counts).toMatchObject({ runs: RUNS })
  expect(counts.authorised / counts.runs).toBeGreaterThan(0.1)
  expect(counts.unsaved / counts.runs).toBeGreaterThan(0.1)
  expect(counts.forgotten / counts.runs).toBeGreaterThan(0.1)
})
