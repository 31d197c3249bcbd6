/** Conformance: the requests each IdP is documented to send, as they arrived at a real socket. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IdpHand, IdpOrder } from '../../src/practice/idp-contract.ts'
import { createIdp } from '../../src/practice/idp.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const PILOT = 'pilot.user@acme.example'
const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}'
const CORE = 'urn:ietf:params:scim:schemas:core:2.0'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let stage: Stage
let token: string

beforeEach(async () => {
  stage = await openStage({ tenants: ['acme'] })
  token = stage.practice.tokens.create().value.reveal()
})
afterEach(() => stage.close())

function ready(kind: IdpHand['kind'], order: Partial<IdpOrder> = {}): IdpHand {
  const idp = createIdp(kind, { baseUrl: stage.scim, ...order })
  idp.enterToken(kind === 'okta' ? `Bearer ${token}` : token)
  idp.save()
  return idp
}
const lines = (idp: IdpHand) => idp.requests.map((r) => `${r.method} ${r.path}`)
const only = () => [...stage.practice.state.tenants.get('acme')!.users.all.values()][0]!

describe('Okta', () => {
  const lookUp = `GET /Users?filter=userName eq "${PILOT}"&startIndex=1&count=100`

  it('tests with a list of two, under its own name', async () => {
    const idp = ready('okta')
    expect(await idp.testConnection()).toStrictEqual({ green: true, httpStatus: 200 })
    expect(idp.requests).toStrictEqual([
      {
        method: 'GET',
        path: '/Users?startIndex=1&count=2',
        authorization: 'Bearer [token]',
        userAgent: 'Okta SCIM Client 1.0.0',
        contentType: null,
        body: null,
      },
    ])
    expect(stage.practice.requests.entries).toMatchObject([
      {
        method: 'GET',
        path: '/Users',
        query: { startIndex: '1', count: '2' },
        userAgent: 'Okta SCIM Client 1.0.0',
      },
    ])
  })

  it('looks up and creates; then reads by id and PUTs the whole', async () => {
    const idp = ready('okta')
    await idp.provision({ userName: PILOT, change: { title: 'one' } })
    const { id } = only()
    const made = await idp.provision({ userName: PILOT, change: { title: 'two' } })
    expect(lines(idp)).toStrictEqual([
      lookUp,
      'POST /Users',
      `GET /Users/${id}`,
      `PUT /Users/${id}`,
    ])
    expect(idp.requests[1]).toMatchObject({
      contentType: 'application/scim+json; charset=utf-8',
      body: {
        schemas: [`${CORE}:User`],
        userName: PILOT,
        name: { givenName: 'Pilot', familyName: 'User' },
        emails: [{ primary: true, value: PILOT, type: 'work' }],
        groups: [],
        active: true,
        title: 'one',
      },
    })
    expect(idp.requests[3]?.body).toMatchObject({ id, userName: PILOT, title: 'two', active: true })
    expect(made).toMatchObject({ operation: 'update', outcome: 'success', httpStatus: 200 })
    expect(only().body).toMatchObject({ title: 'two', displayName: 'Pilot User' })
  })

  it('finds somebody who is there already', async () => {
    await ready('okta').provision({ userName: PILOT, change: {} })
    const second = ready('okta')
    await second.provision({ userName: PILOT, change: { title: 'three' } })
    const { id } = only()
    expect(lines(second)).toStrictEqual([lookUp, `GET /Users/${id}`, `PUT /Users/${id}`])
  })

  it('deactivates by active=false and never deletes; templates PATCH in lower case', async () => {
    const idp = ready('okta', { writes: 'patch' })
    await idp.provision({ userName: PILOT, change: {} })
    const done = await idp.deactivate({ userName: PILOT })
    expect(done).toMatchObject({ operation: 'deactivate', outcome: 'success' })
    expect(idp.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      body: { schemas: [PATCH_OP], Operations: [{ op: 'replace', value: { active: false } }] },
    })
    expect(only().body['active']).toBe(false)
    const aiw = ready('okta')
    await aiw.deactivate({ userName: PILOT })
    expect(aiw.requests.at(-1)).toMatchObject({ method: 'PUT', body: { active: false } })
    expect(lines(aiw).some((line) => line.startsWith('DELETE'))).toBe(false)
  })

  it('pushes groups, and imports in its cycle', async () => {
    const idp = ready('okta')
    await idp.provision({ userName: PILOT, change: {} })
    await idp.pushGroup({ displayName: 'Engines', members: [PILOT] })
    await idp.pushGroup({ displayName: 'Engines', members: [PILOT] })
    const group = [...stage.practice.state.tenants.get('acme')!.groups.all.values()][0]!
    expect(group.body['members']).toMatchObject([{ value: only().id }])
    expect(lines(idp).slice(2)).toStrictEqual([
      'GET /Groups?filter=displayName eq "Engines"&startIndex=1&count=100',
      'POST /Groups',
      'GET /Groups?filter=displayName eq "Engines"&startIndex=1&count=100',
      `PATCH /Groups/${group.id}`,
    ])
    const before = idp.requests.length
    await idp.runCycle()
    expect(lines(idp).slice(before)).toStrictEqual([
      'GET /Users?startIndex=1&count=100',
      'GET /Groups?startIndex=1&count=100',
    ])
  })
})

describe('Entra', () => {
  const probe = [
    new RegExp(`^GET /Users\\?filter=userName eq "${GUID}"$`),
    new RegExp(`^GET /Groups\\?excludedAttributes=members&filter=displayName eq "${GUID}"$`),
  ]

  it('tests by looking for nobody, a new nobody each time; 404 for nobody is a failure', async () => {
    const idp = ready('entra')
    expect(await idp.testConnection()).toStrictEqual({ green: true, httpStatus: 200 })
    await idp.testConnection()
    const sent = lines(idp)
    expect(sent).toHaveLength(4)
    for (const [at, line] of sent.entries()) expect(line).toMatch(probe[at % 2]!)
    expect(sent[0]).not.toBe(sent[2])
    stage.practice.faults.groupsOff = 404
    expect(await idp.testConnection()).toStrictEqual({ green: false, httpStatus: 404 })
  })

  it('creates, then PATCHes with capitalised operations what differs, then skips', async () => {
    const idp = ready('entra')
    await idp.provision({ userName: PILOT, change: { title: 'one' } })
    const { id } = only()
    await idp.provision({ userName: PILOT, change: { title: 'two' } })
    const again = await idp.provision({ userName: PILOT, change: { title: 'two' } })
    expect(lines(idp)).toStrictEqual([
      `GET /Users?filter=userName eq "${PILOT}"`,
      'POST /Users',
      `GET /Users/${id}`,
      `PATCH /Users/${id}`,
      `GET /Users/${id}`,
    ])
    expect(idp.requests[1]?.body).toMatchObject({
      schemas: [`${CORE}:User`, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
      externalId: 'pilot.user',
      meta: { resourceType: 'User' },
      active: true,
    })
    expect(idp.requests[3]?.body).toStrictEqual({
      schemas: [PATCH_OP],
      Operations: [{ op: 'Replace', path: 'title', value: 'two' }],
    })
    expect(again).toMatchObject({ operation: 'update', outcome: 'skipped' })
    await idp.deactivate({ userName: PILOT })
    expect(idp.requests.at(-1)?.body).toMatchObject({
      Operations: [{ op: 'Replace', path: 'active', value: false }],
    })
  })

  it('makes groups empty and adds the members after', async () => {
    const idp = ready('entra')
    await idp.provision({ userName: PILOT, change: {} })
    await idp.pushGroup({ displayName: 'Engines', members: [PILOT] })
    const group = [...stage.practice.state.tenants.get('acme')!.groups.all.values()][0]!
    expect(lines(idp).slice(2)).toStrictEqual([
      'GET /Groups?excludedAttributes=members&filter=displayName eq "Engines"',
      'POST /Groups',
      `PATCH /Groups/${group.id}`,
    ])
    expect(idp.requests.at(-2)?.body).not.toHaveProperty('members')
    expect(idp.requests.at(-1)?.body).toMatchObject({
      Operations: [{ op: 'Add', path: 'members', value: [{ value: only().id }] }],
    })
    expect(group.body['members']).toMatchObject([{ value: only().id }])
  })

  it('probes in the background of a cycle, then writes what is pending', async () => {
    const idp = ready('entra')
    stage.practice.faults.htmlErrorPage = 503
    expect(await idp.provision({ userName: PILOT, change: {} })).toMatchObject({
      outcome: 'failure',
      httpStatus: 503,
    })
    stage.practice.faults.htmlErrorPage = null
    const before = idp.requests.length
    const events = await idp.runCycle()
    expect(events.map((e) => [e.operation, e.outcome])).toStrictEqual([
      ['read', 'success'],
      ['create', 'success'],
    ])
    const sent = lines(idp).slice(before)
    expect(sent[0]).toMatch(probe[0]!)
    expect(sent[1]).toMatch(probe[1]!)
    expect(sent.slice(2)).toStrictEqual([`GET /Users?filter=userName eq "${PILOT}"`, 'POST /Users'])
    expect(idp.state().pending).toBe(0)
  })
})

describe('OneLogin', () => {
  it('creates, PUTs by default, PATCHes where the template does', async () => {
    const idp = ready('onelogin')
    expect((await idp.testConnection()).green).toBe(true)
    await idp.provision({ userName: PILOT, change: { title: 'one' } })
    await idp.provision({ userName: PILOT, change: { title: 'two' } })
    const { id } = only()
    expect(lines(idp)).toStrictEqual([
      'GET /Users?startIndex=1&count=1',
      `GET /Users?filter=userName eq "${PILOT}"`,
      'POST /Users',
      `PUT /Users/${id}`,
    ])
    expect(idp.requests[3]?.body).toMatchObject({ id, userName: PILOT, title: 'two' })
    const template = ready('onelogin', { writes: 'patch' })
    await template.deactivate({ userName: PILOT })
    expect(template.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      body: { Operations: [{ op: 'replace', path: 'active', value: false }] },
    })
    expect(only().body).toMatchObject({ active: false, title: 'two' })
    await idp.pushGroup({ displayName: 'Engines', members: [PILOT] })
    expect(lines(idp).slice(-2)).toStrictEqual(['POST /Groups', expect.stringMatching(/^PATCH /)])
    expect(await idp.runCycle()).toStrictEqual([])
  })
})

describe('the form', () => {
  it('is tested with what stands in it, while events go out with what was saved', async () => {
    const old = stage.practice.tokens.list()[0]!
    const fresh = stage.practice.tokens.create({ name: 'new' })
    const idp = ready('entra')
    idp.enterToken(fresh.value.reveal())
    await idp.testConnection()
    expect(idp.state()).toMatchObject({ form: 'tested', saved: true, formIsSaved: false })
    await idp.provision({ userName: PILOT, change: { title: 'x' } })
    const tokenOf = (method: string) =>
      stage.practice.requests.entries.find((entry) => entry.method === method)?.tokenId
    expect(tokenOf('GET')).toBe(fresh.token.id)
    expect(tokenOf('POST')).toBe(old.id)
    idp.save()
    expect(idp.state().formIsSaved).toBe(true)
    await idp.deactivate({ userName: PILOT })
    expect(tokenOf('PATCH')).toBe(fresh.token.id)
  })

  it.each([
    ['okta', undefined, '', '[token]', 401],
    ['okta', undefined, 'Bearer ', 'Bearer [token]', 200],
    ['okta', 'prefixed', 'Bearer ', 'Bearer Bearer [token]', 401],
    ['okta', 'prefixed', '', 'Bearer [token]', 200],
    ['entra', undefined, 'Bearer ', 'Bearer Bearer [token]', 401],
    ['entra', undefined, '', 'Bearer [token]', 200],
    ['onelogin', 'verbatim', '', '[token]', 401],
  ] as const)('%s (%s) given "%s…" sends "%s": %i', async (kind, format, before, sent, status) => {
    const order = format === undefined ? {} : { headerFormat: format }
    const idp = createIdp(kind, { baseUrl: stage.scim, ...order })
    idp.enterToken(`${before}${token}`)
    expect((await idp.testConnection()).httpStatus).toBe(status)
    expect(idp.requests[0]?.authorization).toBe(sent)
  })

  it('survives an empty form, a value no header can hold, and nobody listening', async () => {
    const idp = createIdp('okta', { baseUrl: stage.scim })
    expect(await idp.testConnection()).toStrictEqual({ green: false, httpStatus: 401 })
    idp.enterToken('Bearer scim_“smart”\n')
    expect(await idp.testConnection()).toStrictEqual({ green: false, httpStatus: null })
    await stage.close()
    const alone = ready('okta')
    const event = await alone.provision({ userName: PILOT, change: {} })
    expect(event).toMatchObject({ outcome: 'failure', httpStatus: null })
    stage = await openStage()
  })

  it('keeps no token in what it remembers', async () => {
    const idp = ready('entra')
    await idp.testConnection()
    await idp.provision({ userName: PILOT, change: {} })
    const remembered = JSON.stringify([idp.requests, idp.log, idp.state()])
    expect(remembered).not.toContain(token)
  })
})
