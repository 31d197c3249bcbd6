/** Routes that exist in tests only: every shape of input, and handlers that misbehave on demand. */
import { z } from '@hono/zod-openapi'
import type { Mount } from '../../src/http/env.ts'
import { refuseStale, setEtag } from '../../src/http/if-match.ts'
import { IdParam, PageQuery, SentTime } from '../../src/http/paging.ts'
import { json, ok, route } from '../../src/http/route.ts'

const Wide = z.strictObject({
  name: z.string().min(1).max(8),
  count: z.number().int().min(1).max(9).optional(),
  kind: z.enum(['a', 'b']).optional(),
  at: SentTime.optional(),
  inner: z.strictObject({ list: z.array(z.string().max(4)).max(2) }).optional(),
  either: z
    .union([z.strictObject({ id: z.string() }), z.strictObject({ hint: z.string() })])
    .optional(),
})
const Any = z.looseObject({})

const wide = route({
  method: 'post',
  path: '/v1/probes',
  permission: 'connections.write',
  summary: 'Every shape of input',
  request: { body: json(Wide) },
  responses: { 200: ok(Any, 'What arrived.') },
})
const lax = route({
  method: 'post',
  path: '/v1/probes/lax',
  permission: 'connections.write',
  summary: 'Everything optional',
  request: { body: json(z.strictObject({ note: z.string().max(8).optional() })) },
  responses: { 200: ok(z.strictObject({ calls: z.number() }), 'How often it ran.') },
})
const change = route({
  method: 'patch',
  path: '/v1/probes/{id}',
  permission: 'connections.write',
  summary: 'A change',
  ifMatch: true,
  request: { params: IdParam, body: json(z.strictObject({ note: z.string() })) },
  responses: { 200: ok(z.strictObject({ revision: z.number() }), 'The next revision.') },
})
const list = route({
  method: 'get',
  path: '/v1/probes',
  permission: 'connections.read',
  summary: 'A list',
  request: { query: PageQuery },
  responses: { 200: ok(Any, 'A page.') },
})
const once = route({
  method: 'post',
  path: '/v1/probes/{id}/make',
  permission: 'rotations.write',
  summary: 'A token, once',
  request: { params: IdParam, body: json(z.strictObject({ n: z.number().optional() })) },
  responses: { 201: ok(Any, 'The token.') },
})

const asAny = (arrived: object) => arrived as Record<string, never>

export interface Probe {
  calls: number
  /** What the next call of `lax` throws or waits for. */
  next: (() => Promise<void>) | null
  mount: Mount
}

export function createProbe(): Probe {
  const probe: Probe = {
    calls: 0,
    next: null,
    mount(app) {
      app.openapi(wide, (c) => c.json(asAny(c.req.valid('json')), 200))
      app.openapi(lax, async (c) => {
        probe.calls += 1
        const { next } = probe
        probe.next = null
        await next?.()
        return c.json({ calls: probe.calls }, 200)
      })
      app.openapi(change, (c) => {
        refuseStale(c.get('expectedRevision'), 7)
        setEtag(c, 8)
        return c.json({ revision: 8 }, 200)
      })
      app.openapi(list, (c) => c.json(asAny(c.req.valid('query')), 200))
      app.openapi(once, (c) => {
        probe.calls += 1
        setEtag(c, 4)
        return c.json({ rotation: { id: 'rot_1' }, token: `scim_value_${probe.calls}` }, 201)
      })
    },
  }
  return probe
}
