/** Support's side of a case, and taking it back. */
import type { ItemName } from '../../machines/escalation.facts.ts'
import type { EscalationEventOf } from '../../machines/escalation.event.ts'
import type { Ctx } from './context.ts'
import { advanceEscalation, loadEscalationForChange } from './escalation-advance.ts'
import type { HeldEscalation } from './escalation-advance.ts'

export async function acknowledgeEscalation(
  ctx: Ctx,
  id: string,
  expected: number,
): Promise<HeldEscalation> {
  const held = await loadEscalationForChange(ctx, id, expected)
  return advanceEscalation(ctx, held, { type: 'escalation.acknowledged' })
}

/** The items have to be answered anew; without any, whatever the person adds is the answer. */
export async function requestInfo(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { items?: ItemName[] | undefined; note?: string | undefined },
): Promise<HeldEscalation> {
  const held = await loadEscalationForChange(ctx, id, expected)
  return advanceEscalation(ctx, held, {
    type: 'info.requested',
    items: [...new Set(input.items)],
    note: input.note ?? null,
  })
}

export async function resolveEscalation(
  ctx: Ctx,
  id: string,
  expected: number,
  input: {
    resolution?: EscalationEventOf<'escalation.resolved'>['resolution'] | undefined
    note?: string | undefined
  },
): Promise<HeldEscalation> {
  const held = await loadEscalationForChange(ctx, id, expected)
  return advanceEscalation(ctx, held, {
    type: 'escalation.resolved',
    resolution: input.resolution ?? 'other',
    note: input.note ?? null,
  })
}

export async function withdrawEscalation(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { note?: string | undefined },
): Promise<HeldEscalation> {
  const held = await loadEscalationForChange(ctx, id, expected)
  return advanceEscalation(ctx, held, { type: 'escalation.withdrawn', note: input.note ?? null })
}
