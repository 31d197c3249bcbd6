import { defineConfig } from 'vitest/config'

const common = { pool: 'forks', testTimeout: 20_000, hookTimeout: 30_000 } as const

export default defineConfig({
  test: {
    // Two, however few processors there are: half of the time goes to sockets, disks and a browser.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
