/**
 * Our own requests use the token that stays, and the portal shows that like anybody's use. So they
 * are written down even when their outcome is refused, because somebody else's commit came first:
 * a use that was forgotten would look like the IdP's, and Interlock would verify itself.
 */
import type { OwnUse, Reading } from '../../machines/rotation.facts.ts'
import { ProblemError } from '../problem.ts'
import { advance, advanceWithResult, loadRotation } from './advance.ts'
import type { Happening, Held } from './advance.ts'
import type { Ctx } from './context.ts'

/** As `advance`, for an outcome that names the uses it cost. */
export async function advanceWithUses(
  ctx: Ctx,
  held: Held,
  happening: Happening,
  uses: OwnUse[],
): Promise<Held> {
  try {
    return await advance(ctx, held, happening)
  } catch (error) {
    // Without the reading that came with it: it may be of tokens that have other parts by now.
    await recordUses(ctx, await loadRotation(ctx, held.id), uses, null)
    throw error
  }
}

/** In whatever state the rotation is now; where it has ended, no use matters any more. */
export async function recordUses(
  ctx: Ctx,
  held: Held,
  uses: OwnUse[],
  baseline: Reading | null,
): Promise<void> {
  if (uses.length === 0) return
  try {
    await advanceWithResult(ctx, held, { type: 'own-use.recorded', uses, baseline })
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'step-not-open') return
    throw error
  }
}
