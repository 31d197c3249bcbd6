/** From the portal's list to a reading of both tokens, and what a reading alone can already tell. */
import type { Facts, Reading, Sight } from '../../machines/rotation.facts.ts'
import { isDead } from '../../machines/rotation.policy.ts'
import type { TokenRef } from '../../machines/vocabulary.ts'
import { PortalError } from '../portals/contract.ts'
import type { Portal, PortalListing } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import { narrow } from '../scim/clock-skew.ts'
import { advance } from './advance.ts'
import type { Held } from './advance.ts'
import { SYSTEM } from './context.ts'
import type { Ctx } from './context.ts'

/** Runs something at the portal; its failure becomes a refusal with the fault's name, never its words. */
export async function atPortal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PortalError)) throw error
    throw new ProblemError('portal-failed', undefined, { fault: error.fault })
  }
}

export async function readPortal(portal: Portal, facts: Facts): Promise<Reading> {
  return readingOf(await atPortal(() => portal.list()), facts)
}

/** Where the portal may fail without stopping the step: a missing reading is itself stated. */
export async function tryReadPortal(portal: Portal, facts: Facts): Promise<Reading | null> {
  if (!facts.portal.observable) return null
  try {
    return await readPortal(portal, facts)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'portal-failed') return null
    throw error
  }
}

/**
 * For taking the new token back unproven, where everything rests on its never having been used: a
 * portal that shows no use of any token cannot show that. Elsewhere a use has to be seen before null counts.
 */
export async function tryReadUses(portal: Portal, facts: Facts): Promise<Reading | null> {
  if (!facts.portal.observable) return null
  try {
    const listing = await portal.list()
    return listing.showsUse ? readingOf(listing, facts) : null
  } catch (error) {
    if (error instanceof PortalError) return null
    throw error
  }
}

export function readingOf(listing: PortalListing, facts: Facts): Reading {
  return {
    readAt: listing.readAt,
    witness: 'observed',
    by: SYSTEM,
    skew: listing.clock === null ? null : narrow([listing.clock]),
    old: sight(listing, facts.oldToken),
    new: sight(listing, facts.newToken),
  }
}

function sight(listing: PortalListing, ref: TokenRef | null): Sight {
  const found = ref === null ? undefined : listing.items.find((item) => item.id === ref.id)
  return found === undefined
    ? { status: 'missing', lastUsedAt: null, expiresAt: null }
    : { status: found.status, lastUsedAt: found.lastUsedAt, expiresAt: found.expiresAt }
}

/** A token that died without us is an event of its own, wherever it is noticed. */
export async function noticeLoss(ctx: Ctx, held: Held, reading: Reading | null): Promise<Held> {
  const { status } = reading?.old ?? { status: 'unknown' as const }
  if (held.record.facts.oldTokenLost !== null || !isDead(status)) return held
  if (held.record.step === 'revokingOldToken' || held.record.facts.proof !== null) return held
  const how = status === 'expired' || status === 'revoked' ? status : 'missing'
  return advance(ctx, held, { type: 'old-token.lost', how })
}
