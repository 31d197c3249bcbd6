/** The view of a rotation together with what its connection knows: base URL and the IdP's screen. */
import { parseConnectionRecord } from './connection.record.ts'
import type { Held } from './advance.ts'
import type { Ctx } from './context.ts'
import { viewOf } from './rotation-view.ts'
import type { RotationView } from './rotation-view.ts'

export async function showRotation(ctx: Ctx, held: Held): Promise<RotationView> {
  const stored = await ctx.store.load('connection', held.record.facts.connectionId)
  const connection = stored === null ? null : parseConnectionRecord(stored.record)
  return viewOf(ctx, held, connection?.scimBaseUrl ?? '', connection?.idpScreen ?? null)
}
