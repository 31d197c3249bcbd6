/** The practice portal's log-in: five attempts a minute, sessions of a day, as AxonFlow documents. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret } from '../secret.ts'
import type { Tenant } from './tenant.ts'

export interface Sessions {
  /** `throttled` counts every attempt, good or bad. */
  open(
    orgId: string,
    password: string,
  ): { value: Secret; expiresAt: number } | 'refused' | 'throttled'
  tenantOf(value: string): string | null
  /** Everybody is logged out, as after a restart of the portal. */
  clear(): void
}

const ATTEMPTS_PER_MINUTE = 5
const LASTS_MS = 86_400_000

export function createSessions(means: {
  clock: () => number
  tenants: ReadonlyMap<string, Tenant>
}): Sessions {
  const { clock, tenants } = means
  const open = new Map<string, { tenantId: string; expiresAt: number }>()
  let attempts: number[] = []

  return {
    open(orgId, password) {
      const now = clock()
      attempts = attempts.filter((at) => now - at < 60_000)
      if (attempts.length >= ATTEMPTS_PER_MINUTE) return 'throttled'
      attempts.push(now)
      const tenant = tenants.get(orgId)
      if (tenant === undefined || !sameText(tenant.password.reveal(), password)) return 'refused'
      const value = randomBytes(24).toString('base64url')
      const expiresAt = now + LASTS_MS
      open.set(digest(value), { tenantId: tenant.id, expiresAt })
      return { value: new Secret(value), expiresAt }
    },
    tenantOf(value) {
      const session = open.get(digest(value))
      return session !== undefined && session.expiresAt > clock() ? session.tenantId : null
    },
    clear: () => open.clear(),
  }
}

/** In constant time, and for texts of any length. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)))
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
