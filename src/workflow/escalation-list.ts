/** Support's inbox: the cases somebody may see, by state. */
import type { EscalationState } from '../../machines/escalation.record.ts'
import { parseEscalation } from '../../machines/escalation.record.ts'
import type { Ctx } from './context.ts'
import { maySee } from './escalation-advance.ts'
import type { HeldEscalation } from './escalation-advance.ts'

const MOST_COUNTED = 1000

/** How many there are, told by their heads alone: no record is opened. Above the bound: the bound. */
export async function countEscalations(
  ctx: Pick<Ctx, 'store' | 'scope' | 'actor'>,
  states: readonly EscalationState[],
): Promise<number> {
  const { tenants } = ctx.scope
  const { items } = await ctx.store.list('escalation', {
    labels: { state: states, ...(tenants === 'all' ? {} : { tenantId: [...tenants, ''] }) },
    limit: MOST_COUNTED,
  })
  return items.filter(
    ({ labels }) =>
      tenants === 'all' || labels['tenantId'] !== '' || labels['openedBy'] === ctx.actor.id,
  ).length
}

export async function listEscalations(
  ctx: Ctx,
  query: {
    limit: number
    cursor?: string | undefined
    state?: EscalationState | undefined
    connectionId?: string | undefined
  },
): Promise<{ items: HeldEscalation[]; nextCursor: string | null }> {
  const { tenants } = ctx.scope
  const page = await ctx.store.list('escalation', {
    labels: {
      // One that belongs to no tenant yet is its opener's: told apart below.
      ...(tenants === 'all' ? {} : { tenantId: [...tenants, ''] }),
      ...(query.state === undefined ? {} : { state: [query.state] }),
      ...(query.connectionId === undefined ? {} : { connectionId: [query.connectionId] }),
    },
    limit: query.limit,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  })
  const stored = await Promise.all(
    page.items.map(async ({ id }) => ({ id, found: await ctx.store.load('escalation', id) })),
  )
  const items = stored.flatMap(({ id, found }) => {
    if (found === null) return []
    const record = parseEscalation(found.record)
    return maySee(ctx, record) ? [{ id, revision: found.head.revision, record }] : []
  })
  return { items, nextCursor: page.nextCursor }
}
