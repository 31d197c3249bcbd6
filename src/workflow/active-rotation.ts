/** The rotation that a connection is in, if any: at most one at a time. */
import { parseRotation } from '../../machines/records.ts'
import { statusOf } from '../../machines/rotation.view.ts'
import { ProblemError } from '../problem.ts'
import { advance } from './advance.ts'
import type { Held } from './advance.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'

/** Null also when the pointer names a rotation that a crash kept from ever being written. */
export async function activeRotationOf(
  ctx: Ctx,
  connection: ConnectionRecord,
): Promise<Held | null> {
  if (connection.latestRotation === null) return null
  const stored = await ctx.store.load('rotation', connection.latestRotation)
  if (stored === null) return null
  const record = parseRotation(stored.record)
  const status = statusOf(record)
  if (status !== 'active' && status !== 'halted') return null
  return { id: stored.head.id, revision: stored.head.revision, record }
}

/** Another base URL: refused while a revocation is being carried out, for it was authorised for the present one. */
export async function moveActiveRotation(ctx: Ctx, active: Held): Promise<void> {
  try {
    await advance(ctx, active, { type: 'base-url.changed' })
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'step-not-open') {
      throw new ProblemError('connection-in-use', undefined, { rotationId: active.id })
    }
    throw error
  }
}
