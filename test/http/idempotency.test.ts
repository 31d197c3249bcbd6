import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sweepAnswers } from '../../src/http/idempotency.ts'
import { ProblemError } from '../../src/problem.ts'
import { BOOTSTRAP, codeOf, problemOf, start } from './harness.ts'
import type { Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

const probe = createProbe()
let h: Harness
beforeAll(async () => {
  h = await start([probe.mount])
})
afterAll(() => h.end())
beforeEach(() => {
  probe.calls = 0
  probe.next = null
})

let count = 0
const fresh = (): string => `idem ${(count += 1)}`
const post = (key: string, body: unknown = {}, path = '/v1/probes/lax', as = BOOTSTRAP) =>
  h.ask('POST', path, { key: as, body, headers: { 'Idempotency-Key': key } })
const throws = (code: ConstructorParameters<typeof ProblemError>[0]) => () => {
  throw new ProblemError(code)
}

describe('a repeat', () => {
  it('gets the first answer again, and nothing runs twice', async () => {
    const key = fresh()
    const first = await post(key, { note: 'a' })
    const again = await post(key, { note: 'a' })
    expect([first.status, again.status]).toEqual([200, 200])
    expect(await again.json()).toEqual(await first.json())
    expect(first.headers.get('Idempotency-Replayed')).toBeNull()
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(again.headers.get('Cache-Control')).toBe('no-store')
    expect(probe.calls).toBe(1)
  })

  it('is never shown a token value again, but when it was shown; nor is the disk', async () => {
    const key = fresh()
    const first = await post(key, {}, '/v1/probes/x/make')
    expect(await first.json()).toEqual({ rotation: { id: 'rot_1' }, token: 'scim_value_1' })
    const again = await post(key, {}, '/v1/probes/x/make')
    expect(again.status).toBe(201)
    expect(again.headers.get('ETag')).toBe('"4"')
    expect(await again.json()).toEqual({
      rotation: { id: 'rot_1' },
      token: null,
      shownAt: '2026-11-24T12:00:00.000Z',
    })
    const kept = await h.store.list('answer', { limit: 100 })
    const records = await Promise.all(kept.items.map(({ id }) => h.store.load('answer', id)))
    expect(records.length).toBeGreaterThan(0)
    expect(JSON.stringify(records)).not.toContain('scim_value')
  })

  it('with another body is refused', async () => {
    const key = fresh()
    await post(key, { note: 'a' })
    expect(await codeOf(await post(key, { note: 'b' }))).toBe('idempotency-key-reused')
  })

  it('of a refusal is refused the same way, without looking again', async () => {
    const key = fresh()
    probe.next = throws('no-overlap')
    const first = await problemOf(await post(key))
    const again = await post(key)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(await problemOf(again)).toEqual(first)
    expect(probe.calls).toBe(1)
  })

  it('runs again after a failure of ours, and after a stale If-Match', async () => {
    for (const code of ['internal', 'portal-failed', 'stale-revision'] as const) {
      const key = fresh()
      probe.calls = 0
      probe.next = throws(code)
      expect(await codeOf(await post(key))).toBe(code)
      expect((await post(key)).status).toBe(200)
      expect(probe.calls).toBe(2)
    }
  })

  it('while the first one runs is told so, and one at once runs once', async () => {
    const key = fresh()
    let finish: () => void = () => {}
    probe.next = () => new Promise((resolve) => (finish = resolve))
    const first = post(key)
    await expect.poll(() => probe.calls).toBe(1)
    expect(await codeOf(await post(key))).toBe('idempotency-in-flight')
    expect(await codeOf(await post(key, { note: 'b' }))).toBe('idempotency-key-reused')
    finish()
    expect((await first).status).toBe(200)
    expect((await post(key)).headers.get('Idempotency-Replayed')).toBe('true')

    probe.calls = 0
    const shared = fresh()
    const all = await Promise.all(Array.from({ length: 20 }, () => post(shared)))
    expect(probe.calls).toBe(1)
    expect(all.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    expect(all.every(({ status }) => status === 200 || status === 409)).toBe(true)
  })

  it('gets its answer after a day no more', async () => {
    const key = fresh()
    await post(key)
    h.now.ms += 24 * 3_600_000
    expect((await post(key)).headers.get('Idempotency-Replayed')).toBeNull()
    expect(probe.calls).toBe(2)
  })
})

describe('the key', () => {
  it('belongs to one access key and one path', async () => {
    const key = fresh()
    const other = await h.key('admin')
    await post(key)
    expect(
      (await post(key, {}, '/v1/probes/lax', other)).headers.get('Idempotency-Replayed'),
    ).toBeNull()
    const elsewhere = await post(key, {}, '/v1/probes/x/make')
    expect(elsewhere.headers.get('Idempotency-Replayed')).toBeNull()
    expect(probe.calls).toBe(3)
  })

  it('has 1 to 200 printable characters', async () => {
    expect((await post('k'.repeat(200))).status).toBe(200)
    expect(await codeOf(await post('k'.repeat(201)))).toBe('bad-idempotency-key')
    expect(await codeOf(await post('é'))).toBe('bad-idempotency-key')
  })

  it('opens nothing to a role that may not', async () => {
    const key = fresh()
    const auditor = await h.key('auditor')
    expect(await codeOf(await post(key, {}, '/v1/probes/lax', auditor))).toBe('forbidden')
    expect(probe.calls).toBe(0)
  })
})

describe('the sweep', () => {
  it('removes what is older than a day and nothing else', async () => {
    const own = await start([probe.mount])
    const send = (key: string) =>
      own.ask('POST', '/v1/probes/lax', { body: {}, headers: { 'Idempotency-Key': key } })
    await send('old')
    own.now.ms += 24 * 3_600_000
    await send('new')
    expect(await sweepAnswers(own.store, own.now.ms)).toBe(1)
    expect((await own.store.list('answer', { limit: 10 })).items).toHaveLength(1)
    expect((await send('new')).headers.get('Idempotency-Replayed')).toBe('true')
    await own.end()
  })

  it('is not needed for the answer to go out when it cannot be kept', async () => {
    const own = await start([probe.mount])
    const failing = {
      ...own.deps.store,
      commit: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    }
    const over = await start([probe.mount], { store: failing })
    const headers = { 'Idempotency-Key': 'k' }
    expect((await over.ask('POST', '/v1/probes/lax', { body: {}, headers })).status).toBe(200)
    expect(over.lines.some((line) => line.includes('answer not kept'))).toBe(true)
    await own.end()
    await over.end()
  })
})
