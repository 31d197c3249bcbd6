import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockSample, narrow } from '../../src/scim/clock-skew.ts'

fc.configureGlobal({ seed: 20_260_303 })

describe('their clock', () => {
  it('lies where the header, cut to the second, allows it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2090, 0) }),
        fc.integer({ min: -86_400_000, max: 86_400_000 }),
        fc.nat(60_000),
        fc.nat(60_000),
        (startedAt, skew, there, back) => {
          const header = new Date(startedAt + there + skew).toUTCString()
          const sample = clockSample(header, startedAt, startedAt + there + back)
          if (sample === null) throw new Error('this header is fine')
          expect(sample.lowMs).toBeLessThanOrEqual(skew)
          expect(sample.highMs).toBeGreaterThanOrEqual(skew)
          expect(sample.highMs - sample.lowMs).toBe(there + back + 1000)
        },
      ),
    )
  })

  it.each([
    undefined,
    '',
    'today',
    '2026-03-03T10:00:00Z',
    '5',
    'Tue, 03 Mar 2026 10:00:00',
    'Tue, 03 Mar 2026 10:00:00 +0200',
    'Tue, 03 Foo 2026 10:00:00 GMT',
    'Tuesday, 03-Mar-26 10:00:00 GMT',
  ])('is not read from %j', (header) => {
    expect(clockSample(header, 0, 10)).toBeNull()
  })

  it('is narrowed down by several answers; contradicting ones keep the newest', () => {
    expect(narrow([])).toBeNull()
    expect(
      narrow([
        { lowMs: -100, highMs: 900 },
        { lowMs: 200, highMs: 1200 },
      ]),
    ).toEqual({
      lowMs: 200,
      highMs: 900,
    })
    const fresh = { lowMs: 60_000, highMs: 61_000 }
    expect(narrow([{ lowMs: 0, highMs: 1000 }, fresh])).toEqual(fresh)
  })
})
