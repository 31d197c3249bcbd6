import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, problemOf, start } from './harness.ts'
import type { Harness } from './harness.ts'

let h: Harness
beforeAll(async () => {
  h = await start()
})
afterAll(() => h.end())

const make = (body: unknown, key?: string) =>
  h.ask('POST', '/v1/keys', { body, ...(key === undefined ? {} : { key }) })
interface Listed {
  items: { id: string; name: string; revokedAt: string | null; revision: number }[]
  nextCursor: string | null
}
const list = async (key?: string, query = '') =>
  (await (
    await h.ask('GET', `/v1/keys${query}`, key === undefined ? {} : { key })
  ).json()) as Listed

describe('making a key', () => {
  it('shows it once, and it works at once', async () => {
    const answer = await make({ name: 'CI of Acme', role: 'auditor', tenants: ['acme'] })
    expect(answer.status).toBe(201)
    const made = (await answer.json()) as { id: string; key: string }
    expect(Object.keys(made)).toEqual(['id', 'key'])
    expect(made.id).toMatch(/^key_[A-Za-z0-9_-]+$/)
    expect(made.key).toMatch(/^ilk_[A-Za-z0-9_-]{43}$/)
    expect((await h.ask('GET', '/v1/audit', { key: made.key })).status).toBe(200)
    expect(JSON.stringify(await list())).not.toContain(made.key.slice(4))
    expect(JSON.stringify(await h.store.load('key', made.id))).not.toContain(made.key.slice(4))
    expect(h.lines.join('')).not.toContain(made.key.slice(4))
  })

  it('is for owners only', async () => {
    for (const role of ['admin', 'approver', 'support', 'auditor'] as const) {
      const key = await h.key(role)
      expect(await codeOf(await make({ name: 'n', role: 'auditor', tenants: 'all' }, key))).toBe(
        'forbidden',
      )
      expect((await h.ask('GET', '/v1/keys', { key })).status).toBe(403)
      expect((await h.ask('DELETE', '/v1/keys/key_bootstrap', { key })).status).toBe(403)
    }
  })

  it('never reaches beyond the tenants of whoever makes it', async () => {
    const key = await h.key('owner', ['acme'])
    for (const tenants of ['all', ['globex'], ['acme', 'globex']]) {
      expect(await codeOf(await make({ name: 'n', role: 'admin', tenants }, key))).toBe('forbidden')
    }
    expect((await make({ name: 'n', role: 'admin', tenants: ['acme'] }, key)).status).toBe(201)
  })

  it('refuses what is no key', async () => {
    const good = { name: 'n', role: 'auditor', tenants: 'all' }
    const bad = [
      { ...good, name: '' },
      { ...good, name: 'two\nlines' },
      { ...good, role: 'god' },
      { ...good, tenants: [] },
      { ...good, tenants: ['a b'] },
      { ...good, tenants: 'acme' },
      { ...good, expiresAt: '2026-11-24' },
      { ...good, expiresAt: '2026-11-24T12:00:00.000Z' },
      { ...good, key: 'ilk_mine' },
    ]
    for (const body of bad) {
      expect(await codeOf(await make(body)), JSON.stringify(body)).toBe('invalid-input')
    }
  })

  it('refuses a token in its name before anything is stored', async () => {
    const own = await start([], { guardInput: () => [{ path: 'name', kind: 'known-token' }] })
    const body = { name: 'scim_live_canary', role: 'auditor', tenants: 'all' }
    const answer = await own.ask('POST', '/v1/keys', { body })
    const problem = await problemOf(answer)
    expect(problem).toMatchObject({
      type: 'urn:interlock:problem:token-in-field',
      errors: [{ path: 'name', kind: 'known-token' }],
    })
    expect((await own.store.list('key', { limit: 10 })).items).toHaveLength(1)
    await own.end()
  })

  it('is not done twice by a repeated request, and the value is not replayed', async () => {
    const body = { name: 'twice', role: 'auditor', tenants: 'all' }
    const headers = { 'Idempotency-Key': 'make-once' }
    const first = (await (await h.ask('POST', '/v1/keys', { body, headers })).json()) as {
      id: string
    }
    const again = await (await h.ask('POST', '/v1/keys', { body, headers })).json()
    expect(again).toEqual({ id: first.id, key: null, shownAt: '2026-11-24T12:00:00.000Z' })
    expect((await list()).items.filter(({ name }) => name === 'twice')).toHaveLength(1)
  })
})

describe('keys that exist', () => {
  it('are listed in pages, without digests, and only within one’s tenants', async () => {
    const own = await start()
    const acme = await own.key('owner', ['acme'])
    await own.key('admin', ['globex'])
    const all = (await (await own.ask('GET', '/v1/keys')).json()) as Listed
    expect(all.items).toHaveLength(3)
    expect(JSON.stringify(all)).not.toContain('digest')
    const mine = (await (await own.ask('GET', '/v1/keys', { key: acme })).json()) as Listed
    expect(mine.items.map(({ name }) => name)).toEqual(['the owner'])
    const first = (await (await own.ask('GET', '/v1/keys?limit=2')).json()) as Listed
    expect(first.items).toHaveLength(2)
    const rest = await own.ask('GET', `/v1/keys?limit=2&cursor=${first.nextCursor}`)
    expect(((await rest.json()) as Listed).items).toHaveLength(1)
    expect(await codeOf(await own.ask('GET', '/v1/keys?cursor=!!'))).toBe('bad-cursor')
    await own.end()
  })

  it('stop working with the next request after they were revoked, for good', async () => {
    const key = await h.key('admin')
    const { items } = await list()
    const { id } = items.findLast(({ name }) => name === 'the admin')!
    expect((await h.ask('GET', '/v1/audit', { key })).status).toBe(200)
    expect(
      (await h.ask('DELETE', `/v1/keys/${id}`, { headers: { 'If-Match': '"9"' } })).status,
    ).toBe(412)
    expect((await h.ask('DELETE', `/v1/keys/${id}`)).status).toBe(204)
    expect((await h.ask('GET', '/v1/audit', { key })).status).toBe(401)
    expect((await h.ask('DELETE', `/v1/keys/${id}`)).status).toBe(204)
    const journal = await h.store.journal('key', id)
    expect(journal.map(({ event, actor }) => [event, actor.id])).toEqual([
      ['key.created', 't'],
      ['key.revoked', 'key_bootstrap'],
    ])
  })

  it('of other tenants answer as those that do not exist', async () => {
    const acme = await h.key('owner', ['acme'])
    await h.key('admin', ['globex'])
    const { items } = await list()
    const there = await h.ask('DELETE', `/v1/keys/${items.at(-1)!.id}`, { key: acme })
    const nowhere = await h.ask('DELETE', '/v1/keys/key_nowhere', { key: acme })
    const bare = async (answer: Response) => ({ ...(await problemOf(answer)), requestId: '' })
    expect(await bare(there)).toEqual(await bare(nowhere))
    expect(there.status).toBe(404)
  })

  it('expire at their time', async () => {
    const expiresAt = '2026-11-24T13:00:00+00:00'
    const made = await make({ name: 'short', role: 'auditor', tenants: 'all', expiresAt })
    const { key } = (await made.json()) as { key: string }
    h.now.ms += 3_599_999
    expect((await h.ask('GET', '/v1/audit', { key })).status).toBe(200)
    h.now.ms += 1
    expect((await h.ask('GET', '/v1/audit', { key })).status).toBe(401)
  })

  it('that come from a setting are taken away there', async () => {
    const own = await start([], { bootstrapKeySet: true })
    expect(await codeOf(await own.ask('DELETE', '/v1/keys/key_bootstrap'))).toBe('key-from-setting')
    expect((await own.ask('GET', '/v1/keys')).status).toBe(200)
    await own.end()
  })
})
