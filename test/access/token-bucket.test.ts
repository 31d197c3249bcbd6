import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLimiter } from '../../src/access/token-bucket.ts'

it('lets so many fail at once, then one every so often', () => {
  let now = 1_000_000
  const limiter = createLimiter({ clock: () => now, burst: 3, refillMs: 2000 })
  for (let i = 0; i < 3; i += 1) {
    expect(limiter.wait('a')).toBe(0)
    limiter.failed('a')
  }
  expect(limiter.wait('a')).toBe(2)
  expect(limiter.wait('b')).toBe(0)
  now += 1999
  expect(limiter.wait('a')).toBe(1)
  now += 1
  expect(limiter.wait('a')).toBe(0)
  limiter.failed('a')
  expect(limiter.wait('a')).toBe(2)
  now += 6000
  expect(limiter.wait('a')).toBe(0)
})

it('agrees with a bucket that is counted the plain way', () => {
  const steps = fc.array(fc.nat(3000), { maxLength: 60 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 5 }), (pauses, burst) => {
      let now = 0
      const limiter = createLimiter({ clock: () => now, burst, refillMs: 1000 })
      let tokens = burst
      for (const pause of pauses) {
        now += pause
        tokens = Math.min(burst, tokens + pause / 1000)
        const free = tokens >= 1 - 1e-9
        expect(limiter.wait('a') === 0).toBe(free)
        if (!free) continue
        limiter.failed('a')
        tokens -= 1
      }
    }),
  )
})

it('remembers no more addresses than it must', () => {
  let now = 0
  const limiter = createLimiter({ clock: () => now, burst: 1, refillMs: 60_000 })
  limiter.failed('first')
  for (let i = 0; i < 10_000; i += 1) {
    now += 1
    limiter.failed(`10.0.${i}`)
  }
  expect(limiter.wait('first')).toBe(0)
  expect(limiter.wait('10.0.9999')).toBeGreaterThan(0)
})
