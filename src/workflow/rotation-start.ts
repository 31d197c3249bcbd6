/** Starting a rotation: only where two tokens can live at once, and one at a time per connection. */
import { parseRotation } from '../../machines/records.ts'
import { start } from '../../machines/kernel.ts'
import type { StartInput } from '../../machines/kernel.ts'
import { isDead } from '../../machines/rotation.policy.ts'
import { instant } from '../../machines/vocabulary.ts'
import type { PortalListing, PortalToken } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import { activeRotationOf } from './active-rotation.ts'
import { advance } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection, save } from './connection.ts'
import type { HeldConnection } from './connection.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'
import { endHalfStart, firstCommit } from './half-start.ts'
import { identifyOldToken } from './old-token.ts'
import type { OldTokenInput } from './old-token.ts'
import { foreignTenant } from './portal-tenant.ts'
import { atPortal } from './reading.ts'
import { holdConnection, refuseWhileHeld } from './tenant-hold.ts'

interface StartOrder {
  connectionId: string
  oldToken: OldTokenInput
}

/** Asks for no revision, so a connection that changed in between is looked at again, not refused as stale. */
export async function startRotation(ctx: Ctx, input: StartOrder): Promise<Held> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(ctx, input)
    } catch (error) {
      const overtaken = error instanceof ProblemError && error.code === 'stale-revision'
      if (!overtaken || attempt === 5) throw error
    }
  }
}

async function startOnce(ctx: Ctx, input: StartOrder): Promise<Held> {
  const connection = await loadConnection(ctx, input.connectionId)
  const active = await activeRotationOf(ctx, connection.record)
  if (active !== null) {
    throw new ProblemError('rotation-in-progress', undefined, { rotationId: active.id })
  }
  refuseWhileHeld(connection.record)
  const traits = traitsOf(ctx, connection.record)
  const listing = traits.observable
    ? await atPortal(() => ctx.portals.open(connection.id, connection.record).list())
    : null
  await refuseForeign(ctx, connection, listing)
  const listed = listing?.items ?? null
  requireOverlap(traits.overlap, listed)
  const old = identifyOldToken(ctx, input.oldToken, listed)
  const id = ctx.nextId('rot')
  const at = instant(ctx.clock())
  const begun: StartInput = {
    connectionId: connection.id,
    tenantId: connection.record.tenantId,
    idp: connection.record.idp,
    pilotUser: connection.record.pilotUser,
    portal: {
      kind: connection.record.portal.kind,
      observable: traits.observable,
      overlap: traits.overlap,
      granularityMs: traits.granularitySeconds * 1000,
    },
    policy: {
      quietMs: quietMinutesOf(ctx, connection.record) * 60_000,
      secondPerson: connection.record.policy.secondPerson,
    },
    startedAt: at,
    startedBy: ctx.actor,
    oldToken: old.ref,
  }
  const record = start(begun)
  // The connection first: its revision lets only one of two people through. A crash in between leaves
  // a pointer to nothing, which the next start ends.
  await endHalfStart(ctx, connection.record, begun)
  const pointing = { ...connection.record, latestRotation: id }
  await save(ctx, connection, pointing, 'rotation.started', { rotationId: id })
  const head = await firstCommit(ctx, id, record, {
    at,
    actor: ctx.actor,
    event: 'rotation.started',
    outcome: 'applied',
    detail: { connectionId: connection.id, step: 'create' },
  })
  if (old.value !== null) ctx.vault.put(id, 'old', old.value)
  const held: Held = { id, revision: head.revision, record: parseRotation(record) }
  if (!isDead(old.status)) return held
  const how = old.status === 'expired' || old.status === 'revoked' ? old.status : 'missing'
  return advance(ctx, held, { type: 'old-token.lost', how })
}

/** A token made there would be another tenant's: the connection is held before anything is made. */
async function refuseForeign(
  ctx: Ctx,
  { id, record }: HeldConnection,
  listing: PortalListing | null,
): Promise<void> {
  const mismatches = await foreignTenant(ctx, record.tenantId, listing ?? {})
  if (mismatches.length === 0) return
  await holdConnection(ctx, id, mismatches)
  refuseWhileHeld((await loadConnection(ctx, id)).record)
}

/** What is known of this portal, with what the connection says better. */
export function traitsOf(
  ctx: Ctx,
  connection: ConnectionRecord,
): ReturnType<Ctx['portals']['traits']> {
  const traits = ctx.portals.traits(connection.portal.kind)
  return {
    ...traits,
    granularitySeconds: connection.portal.granularitySeconds ?? traits.granularitySeconds,
    overlap: connection.portal.overlap ?? traits.overlap,
  }
}

/** Unless the connection says otherwise: one whole cycle of its IdP (E7). */
export const quietMinutesOf = (ctx: Ctx, connection: ConnectionRecord): number =>
  connection.policy.quietMinutes ?? ctx.catalog.idps[connection.idp].cycle.minutes

function requireOverlap(overlap: string, listed: readonly PortalToken[] | null): void {
  if (overlap === 'multi') return
  if (overlap !== 'two-slots') {
    throw new ProblemError(
      'no-overlap',
      'Creating a token there ends the old one: there is no moment at which both work.',
    )
  }
  const live = listed?.filter((token) => token.status === 'live') ?? []
  if (live.length < 2) return
  throw new ProblemError(
    'no-overlap',
    'Both of the portal’s two slots are taken. Revoke the one that nothing uses, by its last use and age, then start again.',
  )
}
