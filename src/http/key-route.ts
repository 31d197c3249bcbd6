/** `/v1/keys`: owners make, list and revoke access keys, never beyond the tenants they hold themselves. */
import { z } from '@hono/zod-openapi'
import { Actor, Instant, ms } from '../../machines/vocabulary.ts'
import type { HeldKey } from '../access/key.ts'
import { BOOTSTRAP_KEY_ID } from '../access/bootstrap-key.ts'
import { KeyName } from '../access/key-record.ts'
import { Role } from '../access/role.ts'
import { Tenants } from '../access/scope.ts'
import type { Scope } from '../access/scope.ts'
import { ProblemError } from '../problem.ts'
import type { AppDeps, Mount } from './env.ts'
import { parseIfMatch, refuseStale } from './if-match.ts'
import { IdParam, pageOf, PageQuery, SentTime } from './paging.ts'
import { json, ok, route } from './route.ts'
import { refuseTokens } from './token-guard.ts'

const NewKey = z
  .strictObject({ name: KeyName, role: Role, tenants: Tenants, expiresAt: SentTime.optional() })
  .openapi('NewKey')

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

const makeKey = route({
  method: 'post',
  path: '/v1/keys',
  permission: 'keys.manage',
  summary: 'Make an access key',
  request: { body: json(NewKey) },
  responses: { 201: ok(MadeKey, 'The key, shown this once.') },
  refusals: ['token-in-field'],
})

const listKeys = route({
  method: 'get',
  path: '/v1/keys',
  permission: 'keys.manage',
  summary: 'List access keys',
  request: { query: PageQuery },
  responses: { 200: ok(pageOf(Key), 'Keys of these tenants, oldest first; never their values.') },
  refusals: ['bad-cursor'],
})

const revokeKey = route({
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

function refusePast(expiresAt: string | undefined, now: number): void {
  if (expiresAt === undefined || ms(expiresAt) > now) return
  const errors = [{ path: 'expiresAt', message: 'must lie in the future' }]
  throw new ProblemError('invalid-input', undefined, { errors })
}

type KeyRouteDeps = Pick<AppDeps, 'keys' | 'clock' | 'guardInput' | 'bootstrapKeySet'>

export function mountKeys({ keys, clock, guardInput, bootstrapKeySet }: KeyRouteDeps): Mount {
  const held = async (id: string, scope: Scope): Promise<HeldKey> => {
    const key = await keys.load(id)
    if (key === null || !scope.covers(key.record.tenants)) throw new ProblemError('not-found')
    return key
  }

  return (app) => {
    app.openapi(makeKey, async (c) => {
      const { name, role, tenants, expiresAt } = c.req.valid('json')
      refuseTokens(guardInput, { name, tenants })
      refusePast(expiresAt, clock())
      if (!c.get('scope').covers(tenants)) {
        throw new ProblemError('forbidden', 'A key can be made only for tenants you hold yourself.')
      }
      const order = { name, role, tenants, expiresAt: expiresAt ?? null }
      const { id, value } = await keys.mint(order, c.get('actor'))
      return c.json({ id, key: value.reveal() }, 201)
    })

    app.openapi(listKeys, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const page = await keys.list(cursor === undefined ? { limit } : { limit, cursor })
      const items = page.items.filter(({ record }) => c.get('scope').covers(record.tenants))
      return c.json({ items: items.map(shown), nextCursor: page.nextCursor }, 200)
    })

    app.openapi(revokeKey, async (c) => {
      const { id } = c.req.valid('param')
      const key = await held(id, c.get('scope'))
      const ifMatch = c.req.header('If-Match')
      if (ifMatch !== undefined) refuseStale(parseIfMatch(ifMatch), key.revision)
      if (id === BOOTSTRAP_KEY_ID && bootstrapKeySet) throw new ProblemError('key-from-setting')
      await keys.revoke(id, c.get('actor'))
      return c.body(null, 204)
    })
  }
}
