/**
 * Step 4: gathering evidence. Three ways in: look now, record an event somebody read in the IdP's
 * log, or take a person's reading of a portal that cannot be observed. What each is worth is the
 * machine's business.
 *
 * Looking contaminates: reading the pilot uses the token that stays. So the portal is read first, the
 * pilot only when that can show something, and the portal once more as the new baseline.
 */
import { isOpen } from '../../machines/kernel.ts'
import type { ReportedEvent } from '../../machines/rotation.event.ts'
import { roles } from '../../machines/rotation.facts.ts'
import type { Facts } from '../../machines/rotation.facts.ts'
import { stepOf } from '../../machines/rotation.view.ts'
import { ms } from '../../machines/vocabulary.ts'
import type { Portal } from '../portals/contract.ts'
import { advance, loadForChange, refuseEarly } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { HeldConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { foreignTenant } from './portal-tenant.ts'
import { haltOnMismatch } from './mismatch.ts'
import { advanceWithUses } from './own-use.ts'
import { readPilotUser } from './pilot-look.ts'
import { atPortal, noticeLoss, readingOf, tryReadPortal } from './reading.ts'

export interface TypedReading {
  oldLastUsedAt: string | null
  newLastUsedAt: string | null
  readAt: string
}

export type VerifyInput = { event: ReportedEvent } | { reading: TypedReading } | 'look'

export async function verify(
  ctx: Ctx,
  id: string,
  expected: number,
  input: VerifyInput,
): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  if (!isOpen(held.record.step, 'portal.read')) {
    await refuseEarly(ctx, held, 'portal.read', {
      ok: false,
      code: 'step-not-open',
      current: stepOf(held.record),
      needed: 'verify',
    })
  }
  if (input === 'look') return look(ctx, held)
  if ('event' in input) return recordEvent(ctx, held, input.event)
  return recordReading(ctx, held, input.reading)
}

async function recordEvent(ctx: Ctx, held: Held, event: ReportedEvent): Promise<Held> {
  const { tenantId } = held.record.facts
  const after = await advance(ctx, held, { type: 'event.recorded', witness: 'attested', event })
  if (event.tenantId === null || event.tenantId === tenantId) return after
  return haltOnMismatch(ctx, after, [
    { source: 'event', expected: tenantId, found: event.tenantId },
  ])
}

async function recordReading(ctx: Ctx, held: Held, typed: TypedReading): Promise<Held> {
  const { facts } = held.record
  const sight = (lastUsedAt: string | null, expiresAt: string | null) =>
    ({ status: 'unknown', lastUsedAt, expiresAt }) as const
  return advance(ctx, held, {
    type: 'portal.read',
    reading: {
      readAt: typed.readAt,
      witness: 'attested',
      by: ctx.actor,
      skew: null,
      old: sight(typed.oldLastUsedAt, null),
      new: sight(typed.newLastUsedAt, facts.newToken?.expiresAt ?? null),
    },
  })
}

async function look(ctx: Ctx, begun: Held): Promise<Held> {
  const connection = await loadConnection(ctx, begun.record.facts.connectionId)
  const portal = ctx.portals.open(connection.id, connection.record)
  let held = begun
  if (held.record.facts.portal.observable) {
    const { facts } = held.record
    const listing = await atPortal(() => portal.list())
    const reading = readingOf(listing, facts)
    held = await noticeLoss(
      ctx,
      await advance(ctx, held, { type: 'portal.read', reading }),
      reading,
    )
    const foreign = await foreignTenant(ctx, facts.tenantId, listing)
    if (foreign.length > 0) return haltOnMismatch(ctx, held, foreign)
  }
  return mayReadPilot(held.record.facts, ctx.clock())
    ? lookAtPilot(ctx, held, connection, portal)
    : held
}

/** Only when it can show something new, and never while the token must rest for the canary. */
function mayReadPilot(facts: Facts, now: number): boolean {
  const landed = facts.evidence.some((e) => e.admissible && e.level === 'E5')
  if (landed) return false
  const last = facts.ownUses.at(-1)
  const rested = last === undefined || now >= ms(last.endedAt) + facts.portal.granularityMs
  const used = facts.evidence.some(
    (e) =>
      e.level === 'E3' &&
      e.admissible &&
      (last === undefined || ms(e.observedAt) >= ms(last.endedAt)),
  )
  return used || (rested && (facts.canary === null || now >= ms(facts.canary.earliest)))
}

async function lookAtPilot(
  ctx: Ctx,
  held: Held,
  connection: HeldConnection,
  portal: Portal,
): Promise<Held> {
  const { facts } = held.record
  const token = ctx.vault.get(held.id, roles(facts).keep)
  if (token === null) return held
  const seen = await readPilotUser(ctx, connection, token, facts.canary?.value ?? null)
  if (seen === null || seen.ownUse === null) return held
  const baseline = await tryReadPortal(portal, facts)
  const looked = {
    type: 'pilot.read',
    lastModified: seen.modifiedAt,
    canaryPresent: seen.canaryPresent,
    use: seen.ownUse,
    baseline,
  } as const
  const after = await advanceWithUses(ctx, held, looked, [seen.ownUse])
  return haltOnMismatch(ctx, after, seen.mismatches)
}
