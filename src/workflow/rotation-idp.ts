/** Step 2. Somebody says the IdP holds the token that stays: this moment is the cutover. */
import { isOpen } from '../../machines/kernel.ts'
import { advance, loadForChange } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { noticeLoss, tryReadPortal } from './reading.ts'

export async function updateIdp(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { note?: string | undefined },
): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  const connection = await loadConnection(ctx, held.record.facts.connectionId)
  const portal = ctx.portals.open(connection.id, connection.record)
  // Read before the cutover is set: whatever moves afterwards was used after it, by the portal's own clock.
  const reading = isOpen(held.record.step, 'idp.updated')
    ? await tryReadPortal(portal, held.record.facts)
    : null
  const after = await advance(ctx, held, { type: 'idp.updated', note: input.note ?? null, reading })
  return noticeLoss(ctx, after, reading)
}
