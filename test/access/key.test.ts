import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BOOTSTRAP_KEY_ID, seedBootstrapKey } from '../../src/access/bootstrap-key.ts'
import { keyedDigest, sameDigest } from '../../src/access/derived-key.ts'
import { createKeys, INTERLOCK } from '../../src/access/key.ts'
import { keyLabels, parseKeyRecord } from '../../src/access/key-record.ts'
import { Secret } from '../../src/secret.ts'
import { BOOTSTRAP, start } from '../http/harness.ts'
import type { Harness } from '../http/harness.ts'

let h: Harness
beforeEach(async () => {
  h = await start()
})
afterEach(() => h.end())

const order = { name: 'n', role: 'admin', tenants: ['acme'], expiresAt: null } as const
const mint = (over: object = {}) => h.keys.mint({ ...order, tenants: ['acme'], ...over }, INTERLOCK)

describe('a key', () => {
  it('is recognised as who holds it, with their tenants', async () => {
    const { id, value } = await mint()
    const principal = await h.keys.authenticate(value)
    expect(principal).toMatchObject({ actor: { kind: 'key', id, name: 'n' }, role: 'admin' })
    expect(principal!.scope.allows('acme')).toBe(true)
    expect(principal!.scope.allows('globex')).toBe(false)
  })

  it('is another one when a character differs, or under another INTERLOCK_SECRET', async () => {
    const { value } = await mint()
    const text = value.reveal()
    const swapped = text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A')
    expect(await h.keys.authenticate(new Secret(swapped))).toBeNull()
    expect(await h.keys.authenticate(new Secret(`${text} `))).toBeNull()
    const other = createKeys({
      store: h.store,
      secret: new Secret('another secret, as long as the first one'),
      clock: () => h.now.ms,
    })
    expect(await other.authenticate(value)).toBeNull()
  })

  it('is stored as a digest that says nothing without the secret', async () => {
    const { id, value } = await mint()
    const stored = JSON.stringify([await h.store.load('key', id), await h.store.journal('key', id)])
    const random = value.reveal().slice(4)
    expect(stored).not.toContain(random)
    expect(stored).not.toContain(Buffer.from(random, 'base64url').toString('hex'))
  })

  it('lives until its time, and not at it', async () => {
    const { value } = await mint({ expiresAt: new Date(h.now.ms + 1000).toISOString() })
    h.now.ms += 999
    expect(await h.keys.authenticate(value)).not.toBeNull()
    h.now.ms += 1
    expect(await h.keys.authenticate(value)).toBeNull()
  })

  it('is revoked by two at once just once', async () => {
    const { id, value } = await mint()
    await Promise.all([h.keys.revoke(id, INTERLOCK), h.keys.revoke(id, INTERLOCK)])
    expect(await h.keys.authenticate(value)).toBeNull()
    expect(await h.store.journal('key', id)).toHaveLength(2)
    await h.keys.revoke('key_nowhere', INTERLOCK)
  })

  it('has an id that follows those before it', async () => {
    const ids: string[] = []
    for (let i = 0; i < 40; i += 1) ids.push((await mint()).id)
    expect(ids).toEqual(ids.toSorted())
  })
})

describe('a key record', () => {
  it('is refused in any other shape or version', async () => {
    const { id } = await mint()
    const good = (await h.keys.load(id))!.record
    expect(parseKeyRecord(good)).toEqual(good)
    expect(Object.keys(keyLabels(good)).toSorted()).toEqual(['digest', 'revoked', 'role'])
    const bad = [
      null,
      { ...good, version: 2 },
      { ...good, extra: 1 },
      { ...good, value: 'ilk_x' },
      { ...good, digest: 'abc' },
      { ...good, tenants: [] },
      { ...good, role: 'root' },
      { ...good, expiresAt: '2026-01-01T00:00:00Z' },
      { ...good, revokedAt: undefined },
    ]
    for (const record of bad) expect(() => parseKeyRecord(record), JSON.stringify(record)).toThrow()
  })
})

describe('the bootstrap key', () => {
  const seed = (value: string | null) =>
    seedBootstrapKey(value === null ? null : new Secret(value), {
      store: h.store,
      secret: h.deps.secret,
      clock: () => h.now.ms,
    })
  const works = async (value: string) => (await h.keys.authenticate(new Secret(value))) !== null
  const events = async () =>
    (await h.store.journal('key', BOOTSTRAP_KEY_ID)).map(({ event }) => event)
  const OTHER = `ilk_${'o'.repeat(32)}`

  it('is the owner of all tenants, and the same after each start', async () => {
    await seed(BOOTSTRAP)
    await seed(BOOTSTRAP)
    expect(await h.keys.authenticate(new Secret(BOOTSTRAP))).toMatchObject({
      role: 'owner',
      scope: { tenants: 'all' },
    })
    expect(await events()).toEqual(['key.created'])
  })

  it('changes with its setting', async () => {
    await seed(OTHER)
    expect([await works(OTHER), await works(BOOTSTRAP)]).toEqual([true, false])
    expect(await events()).toEqual(['key.created', 'key.replaced'])
  })

  it('outlives its setting, can then be revoked, and comes back with it', async () => {
    await seed(null)
    expect(await works(BOOTSTRAP)).toBe(true)
    await h.keys.revoke(BOOTSTRAP_KEY_ID, INTERLOCK)
    await seed(null)
    expect(await works(BOOTSTRAP)).toBe(false)
    await seed(BOOTSTRAP)
    expect(await works(BOOTSTRAP)).toBe(true)
  })

  it('may be a key that was minted before', async () => {
    const { id, value } = await h.keys.mint({ ...order, tenants: 'all', role: 'owner' }, INTERLOCK)
    await seed(value.reveal())
    expect(await works(value.reveal())).toBe(true)
    await h.keys.revoke(id, INTERLOCK)
    expect((await h.keys.authenticate(value))?.actor.id).toBe(BOOTSTRAP_KEY_ID)
  })

  it('is what makes a first owner unnecessary', async () => {
    expect(await h.keys.hasOwner()).toBe(true)
    await h.keys.revoke(BOOTSTRAP_KEY_ID, INTERLOCK)
    expect(await h.keys.hasOwner()).toBe(false)
    await h.keys.mint({ ...order, role: 'owner', tenants: ['acme'] }, INTERLOCK)
    expect(await h.keys.hasOwner()).toBe(false)
    const expiresAt = new Date(h.now.ms + 1000).toISOString()
    await h.keys.mint({ ...order, role: 'owner', tenants: 'all', expiresAt }, INTERLOCK)
    expect(await h.keys.hasOwner()).toBe(true)
    h.now.ms += 1000
    expect(await h.keys.hasOwner()).toBe(false)
  })
})

describe('a keyed digest', () => {
  it('differs by purpose and by secret, and equals only itself', () => {
    const secret = new Secret('one secret of thirty-two characters')
    const a = keyedDigest(secret, 'access-key')('x')
    expect(a).toMatch(/^[0-9a-f]{64}$/)
    expect(keyedDigest(secret, 'access-key')('x')).toBe(a)
    expect(keyedDigest(secret, 'idempotency')('x')).not.toBe(a)
    expect(
      keyedDigest(new Secret('another of thirty-two characters!!'), 'access-key')('x'),
    ).not.toBe(a)
    expect(sameDigest(a, a)).toBe(true)
    expect(sameDigest(a, `${a.slice(0, -1)}${a.endsWith('0') ? '1' : '0'}`)).toBe(false)
    expect(sameDigest('', '')).toBe(false)
    expect(sameDigest('zz', 'yy')).toBe(false)
  })
})
