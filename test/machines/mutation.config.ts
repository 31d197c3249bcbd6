/** For `npm run mutate` only: the machines' own tests, in one worker that keeps its modules, or a run takes hours. */
import { defineConfig } from 'vitest/config'

// oxlint-disable-next-line import/no-default-export -- the shape a configuration must have
export default defineConfig({
  test: {
    include: ['test/machines/**/*.test.ts', 'test/escalation/machine.test.ts'],
    // These take seconds for each mutant, and a mutant has to be caught by the tests that say why.
    exclude: ['test/machines/exploration.test.ts', 'test/machines/near-miss.test.ts'],
    isolate: false,
    testTimeout: 20_000,
  },
})
