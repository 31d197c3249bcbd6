/** Nothing that was sent comes back: not in an answer, not in its headers, not in the log. */
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { start } from './harness.ts'
import type { Ask, Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

const probe = createProbe()
let h: Harness
beforeAll(async () => {
  h = await start([probe.mount], { failedAttempts: { burst: 1e6, refillMs: 1 } })
})
afterAll(() => h.end())

const LETTERS = Array.from('qzxjkvwQZXJKVW59')

/** Unlike anything of ours, and still a legal header value, path segment and JSON string. */
const canaries = fc
  .string({ unit: fc.constantFrom(...LETTERS), minLength: 14, maxLength: 30 })
  .map((text) => `qz${text}`)

type Place = (canary: string) => [string, string, Ask]
const places: Place[] = [
  (x) => ['GET', `/${x}`, {}],
  (x) => ['GET', `/v1/${x}?${x}=${x}`, {}],
  (x) => ['GET', `/v1/keys?cursor=${x}`, {}],
  (x) => ['GET', `/v1/keys?${x}=1&limit=${x}`, {}],
  (x) => ['GET', `/v1/audit?since=${x}&cursor=${x}`, {}],
  (x) => ['GET', `/sign-in/${x}`, { key: null }],
  (x) => ['POST', `/sign-in/${x}`, { key: null }],
  (x) => ['DELETE', `/v1/keys/${x}`, { headers: { 'If-Match': x } }],
  (x) => ['DELETE', `/v1/keys/key_${x}`, {}],
  (x) => [
    'PATCH',
    `/v1/probes/${x}`,
    { body: { note: 1, [x]: x }, headers: { 'If-Match': `"${x}"` } },
  ],
  (x) => [
    'PATCH',
    `/v1/probes/${x}`,
    { body: { [x]: { [x]: x } }, headers: { 'If-Match': '"7"' } },
  ],
  (x) => ['GET', '/v1/keys', { key: `ilk_${x}${x}${x}` }],
  (x) => ['GET', '/v1/keys', { key: null, headers: { Authorization: `${x} ${x}` } }],
  (x) => [
    'GET',
    '/healthz',
    { headers: { 'X-Request-Id': x, [`X-${x}`]: x, Cookie: x, Accept: x } },
  ],
  (x) => ['POST', '/v1/probes', { body: `{"name": ${x}` }],
  (x) => ['POST', '/v1/probes', { body: x, headers: { 'Content-Type': `application/${x}` } }],
  (x) => ['POST', '/v1/probes', { body: { name: x, kind: x, count: x, at: x, [x]: x } }],
  (x) => ['POST', '/v1/probes', { body: { name: 'n', inner: { list: [x, { [x]: x }], [x]: 1 } } }],
  (x) => ['POST', '/v1/probes', { body: { name: 'n', either: { [x]: x } } }],
  (x) => [
    'POST',
    '/v1/keys',
    { body: { name: `\n${x}`, role: x, tenants: [x, `${x} `], expiresAt: x } },
  ],
  (x) => ['POST', '/v1/probes/lax', { body: { note: x }, headers: { 'Idempotency-Key': x } }],
  (x) => ['POST', '/v1/probes/lax', { headers: { 'Idempotency-Key': `${x}é` } }],
  (x) => ['PUT', '/v1/probes', { body: x, headers: { 'X-HTTP-Method-Override': x } }],
]

it('says nothing of what was sent, wherever it stood', async () => {
  const refused = new Set<number>()
  await fc.assert(
    fc.asyncProperty(canaries, fc.nat(places.length - 1), async (canary, place) => {
      h.lines.length = 0
      const [method, path, ask] = places[place]!(canary)
      const answer = await h.ask(method, path, ask)
      refused.add(answer.status)
      const headers = JSON.stringify([...answer.headers])
      const said = `${await answer.text()} ${headers} ${h.lines.join('')}`.toLowerCase()
      expect(h.lines.length).toBeGreaterThan(0)
      expect(said, `place ${place}`).not.toContain(canary.toLowerCase())
      // Nor a piece of it, as a parser's message would quote.
      expect(said, `place ${place}`).not.toContain(canary.slice(0, 12).toLowerCase())
    }),
    { numRuns: 400 },
  )
  for (const status of [200, 400, 401, 404, 405, 415, 422]) expect([...refused]).toContain(status)
})

it('says nothing of what a failing handler had in its hands', async () => {
  await fc.assert(
    fc.asyncProperty(canaries, fc.nat(3), async (canary, kind) => {
      h.lines.length = 0
      probe.next = () => {
        const thrown: unknown[] = [
          new Error(canary),
          new Error(`${canary}\n    at ${canary} (/x/${canary}.ts:1:1)`, { cause: canary }),
          Object.assign(new Error('x'), { name: canary.replaceAll(/\d/g, ''), code: canary }),
          { token: canary },
        ]
        throw thrown[kind]
      }
      const answer = await h.ask('POST', '/v1/probes/lax')
      expect(answer.status).toBe(500)
      const said = `${await answer.text()}${h.lines.join('')}`
      expect(said).not.toContain(canary)
      expect(said).not.toContain(canary.replaceAll(/\d/g, ''))
    }),
    { numRuns: 60 },
  )
})
