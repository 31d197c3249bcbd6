/**
 * The service provider's portal: where tokens are listed, created and revoked. One file per portal;
 * all of them answer in these shapes, whatever their wire format.
 */
import type { Overlap, PortalKind } from '../../machines/vocabulary.ts'
import type { ClockSample } from '../scim/clock-skew.ts'
import type { Secret } from '../secret.ts'

/** One token as its portal shows it. Times are RFC 3339 UTC with milliseconds, or null when the portal does not say. */
export interface PortalToken {
  id: string
  name: string | null
  /** The few characters the portal shows of the value. */
  hint: string | null
  createdAt: string | null
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
  status: 'live' | 'expired' | 'revoked'
}

export interface PortalListing {
  items: PortalToken[]
  /**
   * False: no row has a field for its last use. It may be left out of tokens never used, or a use may
   * never be shown; so null does not mean "never" there.
   */
  showsUse: boolean
  /** The tenant the portal says these tokens belong to; absent when it does not say. */
  tenant?: string
  /** Our clock, when the answer had arrived. */
  readAt: string
  clock: ClockSample | null
}

/** Every method rejects with `PortalError`, and with nothing else. */
export interface Portal {
  readonly kind: PortalKind
  /** The whole list or none: an answer that is only a part of it is 'portal-unreadable'. */
  list(): Promise<PortalListing>
  /** `name` makes the creation recognisable after a crash. The value exists only in this answer. */
  create(order: {
    name: string
    expiresInDays: number
  }): Promise<{ token: PortalToken; value: Secret }>
  /** Irreversible. Resolves when the portal accepted it; a token already gone counts as accepted. */
  revoke(tokenId: string): Promise<void>
}

/** What is known of a kind of portal without asking it (data/portals). */
export interface PortalTraits {
  overlap: Overlap
  /** How stale `last_used_at` may be there. */
  granularitySeconds: number
  /** False: nothing can be listed, people read it out to us. */
  observable: boolean
}

/** `bearer`: sent as Authorization. `session`: exchanged for a cookie by AxonFlow's login. */
export type PortalCredential =
  | { auth: 'bearer'; value: Secret }
  | { auth: 'session'; orgId: string; password: Secret }

/**
 * - `portal-not-connected`: a manual portal; people read it out to us.
 * - `portal-unreachable`: no usable answer, or 5xx (`httpStatus` set); whether it acted is unknown.
 * - `portal-credential-refused` 401 · `portal-forbidden` 403 · `portal-throttled` 429, or our own
 *   limit on log-ins · `token-limit-reached` 409 on create · `portal-refused` any other answer.
 * - `portal-unreadable`: it answered, but not in a way that can be understood without guessing.
 */
export type PortalFault =
  | 'portal-not-connected'
  | 'portal-unreachable'
  | 'portal-credential-refused'
  | 'portal-forbidden'
  | 'portal-throttled'
  | 'portal-refused'
  | 'portal-unreadable'
  | 'token-limit-reached'

/** A portal that did not do what was asked. Never carries the portal's own words. */
export class PortalError extends Error {
  override readonly name = 'PortalError'
  readonly fault: PortalFault
  readonly httpStatus: number | null

  constructor(fault: PortalFault, httpStatus: number | null = null) {
    super(fault)
    this.fault = fault
    this.httpStatus = httpStatus
  }
}
