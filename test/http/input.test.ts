import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertClosed } from '../../src/http/closed-schema.ts'
import { fieldErrors } from '../../src/http/invalid-input.ts'
import { problemOf, start } from './harness.ts'
import type { Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

let h: Harness
beforeAll(async () => {
  h = await start([createProbe().mount])
})
afterAll(() => h.end())

const errorsFor = async (body: unknown) => {
  const problem = await problemOf(await h.ask('POST', '/v1/probes', { body }))
  expect(problem['status']).toBe(422)
  return problem['errors']
}

describe('a field that is not accepted', () => {
  it('is named by its path, in words of ours', async () => {
    expect(
      await errorsFor({
        count: 1.5,
        kind: 'c',
        at: 'yesterday',
        inner: { list: ['ok', 'too long'] },
        either: { id: 1 },
      }),
    ).toEqual([
      { path: 'name', message: 'is required' },
      { path: 'count', message: 'must be a whole number' },
      { path: 'kind', message: 'must be one of a, b' },
      { path: 'at', message: 'must be an RFC 3339 time, as 2026-01-31T09:30:00.000Z' },
      { path: 'inner.list.1', message: 'must have at most 4 characters' },
      { path: 'either', message: 'has none of the accepted forms' },
    ])
    expect(await errorsFor({ name: '', count: 10 })).toEqual([
      { path: 'name', message: 'must have at least 1 characters' },
      { path: 'count', message: 'must be at most 9' },
    ])
    expect(await errorsFor({ name: 7 })).toEqual([{ path: 'name', message: 'must be a string' }])
    expect(await errorsFor([])).toEqual([{ path: '', message: 'must be an object' }])
    expect(await errorsFor('null')).toEqual([{ path: '', message: 'must be an object' }])
  })

  it('is told without its own name when it is unknown', async () => {
    const body = '{"name":"n","scim_live_x":1,"__proto__":{},"inner":{"list":[],"constructor":1}}'
    expect(await errorsFor(body)).toEqual([
      { path: 'inner', message: 'unknown field' },
      { path: '', message: 'unknown field' },
    ])
  })

  it('is found in the query, too', async () => {
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=x',
      'limit=1&limit=2',
      'lmit=3',
      'limit=',
    ]) {
      const answer = await h.ask('GET', `/v1/probes?${query}`)
      expect(answer.status, query).toBe(422)
    }
    expect(await (await h.ask('GET', '/v1/probes?limit=7&cursor=abc')).json()).toEqual({
      limit: 7,
      cursor: 'abc',
    })
  })

  it('is one of twenty at most', () => {
    const parsed = z.array(z.string()).safeParse(Array.from({ length: 50 }, () => 1))
    expect(fieldErrors(parsed.error!, [])).toHaveLength(20)
  })
})

describe('a time', () => {
  it('arrives in UTC with milliseconds, whatever its offset', async () => {
    const body = { name: 'n', at: '2026-11-24T13:00:00+01:00' }
    const answer = await h.ask('POST', '/v1/probes', { body })
    expect(await answer.json()).toEqual({ name: 'n', at: '2026-11-24T12:00:00.000Z' })
  })
})

describe('a schema for input', () => {
  const closed = (schema: z.ZodType) => () => {
    assertClosed(schema, 'here')
  }

  it('must be closed all the way down', () => {
    expect(closed(z.strictObject({ a: z.array(z.strictObject({ b: z.string() })) }))).not.toThrow()
    const open = [
      z.object({ a: z.string() }),
      z.looseObject({}),
      z.strictObject({ a: z.object({}) }),
      z.strictObject({ a: z.object({}).optional() }),
      z.strictObject({ a: z.array(z.looseObject({})).nullable() }),
      z.union([z.strictObject({}), z.record(z.string(), z.string())]),
      z.strictObject({ a: z.unknown() }),
      z.strictObject({ a: z.any().default(1) }),
      z
        .strictObject({ a: z.string() })
        .transform((x) => x)
        .pipe(z.object({ a: z.string() })),
      z.discriminatedUnion('k', [z.object({ k: z.literal(1) })]),
      z.tuple([z.object({})]),
      z.intersection(z.strictObject({}), z.object({})),
    ]
    for (const [index, schema] of open.entries())
      expect(closed(schema), String(index)).toThrow(/here/)
  })
})
