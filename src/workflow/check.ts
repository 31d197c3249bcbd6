/** The first checks of a connection, outside the steps of a rotation. */
import type { Finding } from '../diagnosis/finding.ts'
import { ProblemError } from '../problem.ts'
import type { Circumstances } from '../diagnosis/from-check.ts'
import type { Check, Mismatch } from '../scim/contract.ts'
import type { TokenCorrection } from '../scim/token-message.ts'
import type { Secret } from '../secret.ts'
import { activeRotationOf } from './active-rotation.ts'
import { loadRotation } from './advance.ts'
import type { Held } from './advance.ts'
import { rememberChecks } from './check-memory.ts'
import { loadConnection } from './connection.ts'
import type { HeldConnection } from './connection.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'
import { findingsOf, spelling } from './finding.ts'
import { fullChecks } from './full-check.ts'
import type { FullChecks } from './full-check.ts'
import { haltOnMismatch, unique } from './mismatch.ts'
import { recordUses } from './own-use.ts'
import { inOrder } from './pilot-look.ts'
import { tryReadPortal } from './reading.ts'
import { holdConnection } from './tenant-hold.ts'
import { partOf } from './token-part.ts'
import { hasFingerprint, recogniseToken } from './token-seen.ts'
import type { Recognised } from './token-seen.ts'
import { tokenFrom } from './token.ts'

export interface Checked {
  checks: Check[]
  findings: Finding[]
}

export async function checkConnection(
  ctx: Ctx,
  id: string,
  input: { token?: string | undefined },
): Promise<Checked> {
  const connection = await loadConnection(ctx, id)
  const pasted = input.token === undefined ? null : tokenFrom(ctx, input.token)
  const token = pasted?.value ?? null
  const active = await activeRotationOf(ctx, connection.record)
  const kept = active !== null && token !== null && isKept(ctx, active, token)
  const known = token === null ? null : await recogniseToken(ctx, connection.record.tenantId, token)
  const seen = await fullChecks(ctx, connection, token, known?.portalId ?? null)
  const mismatches = unique([...seen.mismatches, ...(known?.mismatch ? [known.mismatch] : [])])
  if (active !== null) await tellRotation(ctx, active, connection, seen, kept)
  await stopOnMismatch(ctx, connection, active, mismatches)
  const findings = findingsOf(
    ctx,
    connection.record,
    { ...seen, mismatches },
    {
      ...circumstances(connection.record, seen, known, pasted?.corrections ?? []),
      ...(await likeness(ctx, connection.record, seen)),
    },
  )
  const how = { withToken: token !== null, rotationId: active?.id ?? null }
  await rememberChecks(ctx, connection.id, { checks: seen.checks, findings }, how)
  return { checks: seen.checks, findings }
}

/** What the diagnosis may know beside the checks themselves; what is not known is left out. */
function circumstances(
  connection: ConnectionRecord,
  seen: FullChecks,
  known: Recognised | null,
  tokenCorrections: readonly TokenCorrection[],
): Circumstances {
  const tokenStatus = known?.mismatch ? 'other-tenant' : (seen.tokenStatus ?? undefined)
  return {
    ...(tokenStatus === undefined ? {} : { tokenStatus }),
    ...(seen.portalSilent ? { portalSilent: true } : {}),
    ...(seen.lastUseMoved === null ? {} : { lastUseMoved: seen.lastUseMoved }),
    ...(known === null || known.match === null ? {} : { tokenMatch: known.match }),
    ...(tokenCorrections.length === 0 ? {} : { tokenCorrections }),
    ...spelling(connection),
  }
}

/** A refused token that begins like a live one: cut or mistyped, if that one's fingerprint is another. */
async function likeness(
  ctx: Ctx,
  { latestRotation, portal, scimBaseUrl }: ConnectionRecord,
  { alike }: FullChecks,
): Promise<Circumstances> {
  if (alike === null) return {}
  if (latestRotation !== null && (await hasFingerprint(ctx, latestRotation, alike))) {
    return { tokenMatch: 'altered', tokenStatus: undefined }
  }
  // On two hosts they may as well be two environments, and the token as good as the portal says.
  const oneHost = portal.url !== null && new URL(portal.url).host === new URL(scimBaseUrl).host
  return oneHost ? { tokenMatch: 'alike' } : {}
}

/**
 * Is it the token that stays? The other one is refused once the IdP was updated: our own request
 * would look like somebody still using it.
 */
function isKept(ctx: Ctx, active: Held, token: Secret): boolean {
  const { facts } = active.record
  const part = partOf(ctx, facts, token)
  if (facts.cutover !== null && part === 'retire') {
    throw new ProblemError(
      facts.direction === 'forward' ? 'old-token-given' : 'new-token-given',
      'Checking with it now would look like a use of the token that has to stay quiet.',
      { rotationId: active.id },
    )
  }
  // One that nobody can tell apart yet may be the one that stays: a use too many only costs waiting.
  return part === 'keep' || part === 'unknown'
}

async function tellRotation(
  ctx: Ctx,
  active: Held,
  connection: HeldConnection,
  seen: FullChecks,
  kept: boolean,
): Promise<void> {
  if (!kept || seen.ownUses.length === 0) return
  const portal = ctx.portals.open(connection.id, connection.record)
  const baseline = await tryReadPortal(portal, active.record.facts)
  await recordUses(ctx, active, inOrder(seen.ownUses), baseline)
}

/** Whether or not a rotation runs: nothing goes on or starts until somebody has looked. */
async function stopOnMismatch(
  ctx: Ctx,
  connection: HeldConnection,
  active: Held | null,
  mismatches: readonly Mismatch[],
): Promise<void> {
  if (mismatches.length === 0) return
  if (active === null || active.record.step === 'halted') {
    await holdConnection(ctx, connection.id, mismatches)
    return
  }
  await haltOnMismatch(ctx, await loadRotation(ctx, active.id), mismatches)
}
