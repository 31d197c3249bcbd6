/** A person saw events arrive somewhere else: as hard a stop as one that was measured. */
import { activeRotationOf } from './active-rotation.ts'
import { loadConnection } from './connection.ts'
import type { HeldConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { haltOnMismatch } from './mismatch.ts'
import { holdConnection } from './tenant-hold.ts'

export async function reportMismatch(
  ctx: Ctx,
  id: string,
  { found }: { found: string },
): Promise<HeldConnection> {
  const { record } = await loadConnection(ctx, id)
  const mismatches = [{ source: 'person' as const, expected: record.tenantId, found }]
  const active = await activeRotationOf(ctx, record)
  if (active === null || active.record.step === 'halted') await holdConnection(ctx, id, mismatches)
  else await haltOnMismatch(ctx, active, mismatches)
  return loadConnection(ctx, id)
}
