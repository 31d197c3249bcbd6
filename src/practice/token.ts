/** The practice provider's tokens. Like the real one it keeps a digest and a short prefix, never a value. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Secret } from '../secret.ts'
import { strikes } from './fault.ts'
import type { Faults } from './fault.ts'

/** Times are epoch milliseconds. */
export interface PracticeToken {
  readonly id: string
  readonly tenantId: string
  readonly name: string
  readonly prefix: string
  readonly createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
  revokedAt: number | null
}

/** How `last_used_at` is written; may be changed at run time. */
export interface Stamping {
  /** Written at most this often per token; 0 = at each request. */
  throttleSeconds: number
  truncateToMinute: boolean
}

export interface TokenBook {
  /** `expiresInDays` null: it never expires. Throws `TokenLimit` when the tenant has no free slot. */
  create(order: { tenantId: string; name: string; expiresInDays: number | null }): {
    token: PracticeToken
    value: Secret
  }
  /** Oldest first, as the portal shows them now (faults included). */
  list(tenantId: string): PracticeToken[]
  /** False when there is no such token or it is revoked already. */
  revoke(tenantId: string, id: string): boolean
  /** The live token with this value, its use stamped; null for every other value alike. */
  authenticate(value: string): PracticeToken | null
}

export class TokenLimit extends Error {
  override readonly name = 'TokenLimit'
}

const DAY = 86_400_000

export function createTokenBook(means: {
  clock: () => number
  stamping: Stamping
  faults: Faults
  /** Live tokens a tenant may have at once. */
  maxLive: number
}): TokenBook {
  const { clock, stamping, faults } = means
  const tokens = new Map<string, PracticeToken>()
  const byDigest = new Map<string, string>()

  const shown = (token: PracticeToken): PracticeToken => ({
    ...token,
    expiresAt: strikes(faults.expired, token.id) ? token.createdAt : token.expiresAt,
    revokedAt:
      token.revokedAt ??
      (strikes(faults.revokedToken, token.id) ? (token.lastUsedAt ?? token.createdAt) : null),
  })
  const isLive = (token: PracticeToken): boolean => {
    const { revokedAt, expiresAt } = shown(token)
    return revokedAt === null && (expiresAt === null || expiresAt > clock())
  }
  const of = (tenantId: string) => [...tokens.values()].filter((t) => t.tenantId === tenantId)

  function stamp(token: PracticeToken): void {
    const now = clock()
    const seen = stamping.truncateToMinute ? now - (now % 60_000) : now
    const due = (token.lastUsedAt ?? Number.NEGATIVE_INFINITY) + stamping.throttleSeconds * 1000
    if (now >= due) token.lastUsedAt = seen
  }

  return {
    create({ tenantId, name, expiresInDays }) {
      if (of(tenantId).filter(isLive).length >= means.maxLive) throw new TokenLimit()
      const value = `scim_${randomBytes(32).toString('base64url')}`
      const token: PracticeToken = {
        id: `tok_${randomUUID()}`,
        tenantId,
        name,
        prefix: value.slice(0, 9),
        createdAt: clock(),
        expiresAt: expiresInDays === null ? null : clock() + expiresInDays * DAY,
        lastUsedAt: null,
        revokedAt: null,
      }
      tokens.set(token.id, token)
      byDigest.set(digest(value), token.id)
      return { token: { ...token }, value: new Secret(value) }
    },
    list: (tenantId) => of(tenantId).map(shown),
    revoke(tenantId, id) {
      const token = tokens.get(id)
      if (token?.tenantId !== tenantId || token.revokedAt !== null) return false
      token.revokedAt = clock()
      return true
    },
    authenticate(value) {
      const token = tokens.get(byDigest.get(digest(value)) ?? '')
      if (token === undefined || !isLive(token)) return null
      stamp(token)
      return token
    },
  }
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
