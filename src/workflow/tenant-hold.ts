/**
 * Wrong tenant is a hard stop for the whole connection: its running rotation is halted, and no other
 * starts, until a named person has said why it may go on. Fixing the base URL does not lift it by itself.
 */
import type { Mismatch } from '../../machines/rotation.facts.ts'
import { instant } from '../../machines/vocabulary.ts'
import { ProblemError } from '../problem.ts'
import { loadConnection, save } from './connection.ts'
import type { HeldConnection } from './connection.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'

/** 409, saying exactly what did not match. */
export function refuseWhileHeld(connection: ConnectionRecord): void {
  if (connection.hold === null) return
  const said = connection.hold.mismatches
    .map((m) => `${m.source}: ${m.expected} was expected, ${m.found} was found`)
    .join('; ')
  throw new ProblemError('tenant-mismatch', `Since ${connection.hold.at}. ${said}.`)
}

/** Written whoever else writes at the same time: a stop must not be lost to a lost race. */
export async function holdConnection(
  ctx: Ctx,
  id: string,
  mismatches: readonly Mismatch[],
): Promise<void> {
  await change(ctx, id, 'tenant.mismatched', detailOf(mismatches), (record) => ({
    ...record,
    hold: { at: instant(ctx.clock()), by: ctx.actor, mismatches: mismatches.slice(0, 20) },
  }))
}

export async function liftHold(ctx: Ctx, id: string, reason: string): Promise<HeldConnection> {
  return change(ctx, id, 'tenant.confirmed', { reason }, (record) => ({ ...record, hold: null }))
}

/** The verb for a connection that has no rotation to resume. */
export async function confirmTenant(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { reason: string },
): Promise<HeldConnection> {
  const held = await loadConnection(ctx, id)
  if (held.revision !== expected) {
    throw new ProblemError('stale-revision', undefined, { currentRevision: held.revision })
  }
  return held.record.hold === null ? held : liftHold(ctx, id, input.reason)
}

const detailOf = (mismatches: readonly Mismatch[]): { mismatches: string[] } => ({
  mismatches: mismatches.map((m) => `${m.source}: ${m.expected} ≠ ${m.found}`),
})

async function change(
  ctx: Ctx,
  id: string,
  event: string,
  detail: Record<string, string | string[]>,
  changed: (record: ConnectionRecord) => ConnectionRecord,
): Promise<HeldConnection> {
  for (let attempt = 0; ; attempt += 1) {
    const held = await loadConnection(ctx, id)
    try {
      return await save(ctx, held, changed(held.record), event, detail)
    } catch (error) {
      const lost = error instanceof ProblemError && error.code === 'stale-revision'
      if (!lost || attempt === 9) throw error
    }
  }
}
