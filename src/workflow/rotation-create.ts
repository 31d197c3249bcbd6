/**
 * Step 1. Where the portal is connected, Interlock creates the token: the intent is committed first
 * and the token named after the rotation, so that one whose creation was cut off is found again.
 */
import { instant } from '../../machines/vocabulary.ts'
import { ProblemError } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { advance, advanceWithResult, loadForChange } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { lastFour } from './old-token.ts'
import { atPortal } from './reading.ts'
import { cleanUpCreation } from './recovery.ts'
import { tokenFrom } from './token.ts'

export type NewTokenInput =
  | { expiresInDays?: number | undefined }
  | { token: string; expiresAt?: string | undefined }
  | { tokenId: string; hint: string; expiresAt?: string | undefined }

export interface Created {
  held: Held
  /** Null where the person brought the token: then nothing is shown back. */
  value: Secret | null
}

export async function createToken(
  ctx: Ctx,
  id: string,
  expected: number,
  input: NewTokenInput,
): Promise<Created> {
  const held = await loadForChange(ctx, id, expected)
  const brought = 'token' in input || 'tokenId' in input
  if (held.record.facts.portal.observable) {
    if (brought) {
      throw new ProblemError('invalid-input', undefined, {
        errors: [
          { path: '', message: 'This portal is connected: Interlock creates the token there.' },
        ],
      })
    }
    return createAtPortal(ctx, held, input.expiresInDays ?? 90)
  }
  if (!brought) {
    throw new ProblemError(
      'portal-not-connected',
      'Create the token in the portal, then give it here as token, or by tokenId and hint.',
    )
  }
  return { held: await record(ctx, held, input), value: null }
}

async function record(
  ctx: Ctx,
  held: Held,
  input: Exclude<NewTokenInput, { expiresInDays?: number | undefined }>,
): Promise<Held> {
  const value = 'token' in input ? tokenFrom(ctx, input.token).value : null
  const after = await advance(ctx, held, {
    type: 'token.created',
    token: {
      id: 'tokenId' in input ? input.tokenId : null,
      hint: 'tokenId' in input ? input.hint : value === null ? null : lastFour(value),
      fingerprint: value === null ? null : ctx.fingerprint(value),
    },
    expiresAt: input.expiresAt ?? null,
    shownAt: null,
  })
  ctx.vault.wipe(held.id, 'new')
  if (value !== null) ctx.vault.put(held.id, 'new', value)
  return after
}

async function createAtPortal(ctx: Ctx, begun: Held, expiresInDays: number): Promise<Created> {
  const { facts } = begun.record
  const connection = await loadConnection(ctx, facts.connectionId)
  const portal = ctx.portals.open(connection.id, connection.record)
  const clean = facts.creation === null ? begun : await cleanUpCreation(ctx, begun, portal)
  // A number at the end tells a second new token of the same rotation from the first.
  const count = facts.superseded.length + (facts.newToken === null ? 1 : 2)
  const name = `interlock-${begun.id}-${count}`
  const intended = await advance(ctx, clean, { type: 'creation.intended', name })
  let created
  try {
    created = await atPortal(() => portal.create({ name, expiresInDays }))
  } catch (error) {
    await afterFailedCreation(ctx, intended, error)
    throw error
  }
  const held = await advanceWithResult(ctx, intended, {
    type: 'token.created',
    token: {
      id: created.token.id,
      hint: created.token.hint ?? lastFour(created.value),
      fingerprint: ctx.fingerprint(created.value),
    },
    expiresAt: created.token.expiresAt,
    shownAt: instant(ctx.clock()),
  })
  ctx.vault.put(held.id, 'new', created.value)
  return { held, value: created.value }
}

/** A clear refusal made no token; after anything less clear the intent stays, and is cleaned up by the next attempt. */
async function afterFailedCreation(ctx: Ctx, held: Held, error: unknown): Promise<void> {
  const fault = error instanceof ProblemError ? error.extensions.fault : undefined
  const unclear =
    fault === undefined || fault === 'portal-unreachable' || fault === 'portal-unreadable'
  if (!unclear) await advanceWithResult(ctx, held, { type: 'creation.failed', fault })
}
