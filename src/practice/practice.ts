/**
 * A service provider to rehearse with: SCIM, the portal that makes its tokens, and a panel to play
 * the IdP. All of it lives in memory and calls nothing but itself.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Secret } from '../secret.ts'
import { noFaults } from './fault.ts'
import type { Faults } from './fault.ts'
import { createSessions } from './login.ts'
import type { Sessions } from './login.ts'
import { createPanelApp } from './panel.ts'
import { createPortalApp } from './portal.ts'
import { createRequestLog } from './request-log.ts'
import type { RequestLog } from './request-log.ts'
import { createScimApp } from './scim.ts'
import { defaultSpelling } from './spelling.ts'
import type { Spelling } from './spelling.ts'
import { createTenant } from './tenant.ts'
import type { Tenant } from './tenant.ts'
import { createTokenBook } from './token.ts'
import type { PracticeToken, Stamping } from './token.ts'

export interface PracticeOrder {
  /** Epoch milliseconds. */
  clock?: () => number
  /** `scheme://host[:port]` of what it is mounted in; without it each request names its own. */
  origin?: string | (() => string)
  /** 0 (default): `last_used_at` is written at each request. */
  throttleSeconds?: number
  truncateToMinute?: boolean
  spelling?: Partial<Spelling>
  /** The first is the one the panel shows. Default: `practice`. */
  tenants?: readonly string[]
  /** Live tokens per tenant; 2 makes it a two-slot portal. */
  maxLiveTokens?: number
}

export interface PracticeState {
  readonly tenants: ReadonlyMap<string, Tenant>
  readonly sessions: Sessions
  readonly stamping: Stamping
  readonly spelling: Spelling
}

export interface Practice {
  /** Mount it anywhere: `/scim/v2`, `/api/v1`, `/idp` and a description at `/` are below. */
  readonly app: Hono
  readonly state: PracticeState
  /** The portal's work without its HTTP. `tenantId` defaults to the first tenant. */
  readonly tokens: {
    create(order?: { tenantId?: string; name?: string; expiresInDays?: number | null }): {
      token: PracticeToken
      value: Secret
    }
    list(tenantId?: string): PracticeToken[]
    revoke(id: string, tenantId?: string): boolean
  }
  readonly requests: RequestLog
  readonly faults: Faults
}

export function createPractice(order: PracticeOrder = {}): Practice {
  const clock = order.clock ?? Date.now
  const faults = noFaults()
  const stamping: Stamping = {
    throttleSeconds: order.throttleSeconds ?? 0,
    truncateToMinute: order.truncateToMinute ?? false,
  }
  const spelling = { ...defaultSpelling(), ...order.spelling }
  const ids = order.tenants?.length ? order.tenants : ['practice']
  const tenants = new Map(ids.map((id) => [id, createTenant(id, clock)]))
  const tenant = (id: string): Tenant => {
    const known = tenants.get(id)
    if (known === undefined) throw new RangeError('the practice provider has no such tenant')
    return known
  }
  const first = tenant(ids[0] ?? '')
  const log = createRequestLog()
  const sessions = createSessions({ clock, tenants })
  const tokens = createTokenBook({ clock, stamping, faults, maxLive: order.maxLiveTokens ?? 20 })
  const baseOf = mountedAt(order.origin)

  const scim = createScimApp({ clock, faults, log, tokens, tenant, baseOf })
  const app = new Hono()
  app.route('/scim/v2', scim)
  app.route('/api/v1', createPortalApp({ clock, faults, log, tokens, tenants, sessions, spelling }))
  app.route(
    '/',
    createPanelApp({ inside: new Hono().route('/scim/v2', scim), tenant: first, clock, baseOf }),
  )

  return {
    app,
    state: { tenants, sessions, stamping, spelling },
    tokens: {
      create: (asked = {}) =>
        tokens.create({
          tenantId: tenant(asked.tenantId ?? first.id).id,
          name: asked.name ?? 'made by hand',
          expiresInDays: asked.expiresInDays === undefined ? 90 : asked.expiresInDays,
        }),
      list: (tenantId = first.id) => tokens.list(tenantId),
      revoke: (id, tenantId = first.id) => tokens.revoke(tenantId, id),
    },
    requests: log,
    faults,
  }
}

const DOORS = /\/(?:scim\/v2|api\/v1|idp)(?:\/.*)?$|\/$/

/** Where it is mounted is not known here: the part of the request's path before a door is the mount. */
function mountedAt(origin: PracticeOrder['origin']): (context: Context) => string {
  return (context) => {
    const url = new URL(context.req.url)
    const given = typeof origin === 'function' ? origin() : origin
    return `${given ?? url.origin}${url.pathname.replace(DOORS, '')}`
  }
}
