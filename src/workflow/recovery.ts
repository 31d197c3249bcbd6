/**
 * What a crash left half done. Intents are committed before effects, so each is found again here:
 * at start, and by the next attempt.
 */
import type { Portal } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import { advanceWithResult, loadRotation } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { atPortal, readPortal } from './reading.ts'
import { isDead } from '../../machines/rotation.policy.ts'
import { roles } from '../../machines/rotation.facts.ts'
import { concludeRevocation } from './rotation-revoke.ts'

/**
 * A token created under this rotation's name that was never recorded: its value was shown to nobody,
 * so it is the one kind of token Interlock may revoke by itself.
 */
export async function cleanUpCreation(ctx: Ctx, held: Held, portal: Portal): Promise<Held> {
  const { creation, newToken } = held.record.facts
  if (creation === null) return held
  const { items } = await atPortal(() => portal.list())
  const orphans = items.filter(
    (token) => token.name === creation.name && token.id !== newToken?.id && token.status === 'live',
  )
  for (const orphan of orphans) await atPortal(() => portal.revoke(orphan.id))
  const fault = orphans.length === 0 ? 'nothing-was-created' : 'orphan-revoked'
  return advanceWithResult(ctx, held, { type: 'creation.failed', fault })
}

/**
 * Finishes what can be finished without a person: an orphan is revoked, a revocation that happened is
 * recorded. One that did not happen is never repeated here: it has to be confirmed again, against
 * fresh data. Returns the ids that could not be looked at, to be tried by the next verb on them.
 */
export async function recover(ctx: Ctx): Promise<string[]> {
  const left: string[] = []
  let cursor: string | undefined
  do {
    const page = await ctx.store.list('rotation', {
      labels: { pending: ['creation', 'revocation'], status: ['active'] },
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const head of page.items) {
      if (!(await recoverOne(ctx, head.id))) left.push(head.id)
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return left
}

async function recoverOne(ctx: Ctx, id: string): Promise<boolean> {
  try {
    const held = await loadRotation(ctx, id)
    const { facts } = held.record
    if (!facts.portal.observable) return true
    const connection = await loadConnection(ctx, facts.connectionId)
    const portal = ctx.portals.open(connection.id, connection.record)
    if (facts.creation !== null) {
      await cleanUpCreation(ctx, held, portal)
      return true
    }
    const reading = await readPortal(portal, facts)
    if (isDead(reading[roles(facts).retire].status)) await concludeRevocation(ctx, held, reading)
    return true
  } catch (error) {
    if (error instanceof ProblemError) return false
    throw error
  }
}
