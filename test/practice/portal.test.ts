import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, NOON, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
let credential: string

beforeEach(async () => {
  stage = await openStage({ tenants: ['acme', 'globex'] })
  credential = stage.practice.state.tenants.get('acme')!.credential.reveal()
})
afterEach(() => stage.close())

const portal = (method = 'GET', path = '', body?: object) =>
  ask(`${stage.url}/api/v1/scim/tokens${path}`, {
    method,
    token: credential,
    ...(body ? { body } : {}),
  })
const rows = async () =>
  (await portal()).body['tokens'] as { id: string; last_used_at: string | null }[]
const use = (token: string) => ask(`${stage.scim}/Users?count=1`, { token })

describe('tokens', () => {
  it('are made once in plain text, listed without it, and revoked once', async () => {
    const made = await portal('POST', '', { name: 'okta-prod', expires_in_days: 30 })
    expect(made.status).toBe(201)
    expect(made.headers.get('cache-control')).toBe('no-store')
    const value = made.body['token'] as string
    expect(value).toMatch(/^scim_[\w-]{43}$/)
    const list = await portal()
    expect(list.text).not.toContain(value)
    expect(list.body['tokens']).toStrictEqual([
      {
        id: made.body['id'],
        name: 'okta-prod',
        token_prefix: value.slice(0, 9),
        tenant_id: 'acme',
        created_at: new Date(NOON).toISOString(),
        expires_at: new Date(NOON + 30 * 86_400_000).toISOString(),
        last_used_at: null,
        revoked_at: null,
      },
    ])
    expect((await use(value)).status).toBe(200)
    const path = `/${String(made.body['id'])}`
    expect((await portal('DELETE', path)).status).toBe(204)
    expect((await use(value)).status).toBe(401)
    expect((await portal('DELETE', path)).status).toBe(404)
  })

  it('live side by side, up to the limit', async () => {
    const two = await openStage({ maxLiveTokens: 2 })
    const first = two.practice.tokens.create()
    two.practice.tokens.create()
    const token = two.practice.state.tenants.get('practice')!.credential.reveal()
    const third = { method: 'POST', token, body: { name: 'third' } }
    expect((await ask(`${two.url}/api/v1/scim/tokens`, third)).status).toBe(409)
    two.practice.tokens.revoke(first.token.id)
    expect((await ask(`${two.url}/api/v1/scim/tokens`, third)).status).toBe(201)
    await two.close()
  })

  it('belong to a tenant: another tenant neither sees nor revokes them', async () => {
    const foreign = stage.practice.tokens.create({ tenantId: 'globex' })
    expect(await rows()).toStrictEqual([])
    expect((await portal('DELETE', `/${foreign.token.id}`)).status).toBe(404)
    expect(stage.practice.tokens.list('globex')[0]?.revokedAt).toBeNull()
  })

  it.each([
    ['no name', {}],
    ['an unknown field', { name: 'x', expiresInDays: 3 }],
    ['no days', { name: 'x', expires_in_days: 0 }],
  ])('refuse an order with %s', async (_what, order) => {
    expect((await portal('POST', '', order)).status).toBe(400)
  })
})

describe('last_used_at', () => {
  const lastUse = async () => (await rows())[0]?.last_used_at
  const at = (ms: number) => new Date(NOON + ms).toISOString()

  it('is stamped at each authentication, even of a request that then fails', async () => {
    const token = stage.practice.tokens.create().value.reveal()
    stage.clock.now += 1000
    await ask(`${stage.scim}/Users/nobody`, { token })
    expect(await lastUse()).toBe(at(1000))
    stage.clock.now += 1
    await use(token)
    expect(await lastUse()).toBe(at(1001))
    await ask(`${stage.scim}/ServiceProviderConfig`, { token })
    stage.clock.now += 1
    expect(await lastUse()).toBe(at(1001))
  })

  it('may be throttled, and cut to the minute', async () => {
    const token = stage.practice.tokens.create().value.reveal()
    stage.practice.state.stamping.throttleSeconds = 300
    await use(token)
    stage.clock.now += 299_999
    await use(token)
    expect(await lastUse()).toBe(at(0))
    stage.clock.now += 1
    await use(token)
    expect(await lastUse()).toBe(at(300_000))
    stage.practice.state.stamping.throttleSeconds = 0
    stage.practice.state.stamping.truncateToMinute = true
    stage.clock.now += 59_000
    await use(token)
    expect(await lastUse()).toBe(at(300_000))
    stage.clock.now += 1000
    await use(token)
    expect(await lastUse()).toBe(at(360_000))
  })
})

describe('access', () => {
  const tokens = () => `${stage.url}/api/v1/scim/tokens`
  const logIn = (password: string, org_id = 'acme') =>
    ask(`${stage.url}/api/v1/auth/login`, { method: 'POST', body: { org_id, password } })

  it('needs a credential, and not a SCIM token', async () => {
    const token = stage.practice.tokens.create().value.reveal()
    expect((await ask(tokens())).status).toBe(401)
    expect((await ask(tokens(), { token })).status).toBe(401)
    expect((await ask(`${stage.scim}/Users`, { token: credential })).status).toBe(401)
  })

  it('is also had by logging in; the session lasts a day', async () => {
    const password = stage.practice.state.tenants.get('acme')!.password.reveal()
    const session = await logIn(password)
    const [cookie = ''] = (session.headers.get('set-cookie') ?? '').split(';', 1)
    expect(session.headers.get('set-cookie')).toMatch(/HttpOnly; Secure; SameSite=Lax/)
    expect(session.body).toMatchObject({ org_id: 'acme' })
    expect((await ask(tokens(), { headers: { cookie } })).status).toBe(200)
    stage.clock.now += 86_400_000
    expect((await ask(tokens(), { headers: { cookie } })).status).toBe(401)
  })

  it('allows five log-ins a minute, good or bad', async () => {
    const password = stage.practice.state.tenants.get('acme')!.password.reveal()
    for (let i = 0; i < 5; i += 1) expect((await logIn('wrong')).status).toBe(401)
    expect((await logIn(password)).status).toBe(429)
    stage.clock.now += 60_000
    expect((await logIn(password)).status).toBe(200)
    expect((await logIn(password, 'nobody')).status).toBe(401)
  })
})
