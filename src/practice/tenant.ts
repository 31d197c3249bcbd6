/** The tenants of a practice provider: each has its own people, groups and portal credentials. */
import { randomBytes, randomUUID } from 'node:crypto'
import { Secret } from '../secret.ts'

/** A SCIM resource without `id` and `meta`, which belong to the provider. */
export type Body = Readonly<Record<string, unknown>>

export interface Stored {
  readonly id: string
  readonly body: Body
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly lastModified: number
  readonly version: number
}

export interface Shelf {
  readonly all: ReadonlyMap<string, Stored>
  /** Without an id it creates. An equal body changes nothing, `lastModified` included. */
  put(id: string | undefined, body: Body): Stored
  remove(id: string): boolean
}

export interface Tenant {
  readonly id: string
  readonly users: Shelf
  readonly groups: Shelf
  /** Sent as `Authorization: Bearer` to the portal. */
  readonly credential: Secret
  /** The portal's log-in takes the tenant's id as `org_id`. */
  readonly password: Secret
}

/** The provider runs inside a program that has better uses for its memory. */
const FULL = 2000

/** No room, or no such resource to replace. */
export class ShelfRefusal extends Error {
  override readonly name = 'ShelfRefusal'
  readonly why: 'full' | 'missing'

  constructor(why: 'full' | 'missing') {
    super(why)
    this.why = why
  }
}

export function createTenant(id: string, clock: () => number): Tenant {
  const secret = () => new Secret(`practice-${randomBytes(18).toString('base64url')}`)
  return {
    id,
    users: createShelf(clock),
    groups: createShelf(clock),
    credential: secret(),
    password: secret(),
  }
}

function createShelf(clock: () => number): Shelf {
  const all = new Map<string, Stored>()
  return {
    all,
    put(id, body) {
      const before = id === undefined ? undefined : all.get(id)
      if (id !== undefined && before === undefined) throw new ShelfRefusal('missing')
      if (before === undefined && all.size >= FULL) throw new ShelfRefusal('full')
      if (before !== undefined && JSON.stringify(before.body) === JSON.stringify(body))
        return before
      const now = clock()
      const stored: Stored = {
        id: before?.id ?? randomUUID(),
        body,
        createdAt: before?.createdAt ?? now,
        lastModified: now,
        version: (before?.version ?? 0) + 1,
      }
      all.set(stored.id, stored)
      return stored
    },
    remove: (id) => all.delete(id),
  }
}
