/** Was this token seen before, in any rotation of any tenant? Told by its fingerprint; nothing else of it is kept. */
import { parseRotation } from '../../machines/records.ts'
import type { Mismatch } from '../../machines/rotation.facts.ts'
import type { Secret } from '../secret.ts'
import type { Ctx } from './context.ts'

export interface Recognised {
  /** Null: the rotation it was seen in is over, and it stayed: it is simply the token in use. */
  match: 'old-token' | 'new-token' | null
  /** The portal's id of it, where that is known. */
  portalId: string | null
  /** It was seen in another tenant. Which one is not said to whoever may not see that tenant. */
  mismatch: Mismatch | null
}

/** Null: never seen. With a connection of its own that says nothing yet, so it is not held against it. */
export async function recogniseToken(
  ctx: Ctx,
  tenantId: string,
  token: Secret,
): Promise<Recognised | null> {
  const fingerprint = ctx.fingerprint(token)
  for (const role of ['newToken', 'oldToken'] as const) {
    const { items } = await ctx.store.list('rotation', {
      labels: { [role]: [fingerprint] },
      limit: 200,
    })
    const latest = items.at(-1)
    if (latest === undefined) continue
    const stored = await ctx.store.load('rotation', latest.id)
    if (stored === null) continue
    const { facts, step } = parseRotation(stored.record)
    const found = ctx.scope.allows(facts.tenantId) ? facts.tenantId : 'another tenant'
    const ended = step === 'rotated' && role === 'newToken'
    return {
      match: ended ? null : role === 'oldToken' ? 'old-token' : 'new-token',
      portalId: (role === 'oldToken' ? facts.oldToken : facts.newToken)?.id ?? null,
      mismatch:
        facts.tenantId === tenantId
          ? null
          : { source: 'token-metadata', expected: tenantId, found },
    }
  }
  return null
}

/** Does this rotation know the fingerprint of the portal's token with that id? */
export async function hasFingerprint(
  ctx: Ctx,
  rotationId: string,
  portalId: string,
): Promise<boolean> {
  const stored = await ctx.store.load('rotation', rotationId)
  if (stored === null) return false
  const { oldToken, newToken } = parseRotation(stored.record).facts
  return [oldToken, newToken].some((ref) => ref?.id === portalId && ref.fingerprint !== null)
}
