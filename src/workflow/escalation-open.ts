/** Opening a case: for a rotation, for a connection, or alone. What is known is filled in and named as observed. */
import { decideEscalation, startEscalation } from '../../machines/kernel.ts'
import { instant } from '../../machines/vocabulary.ts'
import { ProblemError } from '../problem.ts'
import { loadRotation } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { HeldConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import {
  advanceEscalation,
  commitEscalation,
  loadEscalationForChange,
} from './escalation-advance.ts'
import type { HeldEscalation } from './escalation-advance.ts'
import { observe, referenceOf } from './escalation-observe.ts'

export interface OpenInput {
  connectionId?: string | undefined
  rotationId?: string | undefined
}

export async function openEscalation(ctx: Ctx, input: OpenInput): Promise<HeldEscalation> {
  const { connection, rotation } = await about(ctx, input)
  const seen = connection === null ? null : await observe(ctx, connection, rotation)
  const at = instant(ctx.clock())
  const begun = startEscalation({
    tenantId: connection?.record.tenantId ?? onlyTenant(ctx),
    connectionId: connection?.id ?? null,
    rotationId: rotation?.id ?? null,
    reference: connection === null ? null : referenceOf(connection.record),
    openedAt: at,
    openedBy: ctx.actor,
  })
  const decision =
    seen === null
      ? ({ ok: true, record: begun } as const)
      : decideEscalation(begun, { type: 'items.observed', at, by: ctx.actor, ...seen })
  if (!decision.ok) throw new ProblemError('internal')
  const held = { id: ctx.nextId('esc'), revision: 0, record: begun }
  return commitEscalation(ctx, held, decision.record, {
    at,
    actor: ctx.actor,
    event: 'escalation.opened',
    outcome: 'applied',
    detail: {
      state: decision.record.step,
      items: Object.keys(seen?.items ?? {}),
      ...(connection === null ? {} : { connectionId: connection.id }),
      ...(rotation === null ? {} : { rotationId: rotation.id }),
    },
  })
}

/** Looks again: for a case that has been lying, or after support asked. */
export async function observeAgain(
  ctx: Ctx,
  id: string,
  expected: number,
): Promise<HeldEscalation> {
  const held = await loadEscalationForChange(ctx, id, expected)
  const { connectionId, rotationId } = held.record.facts
  if (connectionId === null) throw new ProblemError('nothing-to-observe')
  const { connection, rotation } = await about(ctx, {
    connectionId,
    rotationId: rotationId ?? undefined,
  })
  if (connection === null) throw new ProblemError('nothing-to-observe')
  const seen = await observe(ctx, connection, rotation)
  return advanceEscalation(ctx, held, { type: 'items.observed', ...seen })
}

async function about(
  ctx: Ctx,
  input: OpenInput,
): Promise<{ connection: HeldConnection | null; rotation: Held | null }> {
  const rotation = input.rotationId === undefined ? null : await loadRotation(ctx, input.rotationId)
  const connectionId = rotation?.record.facts.connectionId ?? input.connectionId
  if (input.connectionId !== undefined && connectionId !== input.connectionId) {
    throw new ProblemError('invalid-input', undefined, {
      errors: [{ path: 'connectionId', message: 'must be the connection of that rotation' }],
    })
  }
  const connection = connectionId === undefined ? null : await loadConnection(ctx, connectionId)
  return { connection, rotation }
}

/** Whoever holds one tenant opens cases of that tenant; otherwise it shows when the tenant is named. */
const onlyTenant = ({ scope }: Ctx): string | null => {
  if (scope.tenants === 'all') return null
  const [only, ...others] = scope.tenants
  return only === undefined || others.length > 0 ? null : only
}
