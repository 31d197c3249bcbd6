/** Wrong tenant stops everything at once, whoever noticed it. */
import type { Mismatch } from '../../machines/rotation.facts.ts'
import { advance } from './advance.ts'
import type { Held } from './advance.ts'
import type { Ctx } from './context.ts'
import { holdConnection } from './tenant-hold.ts'

export async function haltOnMismatch(
  ctx: Ctx,
  held: Held,
  mismatches: readonly Mismatch[],
): Promise<Held> {
  if (mismatches.length === 0) return held
  const told = mismatches.slice(0, 20)
  await holdConnection(ctx, held.record.facts.connectionId, told)
  return advance(ctx, held, { type: 'tenant.mismatched', mismatches: told })
}

export function unique(mismatches: readonly Mismatch[]): Mismatch[] {
  return [...new Map(mismatches.map((m) => [`${m.source} ${m.found}`, m])).values()]
}
