/** A portal's answer that could be read in two ways is not read at all: a guess may cost the last live token. */
import { describe, expect, it } from 'vitest'
import type { PortalFault } from '../../src/portals/contract.ts'
import { CREDENTIAL, faultOf, rig } from './rig.ts'
import type { Said } from './rig.ts'

const ROW = { id: 'tok_1', name: 'okta', last_used_at: null, revoked_at: null }
const VALUE = 'scim_ab12cd34ef56gh78ij90'

const LISTS: readonly (readonly [string, unknown])[] = [
  ['a web page', '<!doctype html><title>Sign in</title>'],
  ['a word', '"tokens"'],
  ['an object without a list', { ok: true }],
  ['two lists that differ', { tokens: [ROW], items: [] }],
  ['a row that is none', [ROW, null]],
  ['no id', [{ ...ROW, id: undefined }]],
  ['an id that is a path', [{ ...ROW, id: '../1' }]],
  ['two spellings of the id that differ', [{ ...ROW, token_id: 'tok_2' }]],
  ['two rows with one id', [ROW, ROW]],
  ['nothing that says whether it is revoked', [{ id: 'tok_1', last_used_at: null }]],
  [
    'revoked and active at once',
    [{ ...ROW, revoked_at: '2026-05-01T00:00:00Z', status: 'active' }],
  ],
  ['a state nobody knows', [{ ...ROW, status: 'rotating' }]],
  ['a flag that is a word', [{ ...ROW, revoked: 'no' }]],
  ['a last use without a zone', [{ ...ROW, last_used_at: '2026-05-01 10:00:00' }]],
  ['a last use that is no time', [{ ...ROW, last_used_at: 'yesterday' }]],
  ['a last use in the year 9999', [{ ...ROW, last_used_at: '9999-01-01T00:00:00Z' }]],
  [
    'two spellings of the last use',
    [{ ...ROW, lastUsedAt: '2026-05-01T00:00:00Z', last_used: 'x' }],
  ],
  [
    'tokens of two tenants',
    [
      { ...ROW, tenant: 'a' },
      { ...ROW, id: 'tok_2', tenant: 'b' },
    ],
  ],
  ['only a part: a total', { tokens: [ROW], total: 2 }],
  ['only a part: has_more', { tokens: [ROW], has_more: true }],
  ['only a part: a cursor', { tokens: [ROW], next_cursor: 'abc' }],
]

describe('a list', () => {
  it.each(LISTS)('with %s is unreadable', async (_name, body) => {
    const { portal } = await rig(() => ({ body }))
    expect(await faultOf(portal.list())).toBe('portal-unreadable')
  })

  it('whose rows leave out the last use is read, and says that it tells nothing', async () => {
    const { last_used_at: _left, ...silent } = ROW
    const { portal } = await rig(() => ({ body: [silent] }))
    const listing = await portal.list()
    expect(listing).toMatchObject({ showsUse: false, items: [{ id: 'tok_1', lastUsedAt: null }] })
  })

  it.each([
    ['disabled', '2026-05-01T00:00:00Z', 'expired'],
    ['disabled', '2030-05-01T00:00:00Z', 'revoked'],
    ['ACTIVE', '2030-05-01T00:00:00Z', 'live'],
    ['active', '2026-05-01T00:00:00Z', 'expired'],
  ])('with the state %s and expiry %s is a token %s', async (status, expires_at, expected) => {
    const row = { id: 7, last_used_at: 0, status, expires_at }
    const { portal } = await rig(() => ({ body: { data: [row] } }))
    expect((await portal.list()).items).toMatchObject([{ id: '7', status: expected }])
  })

  it('shows no more of a “prefix” than people need', async () => {
    const { portal } = await rig(() => ({ body: [{ ...ROW, prefix: VALUE }] }))
    const [item] = (await portal.list()).items
    expect(item?.hint).toBe('scim_ab12cd3…')
  })
})

const CREATIONS: readonly (readonly [string, unknown])[] = [
  ['no value', { id: 'tok_1' }],
  ['a masked value', { id: 'tok_1', token: 'scim_••••••••' }],
  ['two values', { id: 'tok_1', token: VALUE, secret: `${VALUE}x` }],
  ['a value and no id', { token: VALUE }],
  ['a list', [{ id: 'tok_1', token: VALUE }]],
  ['nothing', ''],
]

describe('a creation', () => {
  it.each(CREATIONS)('that answers %s is unreadable', async (_name, body) => {
    const { portal } = await rig(() => ({ status: 201, body }))
    const work = portal.create({ name: 'x', expiresInDays: 90 })
    expect(await faultOf(work)).toBe('portal-unreadable')
    // Whatever was thrown carries nothing of the answer.
    expect(JSON.stringify(await work.catch((error: unknown) => error))).not.toContain('scim_')
  })

  it('refused because both slots are taken says so', async () => {
    const { portal } = await rig(() => ({ status: 409 }))
    const work = portal.create({ name: 'x', expiresInDays: 90 })
    expect(await faultOf(work)).toBe('token-limit-reached')
  })
})

describe('a revocation', () => {
  it.each<[string, Said, PortalFault | 'none']>([
    ['204', { status: 204 }, 'none'],
    ['200 with JSON', { body: { revoked: true } }, 'none'],
    ['404: it is gone already', { status: 404 }, 'none'],
    ['the start page with 200', { body: '<!doctype html>' }, 'portal-unreadable'],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 'portal-refused'],
    ['503', { status: 503 }, 'portal-unreachable'],
  ])('answered with %s', async (_name, said, fault) => {
    const { portal } = await rig(() => said)
    expect(await faultOf(portal.revoke('tok_1'))).toBe(fault)
  })
})

describe('a failure', () => {
  it.each<[number, PortalFault]>([
    [401, 'portal-credential-refused'],
    [403, 'portal-forbidden'],
    [429, 'portal-throttled'],
    [400, 'portal-refused'],
    [500, 'portal-unreachable'],
  ])('%i has a name, and none of the portal’s words', async (status, fault) => {
    const { portal } = await rig(() => ({ status, body: { error: `bad ${CREDENTIAL}` } }))
    const error: unknown = await portal.list().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ fault, httpStatus: status })
    expect(String(error) + JSON.stringify(error)).not.toContain(CREDENTIAL)
  })
})
