/**
 * load → decide → commit, for cases: the only writer of escalations. A refused event is journaled too.
 * Another tenant's case does not exist; one that belongs to no tenant yet is its opener's.
 */
import { decideEscalation } from '../../machines/kernel.ts'
import type { EscalationDecision } from '../../machines/kernel.ts'
import type { EscalationEvent } from '../../machines/escalation.event.ts'
import { parseEscalation } from '../../machines/escalation.record.ts'
import type { EscalationRecord } from '../../machines/escalation.record.ts'
import { instant } from '../../machines/vocabulary.ts'
import { ProblemError } from '../problem.ts'
import { StaleRevision } from '../store/contract.ts'
import type { NewEntry } from '../store/contract.ts'
import type { Ctx } from './context.ts'
import { escalationTestimony } from './escalation-testimony.ts'

export interface HeldEscalation {
  id: string
  revision: number
  record: EscalationRecord
}

export async function loadEscalation(ctx: Ctx, id: string): Promise<HeldEscalation> {
  const stored = await ctx.store.load('escalation', id)
  if (stored === null) throw new ProblemError('not-found')
  const record = parseEscalation(stored.record)
  if (!maySee(ctx, record)) throw new ProblemError('not-found')
  return { id, revision: stored.head.revision, record }
}

export function maySee(ctx: Pick<Ctx, 'scope' | 'actor'>, { facts }: EscalationRecord): boolean {
  if (facts.tenantId !== null) return ctx.scope.allows(facts.tenantId)
  return ctx.scope.tenants === 'all' || facts.openedBy.id === ctx.actor.id
}

/** As above, for a change: the revision must be the one the person looked at. */
export async function loadEscalationForChange(
  ctx: Ctx,
  id: string,
  expected: number,
): Promise<HeldEscalation> {
  const held = await loadEscalation(ctx, id)
  if (held.revision !== expected) throw stale(held.revision)
  return held
}

/** What happened, still without its time and its actor. */
export type EscalationHappening = EscalationEvent extends infer E
  ? E extends EscalationEvent
    ? Omit<E, 'at' | 'by'>
    : never
  : never

/** Decides and commits. Refused: journaled, and thrown as the problem the caller can act on. */
export async function advanceEscalation(
  ctx: Ctx,
  held: HeldEscalation,
  happening: EscalationHappening,
): Promise<HeldEscalation> {
  const event: EscalationEvent = { ...happening, at: instant(ctx.clock()), by: ctx.actor }
  const decision = decideEscalation(held.record, event)
  if (!decision.ok) return refuse(ctx, held, event.type, decision)
  return commitEscalation(ctx, held, decision.record, {
    at: event.at,
    actor: event.by,
    event: event.type,
    outcome: 'applied',
    detail: escalationTestimony(event, held.record, decision.record),
  })
}

export async function commitEscalation(
  ctx: Ctx,
  held: HeldEscalation,
  record: EscalationRecord,
  entry: NewEntry,
): Promise<HeldEscalation> {
  try {
    const { revision } = await ctx.store.commit('escalation', held.id, held.revision, record, entry)
    ctx.changes.publish(held.id, revision)
    return { id: held.id, revision, record }
  } catch (error) {
    if (error instanceof StaleRevision) throw stale(error.current)
    throw error
  }
}

const stale = (current: number): ProblemError =>
  new ProblemError('stale-revision', `Revision ${current} is current.`, {
    currentRevision: current,
  })

/** Journals a refusal that the kernel, or the gate of the bundle, has spoken, and throws it. */
export async function refuse(
  ctx: Ctx,
  held: HeldEscalation,
  type: EscalationEvent['type'],
  decision: Extract<EscalationDecision, { ok: false }>,
): Promise<never> {
  const missing = decision.code === 'escalation-incomplete' ? decision.missing : []
  await testifyRefusal(ctx, held, type, {
    code: decision.code,
    state: decision.current,
    ...(missing.length === 0 ? {} : { missing: missing.map(({ item }) => item) }),
  })
  if (decision.code === 'escalation-incomplete') {
    const names = missing.map(({ item }) => item)
    throw new ProblemError('escalation-incomplete', `Missing: ${names.join(', ')}.`, {
      missing: names,
    })
  }
  const detail = `The case is ${decision.current}; this belongs to ${decision.needed.join(' or ')}.`
  throw new ProblemError('state-not-open', detail, {
    currentStep: decision.current,
    neededStep: decision.needed[0] ?? '',
  })
}

export async function testifyRefusal(
  ctx: Ctx,
  held: HeldEscalation,
  event: EscalationEvent['type'],
  detail: NonNullable<NewEntry['detail']>,
): Promise<void> {
  await ctx.store.testify('escalation', held.id, {
    at: instant(ctx.clock()),
    actor: ctx.actor,
    event,
    outcome: 'refused',
    detail,
  })
}
