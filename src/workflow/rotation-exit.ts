/** The ways out, and the second person's word. */
import { isOpen } from '../../machines/kernel.ts'
import { advance, loadForChange } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { tryReadUses } from './reading.ts'
import { carryOut } from './rotation-revoke.ts'
import { liftHold } from './tenant-hold.ts'

export interface Reasoned {
  reason: string
}

export async function halt(ctx: Ctx, id: string, expected: number, input: Reasoned): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  return advance(ctx, held, { type: 'rotation.halted', reason: input.reason })
}

export async function resume(
  ctx: Ctx,
  id: string,
  expected: number,
  input: Reasoned,
): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  const wasWrongTenant = held.record.facts.halted?.cause === 'tenant-mismatch'
  const after = await advance(ctx, held, { type: 'rotation.resumed', reason: input.reason })
  if (wasWrongTenant) await liftHold(ctx, held.record.facts.connectionId, input.reason)
  return after
}

/** Revokes nothing: the values are forgotten, the tokens live on, and the view says so. */
export async function abandon(
  ctx: Ctx,
  id: string,
  expected: number,
  input: Reasoned,
): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  const after = await advance(ctx, held, { type: 'rotation.abandoned', reason: input.reason })
  ctx.vault.wipe(id)
  return after
}

/** Before the IdP was updated the new token is simply taken back; after it, the same interlock runs mirrored. */
export async function rollBack(
  ctx: Ctx,
  id: string,
  expected: number,
  input: Reasoned,
): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  const connection = await loadConnection(ctx, held.record.facts.connectionId)
  const portal = ctx.portals.open(connection.id, connection.record)
  const reading = isOpen(held.record.step, 'roll-back.started')
    ? await tryReadUses(portal, held.record.facts)
    : null
  const after = await advance(ctx, held, {
    type: 'roll-back.started',
    reason: input.reason,
    reading,
  })
  return after.record.step === 'revokingNewToken' ? carryOut(ctx, after, portal) : after
}

export async function approve(ctx: Ctx, id: string, expected: number): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  return advance(ctx, held, { type: 'revocation.approved' })
}
