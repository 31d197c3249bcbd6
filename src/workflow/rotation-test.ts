/**
 * Step 3. Our own requests with the token that stays. They show that it is valid at this base URL,
 * and move its `last_used_at`: so every use is written down, and the portal is read again afterwards
 * as the baseline from which somebody else's use can be told.
 */
import { isOpen } from '../../machines/kernel.ts'
import { roles, tokenOf } from '../../machines/rotation.facts.ts'
import type { Reading } from '../../machines/rotation.facts.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { Circumstances } from '../diagnosis/from-check.ts'
import { ProblemError } from '../problem.ts'
import type { Check } from '../scim/contract.ts'
import type { TokenCorrection } from '../scim/token-message.ts'
import type { Secret } from '../secret.ts'
import { loadForChange, refuseEarly } from './advance.ts'
import type { Happening, Held } from './advance.ts'
import { rememberChecks } from './check-memory.ts'
import { loadConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { findingsOf, spelling } from './finding.ts'
import { haltOnMismatch, unique } from './mismatch.ts'
import { advanceWithUses } from './own-use.ts'
import { inOrder, readPilotUser } from './pilot-look.ts'
import { noticeLoss, tryReadPortal } from './reading.ts'
import { tokenMetadata } from './token-metadata.ts'
import { isPartOf, partOf } from './token-part.ts'
import { tokenFrom } from './token.ts'
import { stepOf } from '../../machines/rotation.view.ts'

export interface Tested {
  held: Held
  checks: Check[]
  findings: Finding[]
}

export async function testConnection(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { token?: string | undefined },
): Promise<Tested> {
  const begun = await loadForChange(ctx, id, expected)
  if (!isOpen(begun.record.step, 'connection.tested')) {
    await refuseEarly(ctx, begun, 'connection.tested', {
      ok: false,
      code: 'step-not-open',
      current: stepOf(begun.record),
      needed: 'test',
    })
  }
  const { token, corrections, intact } = await tokenToTest(ctx, begun, input.token)
  const connection = await loadConnection(ctx, begun.record.facts.connectionId)
  const portal = ctx.portals.open(connection.id, connection.record)
  const seen = await ctx.scim.firstChecks({
    baseUrl: connection.record.scimBaseUrl,
    token,
    discoveryNeedsAuth: connection.record.portal.kind === 'axonflow' ? 'fail' : 'note',
  })
  const listed = seen.checks.some((c) => c.name === 'list-users' && c.outcome === 'pass')
  const pilot = listed ? await readPilotUser(ctx, connection, token, null) : null
  const baseline = await tryReadPortal(portal, begun.record.facts)
  const { keep } = roles(begun.record.facts)
  const metadata = tokenMetadata(begun.record.facts, keep, baseline, listed)
  const checks = [...seen.checks, metadata]
  const mismatches = unique([...seen.mismatches, ...(pilot?.mismatches ?? [])])
  const failed = checks.filter((c) => c.outcome === 'fail' && c.name !== 'list-groups')
  const uses = inOrder([...seen.ownUses, ...(pilot?.ownUse ? [pilot.ownUse] : [])])
  const discovery = seen.checks.find((c) => c.name === 'discovery')
  const outcome: Happening = {
    type: 'connection.tested',
    passed: listed && failed.length === 0 && mismatches.length === 0,
    fingerprint: ctx.fingerprint(token),
    hosts: seen.confirmedHosts,
    failed: failed.map((c) => c.name),
    uses,
    discoveredAt: discovery?.outcome === 'pass' ? (uses[0]?.startedAt ?? null) : null,
    pilotModifiedAt: pilot?.modifiedAt ?? null,
    baseline,
  }
  const tested = await advanceWithUses(ctx, begun, outcome, uses)
  ctx.vault.put(id, keep, token)
  const held = await haltOnMismatch(ctx, await noticeLoss(ctx, tested, baseline), mismatches)
  const findings = findingsOf(
    ctx,
    connection.record,
    { ...seen, mismatches },
    {
      ...ofPortal(begun, baseline),
      ...(intact && keep === 'new' ? { tokenMatch: 'new-token' } : {}),
      ...(corrections.length === 0 ? {} : { tokenCorrections: corrections }),
      ...spelling(connection.record),
    },
  )
  await rememberChecks(
    ctx,
    connection.id,
    { checks, findings },
    { withToken: true, rotationId: id },
  )
  return { held, checks, findings }
}

/** What the portal said of the token that was tested; what it did not say is left out. */
function ofPortal({ record }: Held, reading: Reading | null): Circumstances {
  const { facts } = record
  if (!facts.portal.observable) return {}
  if (reading === null) return { portalSilent: true }
  const { status } = reading[roles(facts).keep]
  return status === 'unknown' ? {} : { tokenStatus: status }
}

/** The wrong token is refused before anything is sent: one request with the old one would contaminate its silence. */
async function tokenToTest(
  ctx: Ctx,
  held: Held,
  pasted: string | undefined,
): Promise<{ token: Secret; corrections: TokenCorrection[]; intact: boolean }> {
  const { facts } = held.record
  const { keep } = roles(facts)
  const known = ctx.vault.get(held.id, keep)
  const given = pasted === undefined ? null : tokenFrom(ctx, pasted)
  const token = given?.value ?? known
  if (token === null) throw new ProblemError('token-needed')
  const part = partOf(ctx, facts, token)
  if (part === 'keep' || part === 'unknown') {
    return { token, corrections: given?.corrections ?? [], intact: part === 'keep' }
  }
  const retired = facts.direction === 'forward' ? 'old-token-given' : 'new-token-given'
  const cut = part === 'other' && isPartOf(known, tokenOf(facts, keep)?.hint ?? null, token)
  return refuseEarly(
    ctx,
    held,
    'connection.tested',
    {
      ok: false,
      code: part === 'retire' ? retired : 'token-not-recognised',
      current: stepOf(held.record),
      unmet: [],
    },
    cut ? `It looks like the ${keep} token and is not the whole of it: copy it again.` : undefined,
  )
}
