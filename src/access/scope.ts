/** Which tenants somebody may touch. Another tenant's thing answers as one that does not exist. */
import { z } from 'zod'

/** As service providers name their tenants: one word, nothing that needs escaping. */
export const TenantId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/)

export const Tenants = z.union([z.literal('all'), z.array(TenantId).min(1).max(100)])
export type Tenants = z.infer<typeof Tenants>

export interface Scope {
  readonly tenants: Tenants
  allows(tenantId: string): boolean
  /** True when everything in `other` is allowed here: nobody hands out more than they hold. */
  covers(other: Tenants): boolean
}

export function scopeOf(tenants: Tenants): Scope {
  if (tenants === 'all') return { tenants, allows: () => true, covers: () => true }
  const allowed = new Set(tenants)
  return {
    tenants: [...allowed],
    allows: (tenantId) => allowed.has(tenantId),
    covers: (other) => other !== 'all' && other.every((tenantId) => allowed.has(tenantId)),
  }
}
