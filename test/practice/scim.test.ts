import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, NOON, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
let token: string

beforeEach(async () => {
  stage = await openStage({ tenants: ['acme', 'globex'] })
  token = stage.practice.tokens.create().value.reveal()
})
afterEach(() => stage.close())

const user = (userName: string, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  ...more,
})
const create = (userName: string, more: object = {}) =>
  ask(`${stage.scim}/Users`, { method: 'POST', token, body: user(userName, more) })
const patch = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})

describe('discovery', () => {
  it('is public, and says what AxonFlow says it can do', async () => {
    const config = await ask(`${stage.scim}/ServiceProviderConfig`)
    expect(config.status).toBe(200)
    expect(config.headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      sort: { supported: true },
      etag: { supported: true },
      changePassword: { supported: false },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
      meta: { location: `${stage.scim}/ServiceProviderConfig` },
    })
    const schemas = await ask(`${stage.scim}/Schemas`)
    expect(schemas.body['totalResults']).toBe(3)
    const types = await ask(`${stage.scim}/ResourceTypes/User`)
    expect(types.body).toMatchObject({ endpoint: '/Users', meta: { resourceType: 'ResourceType' } })
    expect((await ask(`${stage.scim}/ResourceTypes/Robot`)).status).toBe(404)
    expect((await ask(`${stage.scim}/ServiceProviderConfig?filter=a+eq+1`)).status).toBe(403)
  })

  it('declares its authentication once, however many practices there are', async () => {
    const second = await openStage()
    const config = await ask(`${second.scim}/ServiceProviderConfig`)
    expect(config.body['authenticationSchemes']).toHaveLength(1)
    await second.close()
  })
})

describe('authentication', () => {
  it.each([
    ['missing', undefined],
    ['unknown', 'Bearer scim_unknown'],
    ['another scheme', 'Basic c2NpbTp4'],
    ['doubled Bearer', 'doubled'],
    ['no Bearer', 'raw'],
    ['revoked', 'revoked'],
    ['expired', 'expired'],
  ])('%s: the same 401, with a challenge and a SCIM body', async (_name, kind) => {
    const { practice, clock } = stage
    const used = practice.tokens.create({ expiresInDays: 1 })
    const value = used.value.reveal()
    const header =
      { doubled: `Bearer Bearer ${value}`, raw: value }[kind ?? ''] ??
      (kind === 'revoked' || kind === 'expired' ? `Bearer ${value}` : kind)
    if (kind === 'revoked') practice.tokens.revoke(used.token.id)
    if (kind === 'expired') clock.now += 86_400_000
    const answer = await ask(`${stage.scim}/Users`, {
      headers: header === undefined ? {} : { authorization: header },
    })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="SCIM"')
    expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(answer.body).toStrictEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '401',
      detail: 'a valid bearer token is needed',
    })
  })

  it('takes the scheme in any case', async () => {
    const headers = { authorization: `bearer ${token}` }
    expect((await ask(`${stage.scim}/Users`, { headers })).status).toBe(200)
  })

  it('serves each tenant its own people, by token', async () => {
    await create('ada@acme.example')
    const other = stage.practice.tokens.create({ tenantId: 'globex' }).value.reveal()
    const list = await ask(`${stage.scim}/Users`, { token: other })
    expect(list.body['totalResults']).toBe(0)
  })
})

describe('users', () => {
  it('are created with a location, a version and times of the practice clock', async () => {
    const made = await create('ada@acme.example', { title: 'Analyst' })
    expect(made.status).toBe(201)
    const location = `${stage.scim}/Users/${String(made.body['id'])}`
    expect(made.headers.get('location')).toBe(location)
    expect(made.headers.get('etag')).toBe('W/"1"')
    expect(made.body).toMatchObject({
      userName: 'ada@acme.example',
      meta: { resourceType: 'User', location, created: new Date(NOON).toISOString() },
    })
    const read = await ask(location, { token })
    expect(read.body).toStrictEqual(made.body)
  })

  it('change by PUT and PATCH; lastModified moves with a change and only with one', async () => {
    const made = await create('ada@acme.example')
    const url = `${stage.scim}/Users/${String(made.body['id'])}`
    stage.clock.now += 5000
    const op = { op: 'Replace', path: 'title', value: 'Countess' }
    const patched = await ask(url, { method: 'PATCH', token, body: patch(op) })
    expect(patched.status).toBe(200)
    const changedAt = new Date(NOON + 5000).toISOString()
    expect(patched.body).toMatchObject({ title: 'Countess', meta: { lastModified: changedAt } })

    stage.clock.now += 5000
    const again = await ask(url, { method: 'PATCH', token, body: patch(op) })
    expect(again.status).toBe(204)
    expect((await ask(url, { token })).body).toMatchObject({ meta: { lastModified: changedAt } })

    const put = await ask(url, { method: 'PUT', token, body: user('ada@acme.example') })
    expect(put.body['title']).toBeUndefined()
    const putAt = new Date(NOON + 10_000).toISOString()
    expect(put.body).toMatchObject({ meta: { lastModified: putAt, version: 'W/"3"' } })
  })

  it('are unique by userName, whatever its case: 409', async () => {
    await create('ada@acme.example')
    const second = await create('ADA@acme.example')
    expect(second.status).toBe(409)
    expect(second.body).toMatchObject({ status: '409', scimType: 'uniqueness' })
  })

  it('are found by filter without regard to case; nobody found is an empty 200', async () => {
    await create('ada@acme.example')
    const query = (filter: string) =>
      ask(`${stage.scim}/Users?filter=${encodeURIComponent(filter)}`, { token })
    expect((await query('userName eq "ADA@acme.example"')).body['totalResults']).toBe(1)
    expect((await query('username sw "ADA"')).body['totalResults']).toBe(1)
    const nobody = await query('userName eq "nobody"')
    expect(nobody.status).toBe(200)
    expect(nobody.body).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] })
    const broken = await query('userName eq')
    expect(broken.status).toBe(400)
    expect(broken.body).toMatchObject({ scimType: 'invalidFilter' })
  })

  it('come in pages, and none beyond the last', async () => {
    for (const name of ['a', 'b', 'c']) await create(name)
    const page = async (query: string) =>
      (await ask(`${stage.scim}/Users?${query}`, { token })).body as {
        totalResults: number
        itemsPerPage: number
        Resources: { userName: string }[]
      }
    const second = await page('startIndex=2&count=1')
    expect(second).toMatchObject({ totalResults: 3, itemsPerPage: 1, startIndex: 2 })
    expect(second.Resources.map((u) => u.userName)).toStrictEqual(['b'])
    expect((await page('startIndex=4&count=5')).Resources).toStrictEqual([])
    expect(await page('count=0')).toMatchObject({ totalResults: 3, Resources: [] })
    expect((await ask(`${stage.scim}/Users?count=two`, { token })).status).toBe(400)
  })

  it('obey If-Match, and are gone after DELETE', async () => {
    const made = await create('ada@acme.example')
    const url = `${stage.scim}/Users/${String(made.body['id'])}`
    const stale = { 'if-match': 'W/"7"' }
    expect((await ask(url, { method: 'DELETE', token, headers: stale })).status).toBe(412)
    const fresh = { 'if-match': 'W/"1"' }
    expect((await ask(url, { method: 'DELETE', token, headers: fresh })).status).toBe(204)
    expect((await ask(url, { token })).status).toBe(404)
    expect((await ask(url, { method: 'DELETE', token })).status).toBe(404)
  })

  it('refuses a body that is not JSON, and one that is too large', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const post = (body: string) => fetch(`${stage.scim}/Users`, { method: 'POST', headers, body })
    expect(((await (await post('{')).json()) as { scimType: string }).scimType).toBe(
      'invalidSyntax',
    )
    expect((await post('x'.repeat(300_000))).status).toBe(413)
    expect((await ask(`${stage.scim}/Robots`, { token })).body['status']).toBe('404')
  })
})

describe('groups', () => {
  it('take members by PATCH', async () => {
    const ada = await create('ada@acme.example')
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Engines',
    }
    const made = await ask(`${stage.scim}/Groups`, { method: 'POST', token, body })
    const url = `${stage.scim}/Groups/${String(made.body['id'])}`
    const op = { op: 'Add', path: 'members', value: [{ $ref: null, value: ada.body['id'] }] }
    const after = await ask(url, { method: 'PATCH', token, body: patch(op) })
    expect(after.body['members']).toMatchObject([{ value: ada.body['id'] }])
  })
})

describe('the request log', () => {
  it('names the token by id and holds no value, wherever one was put', async () => {
    const { practice, scim } = stage
    await ask(`${scim}/Users?startIndex=1&count=2&access_token=${token}`, { token })
    await ask(`${scim}/Users/${token}?filter=userName+eq+%22${token}%22`, { token })
    await ask(`${scim}/Users`, { headers: { authorization: token } })
    expect(practice.requests.entries).toMatchObject([
      {
        at: NOON,
        door: 'scim',
        method: 'GET',
        path: '/Users',
        query: { startIndex: '1', count: '2' },
        tokenId: practice.tokens.list()[0]?.id,
        status: 200,
      },
      { path: '/Users/[token]', status: 404 },
      { tokenId: null, status: 401 },
    ])
    expect(JSON.stringify(practice.requests.entries)).not.toContain(token.slice(5, 25))
    expect(JSON.stringify(practice.tokens.list())).not.toContain(token.slice(10, 25))
  })
})
