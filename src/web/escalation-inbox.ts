/** The cases of a reader's tenants: those that wait for this reader first. */
import { z } from 'zod'
import { EscalationState } from '../../machines/escalation.record.ts'
import type { Ctx } from '../workflow/context.ts'
import { countEscalations, listEscalations } from '../workflow/escalation-list.ts'
import { escalationView } from '../workflow/escalation-view.ts'
import type { EscalationView } from '../workflow/escalation-view.ts'
import type { Look } from './look.ts'

/** An address that somebody has changed by hand shows the whole inbox. */
export const InboxQuery = z.object({
  state: EscalationState.optional().catch(undefined),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional()
    .catch(undefined),
})
export type InboxQuery = z.infer<typeof InboxQuery>

export interface Inbox {
  /** Waits for this reader, oldest first. */
  needing: EscalationView[]
  needingCount: number
  /** Open, and somebody else's turn; or all there are of the state that was asked for. */
  others: EscalationView[]
  othersCount: number
  closedCount: number
  nextCursor: string | null
}

const FOR_ADMIN: readonly EscalationState[] = ['collecting', 'ready', 'needsInfo']
const FOR_SUPPORT: readonly EscalationState[] = ['submitted', 'acknowledged']
const CLOSED: readonly EscalationState[] = ['resolved', 'withdrawn']
const MOST = 50

/** Whose turn a case has to be to wait for this reader. Who only reads is waited for by none. */
export function waitingStates({ may }: Pick<Look, 'may'>): readonly EscalationState[] {
  if (may('escalations.write')) return FOR_ADMIN
  return may('escalations.handle') ? FOR_SUPPORT : []
}

export async function inboxOf(ctx: Ctx, look: Look, query: InboxQuery): Promise<Inbox> {
  const { state, cursor } = query
  const mine = waitingStates(look)
  if (state !== undefined) {
    const page = await listEscalations(ctx, { state, cursor, limit: MOST })
    const othersCount = await countEscalations(ctx, [state])
    const others = page.items.map(escalationView)
    const empty = { needing: [], needingCount: 0, closedCount: 0 }
    return { ...empty, others, othersCount, nextCursor: page.nextCursor }
  }
  const theirs = [...FOR_SUPPORT, ...FOR_ADMIN].filter((one) => !mine.includes(one))
  const count = (states: readonly EscalationState[]): Promise<number> =>
    states.length === 0 ? Promise.resolve(0) : countEscalations(ctx, states)
  return {
    needing: await listed(ctx, mine),
    needingCount: await count(mine),
    others: await listed(ctx, theirs),
    othersCount: await count(theirs),
    closedCount: await count(CLOSED),
    nextCursor: null,
  }
}

async function listed(ctx: Ctx, states: readonly EscalationState[]): Promise<EscalationView[]> {
  const pages = await Promise.all(
    states.map((state) => listEscalations(ctx, { state, limit: MOST })),
  )
  return pages
    .flatMap(({ items }) => items.map(escalationView))
    .toSorted((a, b) => a.changedAt.localeCompare(b.changedAt))
    .slice(0, MOST)
}
