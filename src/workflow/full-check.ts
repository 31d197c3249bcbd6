/**
 * The first checks in full: what the base URL answers, what the portal says of the token that was
 * used, and whether both are the same environment. The portal is listed before and after our use: a
 * `last_used_at` that moved is the proof that portal and base URL belong together.
 */
import { ms } from '../../machines/vocabulary.ts'
import { PortalError } from '../portals/contract.ts'
import type { Portal, PortalListing, PortalToken } from '../portals/contract.ts'
import type { Check, FirstChecks, Mismatch } from '../scim/contract.ts'
import type { Secret } from '../secret.ts'
import type { HeldConnection } from './connection.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'
import { otherTenantAccepts } from './other-tenant.ts'
import { foreignTenant } from './portal-tenant.ts'
import { traitsOf } from './rotation-start.ts'
import { isTelling, shows } from './token-part.ts'

export interface FullChecks extends FirstChecks {
  /** What the portal says of the token given; null when it cannot be asked or told. */
  tokenStatus: PortalToken['status'] | 'missing' | 'other-tenant' | null
  /** Null: not known, because the portal may show a use late or was not asked. */
  lastUseMoved: boolean | null
  /** The portal's id of the token that this one only looks like: told by the few characters it shows. */
  alike: string | null
  /** The portal was asked and showed no list. */
  portalSilent: boolean
}

export async function fullChecks(
  ctx: Ctx,
  connection: HeldConnection,
  token: Secret | null,
  knownId: string | null = null,
): Promise<FullChecks> {
  const { record } = connection
  const traits = traitsOf(ctx, record)
  const portal = traits.observable ? ctx.portals.open(connection.id, record) : null
  const before = listing(portal)
  const seen = await ctx.scim.firstChecks({
    baseUrl: record.scimBaseUrl,
    token,
    discoveryNeedsAuth: record.portal.kind === 'axonflow' ? 'fail' : 'note',
    // The portal must have been listed before we use the token, or our own use would be in the list.
    beforeToken: async () => void (await before),
  })
  const [first, after, elsewhere] = await Promise.all([
    before,
    token === null ? null : listing(portal),
    token === null ? null : otherTenantAccepts(ctx, connection, token),
  ])
  const mismatches: Mismatch[] = [
    ...seen.mismatches,
    ...(elsewhere === null ? [] : [elsewhere]),
    ...(await foreignTenant(ctx, record.tenantId, after ?? first ?? {})),
  ]
  const shared = { ...seen, mismatches }
  if (portal === null) return { ...shared, ...told(skipped(NOT_CONNECTED), seen), ...UNKNOWN }
  if (token === null)
    return { ...shared, ...told(skipped('No token was given.'), seen), ...UNKNOWN }
  if (after === null)
    return { ...shared, ...told(failed(NO_LIST), seen), ...UNKNOWN, portalSilent: true }
  const known = knownToken(after.items, token, knownId)
  if (known === 'several') return { ...shared, ...told(skipped(SEVERAL), seen), ...UNKNOWN }
  const accepted = seen.checks.some((c) => c.name === 'list-users' && c.outcome === 'pass')
  if (known === null && accepted) {
    return { ...shared, ...UNKNOWN, ...notListed(record, seen, mismatches) }
  }
  const tells = accepted && after.showsUse && known !== null
  const moved = tells ? moves(first, known, traits.granularitySeconds) : null
  const alike = knownId === null && !accepted ? (known?.id ?? null) : null
  return {
    ...shared,
    ...told(judge(known, accepted, moved, alike !== null), seen),
    tokenStatus: known?.status ?? 'missing',
    lastUseMoved: moved,
    alike,
    portalSilent: false,
  }
}

/**
 * The base URL takes a token that this tenant's portal does not know. On one host that is another
 * tenant's token; on two, the portal and the base URL may as well be different environments.
 */
function notListed(
  record: ConnectionRecord,
  seen: FirstChecks,
  mismatches: readonly Mismatch[],
): Pick<FullChecks, 'checks' | 'mismatches' | 'tokenStatus'> {
  const sameHost =
    record.portal.url !== null &&
    new URL(record.portal.url).hostname === new URL(record.scimBaseUrl).hostname
  const found = sameHost ? 'a token of another tenant' : 'a token this portal does not list'
  return {
    ...told(failed(`The base URL accepts ${found}.`), seen),
    mismatches: [...mismatches, { source: 'token-metadata', expected: record.tenantId, found }],
    tokenStatus: sameHost ? 'other-tenant' : 'missing',
  }
}

const NOT_CONNECTED = 'This portal is not connected, so its list of tokens is not seen.'
const NO_LIST = 'The portal did not show its list of tokens.'
const SEVERAL = 'The characters that the portal shows do not tell which of its tokens this is.'
const UNKNOWN = { tokenStatus: null, lastUseMoved: null, alike: null, portalSilent: false } as const

async function listing(portal: Portal | null): Promise<PortalListing | null> {
  try {
    return portal === null ? null : await portal.list()
  } catch (error) {
    if (error instanceof PortalError) return null
    throw error
  }
}

function knownToken(
  items: readonly PortalToken[],
  token: Secret,
  knownId: string | null,
): PortalToken | 'several' | null {
  const found = items.filter((item) =>
    knownId === null ? shows(item.hint, token) : item.id === knownId,
  )
  const [match, ...more] = found
  if (match !== undefined) return more.length > 0 ? 'several' : match
  // A portal that shows nothing of some tokens may well list this one.
  return knownId === null && items.some((item) => !isTelling(item.hint)) ? 'several' : null
}

/** Null while a portal that writes its times seldom may still be silent about us. */
function moves(
  before: PortalListing | null,
  now: PortalToken,
  granularitySeconds: number,
): boolean | null {
  const earlier = before?.items.find((item) => item.id === now.id)
  if (before === null || earlier === undefined) return null
  if (now.lastUsedAt !== null && now.lastUsedAt !== earlier.lastUsedAt) return true
  if (earlier.lastUsedAt === null) return granularitySeconds === 0 ? false : null
  const age = ms(before.readAt) - ms(earlier.lastUsedAt)
  return age > granularitySeconds * 1000 ? false : null
}

function judge(
  token: PortalToken | null,
  accepted: boolean,
  moved: boolean | null,
  onlyAlike: boolean,
): Check {
  if (token === null) {
    return failed(
      'The portal does not list this token: it belongs to another tenant or environment, or is gone.',
    )
  }
  if (token.status !== 'live') return failed(`The portal shows this token as ${token.status}.`)
  if (onlyAlike) return passed('The portal lists a live token that looks like this one.')
  if (moved === false) {
    return failed(
      'The base URL accepted the token, and the portal shows no use of it: they are not the same environment.',
    )
  }
  if (moved === true)
    return passed('The portal lists the token as live, and its last use moved with ours.')
  return passed(
    accepted
      ? 'The portal lists the token as live; it may show our use later.'
      : 'The portal lists the token as live.',
  )
}

const check =
  (outcome: Check['outcome']) =>
  (detail: string): Check => ({ name: 'token-metadata', outcome, durationMs: 0, detail })
const passed = check('pass')
const failed = check('fail')
const skipped = check('skipped')

/** In the order of the guide: requests, the portal's word, then the environment as a whole. */
function told(metadata: Check, seen: FirstChecks): { checks: Check[] } {
  const environment = seen.checks.filter((c) => c.name === 'environment')
  return {
    checks: [...seen.checks.filter((c) => c.name !== 'environment'), metadata, ...environment],
  }
}
