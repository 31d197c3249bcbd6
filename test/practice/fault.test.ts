import { afterEach, beforeEach, expect, it } from 'vitest'
import { ask, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
let token: string
let id: string

beforeEach(async () => {
  stage = await openStage({ tenants: ['acme'] })
  const made = stage.practice.tokens.create()
  token = made.value.reveal()
  id = made.token.id
})
afterEach(() => stage.close())

const users = () => ask(`${stage.scim}/Users`, { token })
const discovery = () => ask(`${stage.scim}/ServiceProviderConfig`)
const portal = () =>
  ask(`${stage.url}/api/v1/scim/tokens`, {
    token: stage.practice.state.tenants.get('acme')!.credential.reveal(),
  })
const rows = async () => (await portal()).body['tokens'] as Record<string, unknown>[]

it('wrongEnvironment: locations name another host', async () => {
  stage.practice.faults.wrongEnvironment = 'staging.example:8443'
  const { body } = await discovery()
  expect(body['meta']).toMatchObject({
    location: 'http://staging.example:8443/practice/scim/v2/ServiceProviderConfig',
  })
})

it('expired and revokedToken: 401 on the wire, and the portal shows why', async () => {
  const { faults } = stage.practice
  expect((await users()).status).toBe(200)
  faults.expired = [id]
  expect((await users()).status).toBe(401)
  expect(Date.parse(String((await rows())[0]?.['expires_at']))).toBeLessThanOrEqual(stage.clock.now)
  faults.expired = ['another']
  expect((await users()).status).toBe(200)
  faults.revokedToken = 'all'
  expect((await users()).status).toBe(401)
  expect((await rows())[0]?.['revoked_at']).not.toBeNull()
  faults.revokedToken = []
  expect((await users()).status).toBe(200)
})

it.each([403, 404] as const)(
  'groupsOff %i: groups only, and only for a good token',
  async (off) => {
    stage.practice.faults.groupsOff = off
    expect((await ask(`${stage.scim}/Groups`, { token })).body['status']).toBe(String(off))
    expect((await ask(`${stage.scim}/Groups`)).status).toBe(401)
    expect((await users()).status).toBe(200)
  },
)

it('discoveryBehindAuth: discovery needs the token, and using it there is a use', async () => {
  stage.practice.faults.discoveryBehindAuth = true
  expect((await discovery()).status).toBe(401)
  expect((await ask(`${stage.scim}/ServiceProviderConfig`, { token })).status).toBe(200)
  expect((await rows())[0]?.['last_used_at']).not.toBeNull()
})

it('htmlErrorPage, throttled429, redirectTo, hugeBody stand in the door they are told', async () => {
  const { faults } = stage.practice
  faults.htmlErrorPage = 502
  expect((await users()).headers.get('content-type')).toMatch(/^text\/html/)
  expect((await discovery()).status).toBe(502)
  expect((await portal()).status).toBe(200)
  faults.reach = 'both'
  expect((await portal()).status).toBe(502)

  faults.htmlErrorPage = null
  faults.throttled429 = 7
  const throttled = await users()
  expect([throttled.status, throttled.headers.get('retry-after')]).toStrictEqual([429, '7'])

  faults.throttled429 = null
  faults.redirectTo = 'elsewhere.example'
  const redirect = await ask(`${stage.scim}/Users?count=1`, { token })
  expect(redirect.status).toBe(307)
  expect(redirect.headers.get('location')).toBe(
    'http://elsewhere.example/practice/scim/v2/Users?count=1',
  )

  faults.redirectTo = null
  faults.hugeBody = 2_000_000
  faults.reach = 'portal'
  expect((await portal()).text).toHaveLength(2_000_000)
  expect((await users()).status).toBe(200)
})

it('slow: the answer takes its time', async () => {
  stage.practice.faults.slow = 60
  const before = performance.now()
  await discovery()
  expect(performance.now() - before).toBeGreaterThan(55)
})

it('portalDown, portalForbidden, tenantName: of the portal alone', async () => {
  const { faults } = stage.practice
  faults.tenantName = 'globex'
  expect((await rows())[0]?.['tenant_id']).toBe('globex')
  faults.portalForbidden = true
  expect((await portal()).status).toBe(403)
  faults.portalDown = true
  expect((await portal()).status).toBe(503)
  expect((await users()).status).toBe(200)
})
