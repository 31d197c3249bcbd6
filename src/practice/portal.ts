/** The practice provider's portal, shaped like AxonFlow's: `/api/v1/auth/login`, `/api/v1/scim/tokens`. */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { general } from './fault.ts'
import type { Faults } from './fault.ts'
import { sameText } from './login.ts'
import type { Sessions } from './login.ts'
import { withoutTokens } from './request-log.ts'
import type { RequestLog } from './request-log.ts'
import { spellCreation, spellList, spellToken } from './spelling.ts'
import type { Spelling } from './spelling.ts'
import type { Tenant } from './tenant.ts'
import { TokenLimit } from './token.ts'
import type { PracticeToken, TokenBook } from './token.ts'

export interface PortalMeans {
  clock: () => number
  faults: Faults
  log: RequestLog
  tokens: TokenBook
  tenants: ReadonlyMap<string, Tenant>
  sessions: Sessions
  spelling: Spelling
}

const Login = z.object({ org_id: z.string(), password: z.string() })
/** Strict: a field that is not understood is refused, as a strict decoder at a real portal would. */
const Order = z.strictObject({
  name: z.string().min(1).max(200),
  expires_in_days: z.int().min(1).max(3650).nullish(),
})

/** To be mounted at `/api/v1`. */
export function createPortalApp(means: PortalMeans): Hono {
  const { clock, faults, tokens, spelling } = means
  const app = new Hono()
  const refuse = (context: Context, status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503) =>
    context.json({ error: `refused with ${status}` }, status)
  const spell = (token: PracticeToken) =>
    spellToken({ ...token, tenantId: faults.tenantName ?? token.tenantId }, clock(), spelling)

  app.use(logged(means))
  app.use(async (context, next) => {
    if (faults.portalDown) return refuse(context, 503)
    return (await general(faults, 'portal', context)) ?? next()
  })
  app.use(bodyLimit({ maxSize: 16_384, onError: (context) => refuse(context, 413) }))

  app.post('/auth/login', async (context) => {
    const asked = Login.safeParse(await context.req.json().catch(() => null))
    if (!asked.success) return refuse(context, 400)
    const session = means.sessions.open(asked.data.org_id, asked.data.password)
    if (session === 'throttled') {
      context.header('retry-after', '60')
      return refuse(context, 429)
    }
    if (session === 'refused') return refuse(context, 401)
    const value = session.value.reveal()
    setCookie(context, 'axonflow_session', value, {
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 86_400,
    })
    return context.json({
      session_id: `ses_${asked.data.org_id}`,
      org_id: faults.tenantName ?? asked.data.org_id,
      email: 'admin@practice.example',
      name: 'Practice Admin',
      expires_at: new Date(session.expiresAt).toISOString(),
    })
  })

  app.get('/scim/tokens', (context) => {
    const tenant = whose(context, means)
    if (typeof tenant === 'number') return refuse(context, tenant)
    const shown = tokens.list(tenant.id).filter((t) => spelling.keepsRevoked || !t.revokedAt)
    return context.json(spellList(shown.map(spell), spelling) as object)
  })

  app.post('/scim/tokens', async (context) => {
    const tenant = whose(context, means)
    if (typeof tenant === 'number') return refuse(context, tenant)
    const order = Order.safeParse(await context.req.json().catch(() => null))
    if (!order.success) return refuse(context, 400)
    const name = withoutTokens(order.data.name)
    const expiresInDays = order.data.expires_in_days ?? null
    try {
      const { token, value } = tokens.create({ tenantId: tenant.id, name, expiresInDays })
      context.header('cache-control', 'no-store')
      return context.json(spellCreation(spell(token), value.reveal(), spelling), 201)
    } catch (refusal) {
      if (refusal instanceof TokenLimit) return refuse(context, 409)
      throw refusal
    }
  })

  app.delete('/scim/tokens/:id', (context) => {
    const tenant = whose(context, means)
    if (typeof tenant === 'number') return refuse(context, tenant)
    const revoked = tokens.revoke(tenant.id, context.req.param('id'))
    return revoked ? context.body(null, 204) : refuse(context, 404)
  })
  // Not `notFound`: what this is mounted in would answer instead.
  app.all('*', (context) => refuse(context, 404))
  return app
}

/** The tenant of the credential or the session; 401 without one, 403 without the permission. */
function whose(context: Context, means: PortalMeans): Tenant | 401 | 403 {
  const credential = /^bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
  const byCredential = [...means.tenants.values()].find((tenant) =>
    sameText(tenant.credential.reveal(), credential),
  )
  const cookie = getCookie(context, 'axonflow_session') ?? ''
  const tenant = byCredential ?? means.tenants.get(means.sessions.tenantOf(cookie) ?? '')
  if (tenant === undefined) return 401
  return means.faults.portalForbidden ? 403 : tenant
}

function logged(means: PortalMeans) {
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    const at = means.clock()
    await next()
    const [, path = ''] = context.req.path.split('/api/v1', 2)
    means.log.add({
      at,
      door: 'portal',
      method: context.req.method,
      path: withoutTokens(path),
      query: {},
      userAgent: null,
      tokenId: null,
      status: context.res.status,
    })
  }
}
