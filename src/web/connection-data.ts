/** What the connection's page shows, gathered; a portal that does not answer costs its own part only. */
import { parseRotation } from '../../machines/records.ts'
import { statusOf } from '../../machines/rotation.view.ts'
import { PortalError } from '../portals/contract.ts'
import { loadConnection } from '../workflow/connection.ts'
import type { HeldConnection } from '../workflow/connection.ts'
import type { Ctx } from '../workflow/context.ts'
import { quietMinutesOf, traitsOf } from '../workflow/rotation-start.ts'
import { spellingOf } from './base-url-word.ts'
import type { PortalToken } from '../portals/contract.ts'
import type { Entry } from '../store/contract.ts'
import type { Checked } from '../workflow/check.ts'
import type { Look } from './look.ts'
import type { Refused } from './refusal.tsx'

export interface ConnectionData {
  look: Look
  held: HeldConnection
  /** The latest rotation, whatever became of it. */
  latest: { id: string; status: string; startedAt: string } | null
  portal: { tokens: readonly PortalToken[]; readAt: string } | { fault: string } | 'manual'
  quietMinutes: number
  spelling: readonly string[]
  journal: readonly Entry[]
  checked: Checked | null
  refused: Refused | null
}

export async function connectionData(
  ctx: Ctx,
  id: string,
  more: Pick<ConnectionData, 'look' | 'checked' | 'refused'>,
): Promise<ConnectionData> {
  const held = await loadConnection(ctx, id)
  const { record } = held
  const [latest, portal, journal] = await Promise.all([
    latestOf(ctx, record.latestRotation),
    portalOf(ctx, held),
    ctx.store.journal('connection', id),
  ])
  const spelling = spellingOf({
    scimBaseUrl: record.scimBaseUrl,
    portalUrl: record.portal.url ?? undefined,
    environment: record.environment ?? undefined,
  })
  return {
    ...more,
    held,
    latest,
    portal,
    journal,
    quietMinutes: quietMinutesOf(ctx, record),
    spelling: spelling.notes,
  }
}

async function latestOf(ctx: Ctx, id: string | null): Promise<ConnectionData['latest']> {
  const stored = id === null ? null : await ctx.store.load('rotation', id)
  if (id === null || stored === null) return null
  const record = parseRotation(stored.record)
  return { id, status: statusOf(record), startedAt: record.facts.startedAt }
}

async function portalOf(ctx: Ctx, held: HeldConnection): Promise<ConnectionData['portal']> {
  if (!traitsOf(ctx, held.record).observable) return 'manual'
  try {
    const { items, readAt } = await ctx.portals.open(held.id, held.record).list()
    return { tokens: items, readAt }
  } catch (error) {
    if (error instanceof PortalError) return { fault: error.fault }
    throw error
  }
}
