/** For `npm run mutate` only: the machines' own tests, in one worker that keeps its modules, or a run takes hours. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/machines/**/*.test.ts'], isolate: false, testTimeout: 20_000 },
})
