/**
 * For `npm run mutate` only: the machines' own tests, in one worker that keeps its modules. The first
 * failure ends a mutant's run, so the cheap and precise files come first, and whatever draws its cases
 * comes last, with fewer of them (`mutation.ts`). `npm test` knows nothing of this.
 */
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

const LAST = [
  'escalation/machine',
  'machines/record',
  'machines/topology',
  'machines/simulation',
  'machines/load',
]
const rank = ({ moduleId }: TestSpecification): number =>
  LAST.findIndex((name) => moduleId.endsWith(`${name}.test.ts`))

/** Vitest's own order has the slowest file first. */
class CheapFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(
      files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1)),
    )
  }
}

// oxlint-disable-next-line import/no-default-export -- the shape a configuration must have
export default defineConfig({
  test: {
    include: [
      'test/machines/**/*.test.ts',
      'test/escalation/{change,contradiction,machine,record,schema}.test.ts',
    ],
    // These take seconds for each mutant, and a mutant has to be caught by the tests that say why.
    exclude: ['test/machines/exploration.test.ts', 'test/machines/near-miss.test.ts'],
    env: { MUTATION: '1' },
    sequence: { sequencer: CheapFirst },
    isolate: false,
    testTimeout: 20_000,
  },
})
