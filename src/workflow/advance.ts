/**
 * load → decide → commit. The only writer of rotations in the program, so whatever the machine does
 * not allow does not happen, whoever asks. A refused event is journaled too.
 */
import { decide } from '../../machines/kernel.ts'
import type { Decision } from '../../machines/kernel.ts'
import { parseRotation } from '../../machines/records.ts'
import type { RotationRecord } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { instant } from '../../machines/vocabulary.ts'
import type { Actor } from '../../machines/vocabulary.ts'
import { ProblemError } from '../problem.ts'
import { StaleRevision } from '../store/contract.ts'
import type { Ctx, Deps } from './context.ts'
import { refusal } from './refusal.ts'
import { testimony } from './testimony.ts'
import { retireTokens } from './token-memory.ts'

export interface Held {
  id: string
  revision: number
  record: RotationRecord
}

/** The rotation, if it is in a tenant this person may see; otherwise it does not exist. */
export async function loadRotation(ctx: Ctx, id: string): Promise<Held> {
  const stored = await ctx.store.load('rotation', id)
  if (stored === null) throw new ProblemError('not-found')
  const record = parseRotation(stored.record)
  if (!ctx.scope.allows(record.facts.tenantId)) throw new ProblemError('not-found')
  return { id, revision: stored.head.revision, record }
}

/** As above, for a change: the revision must be the one the person looked at. */
export async function loadForChange(ctx: Ctx, id: string, expected: number): Promise<Held> {
  const held = await loadRotation(ctx, id)
  if (held.revision !== expected) throw stale(held.revision)
  return held
}

/** What happened, still without its time and its actor. */
export type Happening = RotationEvent extends infer E
  ? E extends RotationEvent
    ? Omit<E, 'at' | 'by'>
    : never
  : never

/** Decides and commits. Refused: journaled and thrown as the problem the caller can act on. */
export async function advance(ctx: Ctx, held: Held, happening: Happening): Promise<Held> {
  const event = stamped(ctx, happening)
  const decision = decide(held.record, event)
  if (!decision.ok) {
    await testifyRefusal(ctx, held, event, decision)
    throw refusal(decision, held.record.step)
  }
  return commit(ctx, held, event, decision.record)
}

/**
 * For the result of an effect that has already happened: somebody else's commit in between must not
 * lose it. Where the state no longer accepts it, the refusal is journaled and the state stands.
 */
export async function advanceWithResult(ctx: Ctx, held: Held, happening: Happening): Promise<Held> {
  let current = held
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await advance(ctx, current, happening)
    } catch (error) {
      const lost = error instanceof ProblemError && error.code === 'stale-revision'
      if (!lost || attempt === 9) throw error
      current = await loadRotation(ctx, held.id)
    }
  }
}

/** Refuses before anything is sent, when the step would not accept the outcome anyway. */
export async function refuseEarly(
  ctx: Ctx,
  held: Held,
  type: RotationEvent['type'],
  decision: Extract<Decision, { ok: false }>,
  inThisCase?: string,
): Promise<never> {
  await testifyRefusal(ctx, held, { type, at: instant(ctx.clock()), by: ctx.actor }, decision)
  throw refusal(decision, held.record.step, inThisCase)
}

function stamped(ctx: Ctx, happening: Happening): RotationEvent {
  return { ...happening, at: instant(ctx.clock()), by: ctx.actor }
}

async function commit(
  ctx: Ctx,
  held: Held,
  event: RotationEvent,
  record: RotationRecord,
): Promise<Held> {
  retireTokens(ctx, record)
  // Before the record that knows a token by its fingerprint: afterwards a crash would forget it.
  await ctx.tokens.saved()
  try {
    const head = await ctx.store.commit('rotation', held.id, held.revision, record, {
      at: event.at,
      actor: event.by,
      event: event.type,
      outcome: 'applied',
      detail: testimony(event, held.record, record),
    })
    ctx.changes.publish(held.id, head.revision)
    return { id: held.id, revision: head.revision, record }
  } catch (error) {
    if (error instanceof StaleRevision) throw stale(error.current)
    throw error
  }
}

const stale = (current: number): ProblemError =>
  new ProblemError('stale-revision', `Revision ${current} is current.`, {
    currentRevision: current,
  })

async function testifyRefusal(
  deps: Deps,
  held: Held,
  event: { type: RotationEvent['type']; at: string; by: Actor },
  decision: Extract<Decision, { ok: false }>,
): Promise<void> {
  await deps.store.testify('rotation', held.id, {
    at: event.at,
    actor: event.by,
    event: event.type,
    outcome: 'refused',
    detail: {
      code: decision.code,
      step: decision.current,
      ...(decision.code === 'step-not-open' ? {} : { unmet: decision.unmet.map((r) => r.code) }),
    },
  })
}
