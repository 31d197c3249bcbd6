/** `/v1/keys`: owners make, list and revoke access keys, never beyond the tenants they hold themselves. */
import { z } from '@hono/zod-openapi'
import { Actor, Instant } from '../../machines/vocabulary.ts'
import type { HeldKey } from '../access/key.ts'
import { Role } from '../access/role.ts'
import { Tenants } from '../access/scope.ts'
import type { Mount } from './env.ts'
import { parseIfMatch, refuseStale } from './if-match.ts'
import { listKeys, loadKey, makeKey, NewKey, revokeKey } from './key-verb.ts'
import type { KeyDeps } from './key-verb.ts'
import { IdParam, pageOf, PageQuery } from './paging.ts'
import { json, ok, route } from './route.ts'

const MadeKey = z
  .strictObject({ id: z.string(), key: z.string().nullable(), shownAt: Instant.optional() })
  .openapi('MadeKey', { description: 'A repeated request gets null, and when it was shown.' })

const Key = z
  .strictObject({
    id: z.string(),
    revision: z.number().int(),
    name: z.string(),
    role: Role,
    tenants: Tenants,
    createdAt: Instant,
    createdBy: Actor,
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .openapi('Key')

const make = route({
  method: 'post',
  path: '/v1/keys',
  permission: 'keys.manage',
  summary: 'Make an access key',
  request: { body: json(NewKey) },
  responses: { 201: ok(MadeKey, 'The key, shown this once.') },
  refusals: ['token-in-field'],
})

const list = route({
  method: 'get',
  path: '/v1/keys',
  permission: 'keys.manage',
  summary: 'List access keys',
  request: { query: PageQuery },
  responses: { 200: ok(pageOf(Key), 'Keys of these tenants, oldest first; never their values.') },
  refusals: ['bad-cursor'],
})

const revoke = route({
  method: 'delete',
  path: '/v1/keys/{id}',
  permission: 'keys.manage',
  summary: 'Revoke an access key',
  description:
    'At once and for good; the key stays listed. If-Match is honoured but not asked for: taking a key away must never wait.',
  request: { params: IdParam },
  responses: { 204: { description: 'It is revoked.' } },
  refusals: ['key-from-setting', 'stale-revision', 'bad-precondition'],
})

const shown = ({ revision, record }: HeldKey): z.infer<typeof Key> => {
  const { version: _version, digest: _digest, ...rest } = record
  return { ...rest, revision }
}

export const mountKeys =
  (deps: KeyDeps): Mount =>
  (app) => {
    app.openapi(make, async (c) => {
      const { id, value } = await makeKey(deps, c.var, c.req.valid('json'))
      return c.json({ id, key: value.reveal() }, 201)
    })

    app.openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const query = cursor === undefined ? { limit } : { limit, cursor }
      const { items, nextCursor } = await listKeys(deps, c.get('scope'), query)
      return c.json({ items: items.map(shown), nextCursor }, 200)
    })

    app.openapi(revoke, async (c) => {
      const key = await loadKey(deps, c.get('scope'), c.req.valid('param').id)
      const ifMatch = c.req.header('If-Match')
      if (ifMatch !== undefined) refuseStale(parseIfMatch(ifMatch), key.revision)
      await revokeKey(deps, key, c.get('actor'))
      return c.body(null, 204)
    })
  }
