/**
 * A connection may point to a rotation that is not there: its start was killed between the two
 * commits, or still runs. Whoever starts another one first writes the missing record as ended. Then
 * the half-done start finds its place taken and gives up, and never do two rotations share a connection.
 */
import { decide, start } from '../../machines/kernel.ts'
import type { StartInput } from '../../machines/kernel.ts'
import { isEnd, parseRotation } from '../../machines/records.ts'
import type { RotationRecord } from '../../machines/records.ts'
import { ProblemError } from '../problem.ts'
import { StaleRevision } from '../store/contract.ts'
import type { NewEntry } from '../store/contract.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'

const UNKNOWN = { id: null, hint: null, fingerprint: null }

/** Throws `rotation-in-progress` when the other start was quicker after all. */
export async function endHalfStart(
  ctx: Ctx,
  { latestRotation }: Pick<ConnectionRecord, 'latestRotation'>,
  input: StartInput,
): Promise<void> {
  if (latestRotation === null) return
  const stored = await ctx.store.load('rotation', latestRotation)
  if (stored !== null) {
    // It may have been written since the first look; one that has ended never runs again.
    if (isEnd(parseRotation(stored.record).step)) return
    throw new ProblemError('rotation-in-progress', undefined, { rotationId: latestRotation })
  }
  const reason = 'Its start was cut off; another rotation took its place.'
  const event = { type: 'rotation.abandoned', at: input.startedAt, by: ctx.actor, reason } as const
  const ended = decide(start({ ...input, oldToken: UNKNOWN }), event)
  if (!ended.ok) throw new ProblemError('internal')
  const detail = { connectionId: input.connectionId, step: 'done', reason }
  await firstCommit(ctx, latestRotation, ended.record, {
    at: event.at,
    actor: event.by,
    event: event.type,
    outcome: 'applied',
    detail,
  })
}

/** Creates the record; somebody else's under this id means that another start took the connection. */
export async function firstCommit(
  ctx: Ctx,
  id: string,
  record: RotationRecord,
  entry: NewEntry,
): ReturnType<Ctx['store']['commit']> {
  try {
    return await ctx.store.commit('rotation', id, 0, record, entry)
  } catch (error) {
    if (error instanceof StaleRevision) throw new ProblemError('rotation-in-progress')
    throw error
  }
}
