/** Making, listing and revoking access keys, for the API and the pages alike. */
import { z } from '@hono/zod-openapi'
import { ms } from '../../machines/vocabulary.ts'
import type { Actor } from '../../machines/vocabulary.ts'
import { BOOTSTRAP_KEY_ID } from '../access/bootstrap-key.ts'
import type { HeldKey } from '../access/key.ts'
import { KeyName } from '../access/key-record.ts'
import { Role } from '../access/role.ts'
import { Tenants } from '../access/scope.ts'
import type { Scope } from '../access/scope.ts'
import { ProblemError } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { AppDeps } from './env.ts'
import { SentTime } from './paging.ts'
import { refuseTokens } from './token-guard.ts'

export const NewKey = z
  .strictObject({ name: KeyName, role: Role, tenants: Tenants, expiresAt: SentTime.optional() })
  .openapi('NewKey')
type NewKey = z.infer<typeof NewKey>

export type KeyDeps = Pick<AppDeps, 'keys' | 'clock' | 'guardInput' | 'bootstrapKeySet'>

export interface Owner {
  actor: Actor
  scope: Scope
}

export async function makeKey(
  { keys, clock, guardInput }: KeyDeps,
  { actor, scope }: Owner,
  { name, role, tenants, expiresAt }: NewKey,
): Promise<{ id: string; value: Secret }> {
  refuseTokens(guardInput, { name, tenants })
  refusePast(expiresAt, clock())
  if (!scope.covers(tenants)) {
    throw new ProblemError('forbidden', 'A key can be made only for tenants you hold yourself.')
  }
  return keys.mint({ name, role, tenants, expiresAt: expiresAt ?? null }, actor)
}

function refusePast(expiresAt: string | undefined, now: number): void {
  if (expiresAt === undefined || ms(expiresAt) > now) return
  const errors = [{ path: 'expiresAt', message: 'must lie in the future' }]
  throw new ProblemError('invalid-input', undefined, { errors })
}

/** Oldest first, and only those of one's own tenants: a page can hold fewer than were asked for. */
export async function listKeys(
  { keys }: Pick<KeyDeps, 'keys'>,
  scope: Scope,
  query: { limit: number; cursor?: string },
): Promise<{ items: HeldKey[]; nextCursor: string | null }> {
  const { items, nextCursor } = await keys.list(query)
  return { items: items.filter(({ record }) => scope.covers(record.tenants)), nextCursor }
}

export async function loadKey(
  { keys }: Pick<KeyDeps, 'keys'>,
  scope: Scope,
  id: string,
): Promise<HeldKey> {
  const key = await keys.load(id)
  if (key === null || !scope.covers(key.record.tenants)) throw new ProblemError('not-found')
  return key
}

/** The setting makes that key live again at the next start: revoking it would only look like it. */
export const isFromSetting = ({ bootstrapKeySet }: Pick<KeyDeps, 'bootstrapKeySet'>, id: string) =>
  id === BOOTSTRAP_KEY_ID && bootstrapKeySet

export async function revokeKey(deps: KeyDeps, held: HeldKey, actor: Actor): Promise<void> {
  const { id } = held.record
  if (isFromSetting(deps, id)) throw new ProblemError('key-from-setting')
  await deps.keys.revoke(id, actor)
}
