/** What can be made to go wrong with the practice provider, at run time. */
import type { Context } from 'hono'

/** Fields are changed in place, by tests and rehearsals. `null`, `false` and `[]` mean: nothing wrong. */
export interface Faults {
  /** Which of the two doors the general faults below stand in. */
  reach: 'scim' | 'portal' | 'both'
  /** Milliseconds before each answer. */
  slow: number
  /** 429 with this `Retry-After` (seconds or an HTTP date). */
  throttled429: number | string | null
  /** 307 to the same path at this `host[:port]`. */
  redirectTo: string | null
  /** This status with a web page, as a proxy in front answers. */
  htmlErrorPage: number | null
  /** 200 with a body of this many bytes. */
  hugeBody: number | null
  /** `meta.location` names this `host[:port]`: the base URL of another environment. */
  wrongEnvironment: string | null
  /** Tokens by id, or all, that are past their expiry or revoked, in the portal as on the wire. */
  expired: readonly string[] | 'all'
  revokedToken: readonly string[] | 'all'
  /** The status `/Groups` answers. */
  groupsOff: 403 | 404 | null
  discoveryBehindAuth: boolean
  /** Which tenant the portal says it is. */
  tenantName: string | null
  /** The portal answers 503. */
  portalDown: boolean
  /** The portal user lacks `sso:configure`: 403. */
  portalForbidden: boolean
}

export function noFaults(): Faults {
  return {
    reach: 'scim',
    slow: 0,
    throttled429: null,
    redirectTo: null,
    htmlErrorPage: null,
    hugeBody: null,
    wrongEnvironment: null,
    expired: [],
    revokedToken: [],
    groupsOff: null,
    discoveryBehindAuth: false,
    tenantName: null,
    portalDown: false,
    portalForbidden: false,
  }
}

export function strikes(which: readonly string[] | 'all', id: string): boolean {
  return which === 'all' || which.includes(id)
}

/** The answer a general fault gives instead of the real one; `null` when none is set for this door. */
export async function general(
  faults: Faults,
  door: 'scim' | 'portal',
  context: Context,
): Promise<Response | null> {
  if (faults.reach !== 'both' && faults.reach !== door) return null
  if (faults.slow > 0) await new Promise((resolve) => setTimeout(resolve, faults.slow))
  if (faults.throttled429 !== null) {
    return context.body(null, 429, { 'retry-after': String(faults.throttled429) })
  }
  if (faults.redirectTo !== null) {
    const url = new URL(context.req.url)
    const location = `${url.protocol}//${faults.redirectTo}${url.pathname}${url.search}`
    return context.body(null, 307, { location })
  }
  if (faults.htmlErrorPage !== null) {
    return new Response('<!doctype html><title>Gateway</title><h1>Something went wrong</h1>', {
      status: faults.htmlErrorPage,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    })
  }
  if (faults.hugeBody !== null) {
    return context.body('x'.repeat(faults.hugeBody), 200, {
      'content-type': 'application/scim+json',
    })
  }
  return null
}
