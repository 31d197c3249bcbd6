/**
 * What Interlock knows of a case by itself: from the connection, the latest checks, the rotation, the
 * portal, and one look at discovery without a token. Nothing here uses a token, so nothing moves a
 * `last_used_at` that a rotation's evidence rests on. What cannot be seen is left out: a person is asked.
 */
import type { SomeItems, TokenSight } from '../../machines/escalation.facts.ts'
import type { From, Reference } from '../../machines/escalation.facts.ts'
import { roles } from '../../machines/rotation.facts.ts'
import { instant, ms } from '../../machines/vocabulary.ts'
import { PortalError } from '../portals/contract.ts'
import type { PortalListing, PortalToken } from '../portals/contract.ts'
import type { Held } from './advance.ts'
import { latestChecks } from './check-memory.ts'
import type { RememberedCheck, RememberedChecks } from './check-memory.ts'
import type { HeldConnection } from './connection.ts'
import type { ConnectionRecord } from './connection.record.ts'
import { SYSTEM } from './context.ts'
import type { Ctx } from './context.ts'
import { traitsOf } from './rotation-start.ts'

const HOUR_MS = 60 * 60_000
/** Older checks say what was, not what is. */
export const CHECKS_FRESH_MS = 24 * HOUR_MS
/** "Recent use": within a day, longer than the cycle of any IdP. */
export const RECENT_USE_MS = 24 * HOUR_MS
/** A discovery this young need not be asked again. */
const DISCOVERY_FRESH_MS = 15 * 60_000

export interface Observed {
  items: SomeItems
  token: TokenSight | null
  otherToken: TokenSight | null
}

export async function observe(
  ctx: Ctx,
  connection: HeldConnection,
  rotation: Held | null,
): Promise<Observed> {
  const at = instant(ctx.clock())
  const seen = <V>(value: V, from: From, when: string = at) => ({
    value,
    cannotBeKnown: null,
    witness: 'observed' as const,
    from,
    at: when,
    by: SYSTEM,
  })
  const { tenantId, scimBaseUrl, idp } = referenceOf(connection.record)
  const checks = await freshChecks(ctx, connection.id)
  const failed = checks === null ? undefined : firstFailure(checks)
  const [listing, discovery] = await Promise.all([
    list(ctx, connection),
    discover(ctx, connection.record, checks),
  ])
  const token = listing === null ? null : sightOf(listing, rotation)
  return {
    token,
    otherToken: listing === null || rotation === null ? null : otherSight(listing, rotation),
    items: {
      tenantId: seen(tenantId, 'connection'),
      scimBaseUrl: seen(scimBaseUrl, 'connection'),
      idp: seen(idp, 'connection'),
      ...(checks === null || failed === undefined
        ? {}
        : {
            httpStatus: seen(failed.httpStatus ?? ('none' as const), 'checks', checks.at),
            occurredAt: seen(checks.at, 'checks', checks.at),
            ...(failed.name === 'list-groups'
              ? { operation: seen('group-sync' as const, 'diagnosis', checks.at) }
              : {}),
          }),
      discoverySucceeds: seen(discovery.succeeds, 'checks', discovery.at),
      ...(token === null
        ? {}
        : { tokenRecentlyUsed: seen(isRecent(token), 'portal', token.readAt) }),
    },
  }
}

export const referenceOf = (record: ConnectionRecord): Reference => ({
  tenantId: record.tenantId,
  scimBaseUrl: record.scimBaseUrl,
  idp: record.idp,
})

async function freshChecks(ctx: Ctx, connectionId: string): Promise<RememberedChecks | null> {
  const checks = await latestChecks(ctx, connectionId)
  return checks !== null && ctx.clock() - ms(checks.at) <= CHECKS_FRESH_MS ? checks : null
}

const REQUESTS: ReadonlySet<string> = new Set(['discovery', 'list-users', 'list-groups'])

/** The request whose failure explains those after it; a check of the portal's list has no status. */
export function firstFailure(checks: RememberedChecks): RememberedCheck | undefined {
  return checks.checks.find(
    ({ name, outcome, httpStatus, failure }) =>
      outcome === 'fail' &&
      REQUESTS.has(name) &&
      (httpStatus !== undefined || failure !== undefined),
  )
}

async function list(ctx: Ctx, connection: HeldConnection): Promise<PortalListing | null> {
  if (!traitsOf(ctx, connection.record).observable) return null
  try {
    return await ctx.portals.open(connection.id, connection.record).list()
  } catch (error) {
    if (error instanceof PortalError) return null
    throw error
  }
}

async function discover(
  ctx: Ctx,
  connection: ConnectionRecord,
  checks: RememberedChecks | null,
): Promise<{ succeeds: boolean; at: string }> {
  const known = checks?.checks.find(({ name }) => name === 'discovery')
  if (checks !== null && known !== undefined && ctx.clock() - ms(checks.at) < DISCOVERY_FRESH_MS) {
    return { succeeds: known.outcome === 'pass', at: checks.at }
  }
  const { checks: now } = await ctx.scim.firstChecks({
    baseUrl: connection.scimBaseUrl,
    token: null,
    discoveryNeedsAuth: 'note',
  })
  const asked = now.find(({ name }) => name === 'discovery')
  return { succeeds: asked?.outcome === 'pass', at: instant(ctx.clock()) }
}

/** With a rotation: the token the IdP should be using now. Without: the one used last. */
function sightOf(listing: PortalListing, rotation: Held | null): TokenSight | null {
  const portalId = rotation === null ? null : expectedToken(rotation)
  if (rotation !== null && portalId === null) return null
  const found =
    portalId === null
      ? listing.items.toSorted(byUse).at(0)
      : listing.items.find(({ id }) => id === portalId)
  if (found === undefined && portalId === null) return null
  return sight(listing, found, portalId)
}

function otherSight(listing: PortalListing, rotation: Held): TokenSight | null {
  const { oldToken, newToken } = rotation.record.facts
  const other = expectedToken(rotation) === oldToken.id ? newToken : oldToken
  if (other === null || other.id === null) return null
  return sight(
    listing,
    listing.items.find(({ id }) => id === other.id),
    other.id,
  )
}

const sight = (
  { readAt }: PortalListing,
  found: PortalToken | undefined,
  portalId: string | null,
): TokenSight => ({
  portalId: found?.id ?? portalId,
  status: found?.status ?? 'missing',
  lastUsedAt: found?.lastUsedAt ?? null,
  expiresAt: found?.expiresAt ?? null,
  readAt,
})

const byUse = (a: PortalToken, b: PortalToken): number =>
  (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? '') ||
  (b.createdAt ?? '').localeCompare(a.createdAt ?? '')

export function expectedToken({ record: { facts } }: Held): string | null {
  const { keep } = roles(facts)
  const inUse = facts.cutover === null ? 'old' : keep
  return (inUse === 'old' ? facts.oldToken : facts.newToken)?.id ?? null
}

const isRecent = ({ lastUsedAt, readAt }: TokenSight): boolean =>
  lastUsedAt !== null && ms(readAt) - ms(lastUsedAt) <= RECENT_USE_MS
