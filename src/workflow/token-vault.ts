/**
 * Token values while a rotation needs them: in memory only, per rotation and role, for a limited
 * time. After a restart it is empty; Interlock then asks again and recognises the value by its
 * fingerprint. Nothing here is ever serialised.
 */
import type { TokenRole } from '../../machines/vocabulary.ts'
import type { Secret } from '../secret.ts'

/** Longer than a quiet window of one IdP cycle, shorter than a night. */
export const VAULT_MINUTES = 240

export interface TokenVault {
  put(rotationId: string, role: TokenRole, value: Secret): void
  get(rotationId: string, role: TokenRole): Secret | null
  /** The rotation is over, or the token was replaced. */
  wipe(rotationId: string, role?: TokenRole): void
}

export function createTokenVault(clock: () => number): TokenVault {
  const held = new Map<string, { value: Secret; until: number }>()
  const sweep = (): void => {
    for (const [key, { until }] of held) if (until <= clock()) held.delete(key)
  }
  return {
    put(rotationId, role, value) {
      sweep()
      held.set(`${rotationId} ${role}`, { value, until: clock() + VAULT_MINUTES * 60_000 })
    },
    get(rotationId, role) {
      sweep()
      return held.get(`${rotationId} ${role}`)?.value ?? null
    },
    wipe(rotationId, role) {
      for (const each of role === undefined ? (['old', 'new'] as const) : [role]) {
        held.delete(`${rotationId} ${each}`)
      }
    },
  }
}
