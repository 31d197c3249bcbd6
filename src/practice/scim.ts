/** The practice provider's SCIM 2.0 endpoints (RFC 7644), answered by scimmy. */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { general } from './fault.ts'
import type { Faults } from './fault.ts'
import { loggedQuery, withoutTokens } from './request-log.ts'
import type { RequestLog } from './request-log.ts'
import { asPage, scimAnswer, scimDenied, scimFailure, scimRefusal } from './scim-answer.ts'
import { judgeFilter, scimKinds } from './scimmy.ts'
import type { ScimCall } from './scimmy.ts'
import type { Tenant } from './tenant.ts'
import type { TokenBook } from './token.ts'

export interface ScimMeans {
  clock: () => number
  faults: Faults
  log: RequestLog
  tokens: TokenBook
  tenant(id: string): Tenant
  /** The public address of the mount for this request: what locations begin with. */
  baseOf(context: Context): string
}

interface Variables {
  tokenId: string | null
  tenant: Tenant
}
type ScimContext = Context<{ Variables: Variables }>

const LARGEST = 256 * 1024
const { User, Group, ServiceProviderConfig, ResourceType, Schema } = scimKinds

/** To be mounted at `/scim/v2`. */
export function createScimApp(means: ScimMeans): Hono<{ Variables: Variables }> {
  const app = new Hono<{ Variables: Variables }>()
  const { faults } = means
  const answer = (context: ScimContext, status: number, body: object) =>
    scimAnswer(status, body, scimBase(context, means))

  app.use(logged(means))
  app.use(async (context, next) => (await general(faults, 'scim', context)) ?? next())
  app.use(bodyLimit({ maxSize: LARGEST, onError: () => scimFailure(413, 'the body is too large') }))
  app.onError((error) => scimRefusal(error))

  const discovery = [
    ['ServiceProviderConfig', ServiceProviderConfig],
    ['ResourceTypes', ResourceType],
    ['Schemas', Schema],
  ] as const
  for (const [name, Kind] of discovery) {
    app.on('GET', [`/${name}`, `/${name}/:id`], async (context) => {
      if (faults.discoveryBehindAuth && !authenticate(context, means)) return scimDenied()
      const { filter } = context.req.query()
      const asked = new Kind(context.req.param('id'), filter === undefined ? undefined : { filter })
      return answer(context, 200, await asked.read())
    })
  }

  const kinds = [
    ['/Users', User],
    ['/Groups', Group],
  ] as const
  for (const [path, Kind] of kinds) {
    const one = (context: ScimContext) => new Kind(context.req.param('id'))

    app.use(`${path}/*`, async (context, next) => {
      if (!authenticate(context, means)) return scimDenied()
      const off = path === '/Groups' ? faults.groupsOff : null
      return off === null ? next() : scimFailure(off, 'groups are not available here')
    })
    app.get(path, async (context) => {
      const list = await new Kind(undefined, queryOf(context)).read(callOf(context))
      return answer(context, 200, asPage(list))
    })
    app.post(path, async (context) =>
      answer(context, 201, await new Kind().write(await context.req.json(), callOf(context))),
    )
    app.get(`${path}/:id`, async (context) =>
      answer(context, 200, await one(context).read(callOf(context))),
    )
    app.put(`${path}/:id`, async (context) =>
      answer(context, 200, await one(context).write(await context.req.json(), callOf(context))),
    )
    app.patch(`${path}/:id`, async (context) => {
      const after: object | undefined = await one(context).patch(
        await context.req.json(),
        callOf(context),
      )
      return after ? answer(context, 200, after) : context.body(null, 204)
    })
    app.delete(`${path}/:id`, async (context) => {
      await one(context).dispose(callOf(context))
      return context.body(null, 204)
    })
  }
  // Not `notFound`: what this is mounted in would answer instead.
  app.all('*', () => scimFailure(404, 'no such endpoint'))
  return app
}

function logged(means: ScimMeans) {
  return async (context: ScimContext, next: () => Promise<void>): Promise<void> => {
    const at = means.clock()
    context.set('tokenId', null)
    await next()
    const [, path = ''] = context.req.path.split('/scim/v2', 2)
    means.log.add({
      at,
      door: 'scim',
      method: context.req.method,
      path: withoutTokens(path),
      query: loggedQuery(context.req.url),
      userAgent: withoutTokens(context.req.header('user-agent') ?? '') || null,
      tokenId: context.get('tokenId'),
      status: context.res.status,
    })
  }
}

/** The scheme is case-insensitive (RFC 9110 §11.1); `Bearer Bearer x` is no credential at all. */
function authenticate(context: ScimContext, means: ScimMeans): boolean {
  const sent = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(context.req.header('authorization') ?? '')
  const token = sent?.[1] === undefined ? null : means.tokens.authenticate(sent[1])
  if (token === null) return false
  context.set('tokenId', token.id)
  context.set('tenant', means.tenant(token.tenantId))
  return true
}

function callOf(context: ScimContext): ScimCall {
  return { tenant: context.get('tenant'), ifMatch: context.req.header('if-match') ?? null }
}

/** The library leaves out a page parameter that is not an integer instead of refusing it. */
function queryOf(context: ScimContext): Record<string, string | number> {
  const { startIndex, count, ...texts } = context.req.query()
  if (texts['filter'] !== undefined) judgeFilter(texts['filter'])
  for (const number of [startIndex, count]) {
    if (number !== undefined && !/^-?\d{1,9}$/.test(number)) {
      throw new TypeError('startIndex and count are integers')
    }
  }
  return {
    ...texts,
    startIndex: Number(startIndex ?? 1),
    count: Math.min(Number(count ?? 100), 200),
  }
}

function scimBase(context: ScimContext, means: ScimMeans): string {
  const base = new URL(means.baseOf(context))
  if (means.faults.wrongEnvironment !== null) base.host = means.faults.wrongEnvironment
  return `${base.href.replace(/\/$/, '')}/scim/v2`
}
