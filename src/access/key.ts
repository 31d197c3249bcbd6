/** Access keys: made, recognised, listed, revoked. A key's value exists in `mint`'s answer only. */
import { randomBytes } from 'node:crypto'
import { instant, ms } from '../../machines/vocabulary.ts'
import type { Actor } from '../../machines/vocabulary.ts'
import { Secret } from '../secret.ts'
import { StaleRevision } from '../store/contract.ts'
import type { NewEntry, Page, Store } from '../store/contract.ts'
import { keyedDigest, sameDigest } from './derived-key.ts'
import { parseKeyRecord } from './key-record.ts'
import type { KeyRecord } from './key-record.ts'
import type { Role } from './role.ts'
import { scopeOf } from './scope.ts'
import type { Scope, Tenants } from './scope.ts'

/** Somebody who showed a live key. */
export interface Principal {
  readonly actor: Actor
  readonly role: Role
  readonly scope: Scope
}

export interface KeyOrder {
  name: string
  role: Role
  tenants: Tenants
  expiresAt: string | null
}

export interface HeldKey {
  revision: number
  record: KeyRecord
}

export interface Keys {
  /** Null: unknown, expired or revoked; which of them is nobody's business. */
  authenticate(value: Secret): Promise<Principal | null>
  /** True when this very key was recognised before, by this process. It need not still be good. */
  wasSeen(value: Secret): boolean
  mint(order: KeyOrder, by: Actor): Promise<{ id: string; value: Secret }>
  load(id: string): Promise<HeldKey | null>
  list(query: { limit: number; cursor?: string }): Promise<{
    items: HeldKey[]
    nextCursor: string | null
  }>
  /** Takes effect with the next request. A revoked key stays revoked. */
  revoke(id: string, by: Actor): Promise<void>
  /** Whether anybody could sign in as owner now. */
  hasOwner(): Promise<boolean>
}

export interface KeyDeps {
  store: Store
  /** INTERLOCK_SECRET. */
  secret: Secret
  clock: () => number
}

/** More keys than any house hands out; then they are read anew. */
const MOST_READ = 5_000

/** The program itself, where no person acted. */
export const INTERLOCK: Actor = { kind: 'system', id: 'interlock', name: 'Interlock' }

/** `ilk_` and 32 random bytes. */
const newKeyValue = (): Secret => new Secret(`ilk_${randomBytes(32).toString('base64url')}`)

/** Ids begin with their time of creation and a counter, so that later ids are greater text. */
function keyIds(clock: () => number): () => string {
  let at = 0
  let count = 0
  const digits = (value: number, width: number) => value.toString(36).padStart(width, '0')
  return () => {
    const now = Math.max(clock(), at)
    count = now === at ? count + 1 : 0
    at = now
    return `key_${digits(at, 9)}${digits(count, 4)}${randomBytes(9).toString('base64url')}`
  }
}

export const isLive = (record: KeyRecord, now: number): boolean =>
  record.revokedAt === null && (record.expiresAt === null || now < ms(record.expiresAt))

/** Journal lines about keys name the role, the id stands beside them; the digest is in no journal. */
export const keyEntry = (event: string, record: KeyRecord, at: string, by: Actor): NewEntry => ({
  at,
  actor: by,
  event,
  outcome: 'applied',
  detail: { role: record.role },
})

export function createKeys({ store, secret, clock }: KeyDeps): Keys {
  const digest = keyedDigest(secret, 'access-key')
  const nextId = keyIds(clock)
  const seen = new Set<string>()

  const load = async (id: string): Promise<HeldKey | null> => {
    const stored = await store.load('key', id)
    if (stored === null) return null
    return { revision: stored.head.revision, record: parseKeyRecord(stored.record) }
  }

  const loadAll = async (page: Page): Promise<HeldKey[]> => {
    const held = await Promise.all(page.items.map((head) => load(head.id)))
    return held.filter((key) => key !== null)
  }

  /** Every request shows a key: its record is read once per revision. A revocation is a new revision. */
  const read = new Map<string, HeldKey>()
  const readAgain = async ({ id, revision }: Page['items'][number]): Promise<HeldKey | null> => {
    const known = read.get(id)
    if (known?.revision === revision) return known
    const held = await load(id)
    if (read.size >= MOST_READ) read.clear()
    if (held !== null) read.set(id, held)
    return held
  }

  return {
    load,
    wasSeen: (value) => seen.has(digest(value.reveal())),

    async authenticate(value) {
      const shown = digest(value.reveal())
      const page = await store.list('key', { labels: { digest: [shown] }, limit: 10 })
      // Two records share a digest when a minted key was made the bootstrap key later; one may be revoked.
      let record: KeyRecord | null = null
      for (const head of page.items) {
        const held = await readAgain(head)
        const fits = held !== null && sameDigest(held.record.digest, shown)
        if (fits && isLive(held.record, clock())) record ??= held.record
      }
      if (record === null) return null
      seen.add(shown)
      return {
        actor: { kind: 'key', id: record.id, name: record.name },
        role: record.role,
        scope: scopeOf(record.tenants),
      }
    },

    async mint({ name, role, tenants, expiresAt }, by) {
      const now = clock()
      const value = newKeyValue()
      const record = parseKeyRecord({
        version: 1,
        id: nextId(),
        name,
        role,
        tenants: tenants === 'all' ? tenants : [...new Set(tenants)],
        digest: digest(value.reveal()),
        createdAt: instant(now),
        createdBy: by,
        expiresAt,
        revokedAt: null,
      })
      const entry = keyEntry('key.created', record, record.createdAt, by)
      await store.commit('key', record.id, 0, record, entry)
      return { id: record.id, value }
    },

    async list(query) {
      const page = await store.list('key', query)
      return { items: await loadAll(page), nextCursor: page.nextCursor }
    },

    async revoke(id, by) {
      for (;;) {
        const key = await load(id)
        if (key === null || key.record.revokedAt !== null) return
        const at = instant(clock())
        const record = { ...key.record, revokedAt: at }
        try {
          await store.commit(
            'key',
            id,
            key.revision,
            record,
            keyEntry('key.revoked', record, at, by),
          )
          return
        } catch (error) {
          // Somebody else changed it meanwhile; revoking is right whatever they did, so look again.
          if (!(error instanceof StaleRevision)) throw error
        }
      }
    },

    async hasOwner() {
      const page = await store.list('key', {
        labels: { role: ['owner'], revoked: ['no'] },
        limit: 500,
      })
      const owners = await loadAll(page)
      return owners.some(({ record }) => isLive(record, clock()) && record.tenants === 'all')
    },
  }
}
