/**
 * Every route × everybody, on the real server. The table is written by hand from API.md and DESIGN, not
 * from the permissions in the code: a route that is not in it fails, and so does a row without a route.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/access/role.ts'
import type { App } from '../../src/http/env.ts'
import { isPage } from '../web/browser.ts'
import { begin } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { submitted } from '../escalation/case.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { start } from './harness.ts'
import { ROLES, WHO } from './who.ts'

interface Row {
  who: keyof typeof WHO
  /** What somebody who may gets for the request below: it goes through the door and changes nothing. */
  through: number
  /** What the same request gets with an owner's key of another tenant. */
  foreign: number
  body?: unknown
}

const row = (who: Row['who'], through: number, foreign: number, body?: unknown): Row => ({
  who,
  through,
  foreign,
  ...(body === undefined ? {} : { body }),
})
/** A change is sent for a revision that never was: let in, it is 412; another tenant sees nothing. */
const change = (body: unknown = {}, who: Row['who'] = 'writers'): Row => row(who, 412, 404, body)
const handle = (): Row => change({}, 'handlers')

const TABLE: Readonly<Record<string, Row>> = {
  'GET /healthz': row('open', 200, 200),
  'GET /readyz': row('open', 200, 200),
  'GET /metrics': row('open', 200, 200),
  'GET /openapi.json': row('open', 200, 200),
  'GET /docs': row('open', 200, 200),
  'POST /v1/keys': row('owners', 422, 422, {}),
  'GET /v1/keys': row('owners', 200, 200),
  'DELETE /v1/keys/:id': row('owners', 404, 404),
  'GET /v1/audit': row('readers', 200, 200),
  'GET /v1/guide': row('everyone', 200, 200),
  'GET /v1/guide/failures': row('everyone', 200, 200),
  'GET /v1/guide/scim-errors': row('everyone', 200, 200),
  'GET /v1/guide/idps/:idp': row('everyone', 200, 200),
  'GET /v1/guide/idps/:idp/group-sync': row('everyone', 200, 200),
  'POST /v1/diagnoses': row('diagnosers', 200, 200, { httpStatus: 401 }),
  'POST /v1/escalations': row('writers', 422, 422, { connectionId: 7 }),
  'GET /v1/escalations': row('everyone', 200, 200),
  'GET /v1/escalations/:id': row('everyone', 200, 404),
  'GET /v1/escalations/:id/journal': row('everyone', 200, 404),
  'GET /v1/escalations/:id/preview': row('writers', 200, 404),
  'PATCH /v1/escalations/:id': change(),
  'POST /v1/escalations/:id/observe': change(),
  'POST /v1/escalations/:id/submit': change(),
  'POST /v1/escalations/:id/withdraw': change(),
  'POST /v1/escalations/:id/acknowledge': handle(),
  'POST /v1/escalations/:id/request-info': handle(),
  'POST /v1/escalations/:id/resolve': handle(),
  'GET /v1/bundles/signing-key': row('everyone', 200, 200),
  'GET /v1/bundles/:id': row('everyone', 200, 404),
  'POST /v1/connections': row('writers', 422, 422, {}),
  'GET /v1/connections': row('readers', 200, 200),
  'GET /v1/connections/:id': row('readers', 200, 404),
  'PATCH /v1/connections/:id': change(),
  'DELETE /v1/connections/:id': change(),
  'GET /v1/connections/:id/tokens': row('readers', 200, 404),
  'POST /v1/connections/:id/confirm-tenant': change({ reason: 'looked at' }),
  'POST /v1/connections/:id/report-mismatch': row('writers', 200, 404, { found: 'globex' }),
  'POST /v1/connections/:id/checks': row('writers', 200, 404, {}),
  'POST /v1/rotations': row('writers', 422, 422, {}),
  'GET /v1/rotations': row('readers', 200, 200),
  'GET /v1/rotations/:id': row('readers', 200, 404),
  'POST /v1/rotations/:id/create': change(),
  'POST /v1/rotations/:id/update-idp': change(),
  'POST /v1/rotations/:id/test': change(),
  'POST /v1/rotations/:id/canary': change(),
  'POST /v1/rotations/:id/verify': change(),
  'POST /v1/rotations/:id/revoke': change({ oldToken: 'tok_1' }),
  'POST /v1/rotations/:id/confirm-revoked': change(),
  'POST /v1/rotations/:id/approve': change({}, 'approvers'),
  'POST /v1/rotations/:id/halt': change({ reason: 'x' }),
  'POST /v1/rotations/:id/resume': change({ reason: 'x' }),
  'POST /v1/rotations/:id/roll-back': change({ reason: 'x' }),
  'POST /v1/rotations/:id/abandon': change({ reason: 'x' }),
  'GET /v1/rotations/:id/journal': row('readers', 200, 404),
  'GET /v1/rotations/:id/certificate': row('readers', 200, 404),
  'GET /v1/rotations/:id/stream': row('readers', 200, 404),
}

let stage: Stage
let journey: Journey
let escalationId: string
let bundleId: string
const keys = new Map<Role, string>()
const foreign = new Map<Role, string>()
beforeAll(async () => {
  stage = await openStage()
  journey = await begin(stage)
  const { escalation, bundle } = await submitted(stage, journey.connectionId)
  escalationId = escalation
  bundleId = bundle
  for (const role of ROLES) {
    keys.set(role, (await stage.person(role, ['acme'])).key)
    foreign.set(role, (await stage.person(role, ['globex'])).key)
  }
})
afterAll(() => stage.close())

/** The pages have a table of their own: `test/web/security-table.test.ts`. */
const routes = (): string[] =>
  stage.interlock.routes.filter((r) => !isPage(r.path)).map((r) => `${r.method} ${r.path}`)
const listed = Object.entries(TABLE)

function urlOf(name: string): string {
  const path = name.slice(name.indexOf(' ') + 1)
  const ids = { rotations: journey.id, escalations: escalationId, bundles: bundleId }
  const kind = /^\/v1\/(rotations|escalations|bundles)\//.exec(path)?.[1] as keyof typeof ids
  const id = ids[kind] ?? journey.connectionId
  return `${stage.interlock.url}${path.replace(':idp', 'okta').replace(':id', id).replace(':code', 'x1')}`
}

/** Only the status is waited for: a stream has no end. */
async function statusOf(name: string, key: string | null, body: unknown): Promise<number> {
  const method = name.slice(0, name.indexOf(' '))
  const cut = new AbortController()
  const answer = await fetch(urlOf(name), {
    method,
    signal: cut.signal,
    headers: {
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      // A key is revoked without a revision; a wrong one is refused all the same.
      ...(method === 'GET' || name.includes('/keys') ? {} : { 'If-Match': '"999"' }),
    },
    ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
  cut.abort()
  return answer.status
}

describe('the table', () => {
  it('has every route there is, and no other', () => {
    expect(routes().toSorted()).toEqual(listed.map(([name]) => name).toSorted())
    expect(routes().length).toBeGreaterThan(40)
  })

  it('lets nobody at anything under /v1 without a key', () => {
    const open = listed.filter(([, { who }]) => WHO[who] === null).map(([name]) => name)
    expect(open.filter((name) => name.includes('/v1/'))).toEqual([])
  })
})

describe.each(listed)('%s', (name, { who, through, foreign: stranger, body }) => {
  const may: readonly Role[] | null = WHO[who]

  it('without a key, and with a wrong one', async () => {
    const wrong = `ilk_${'z'.repeat(43)}`
    const expected = may === null ? through : 401
    for (const key of [null, wrong, '', 'Basic eDp5']) {
      expect(await statusOf(name, key, body), String(key)).toBe(expected)
    }
  })

  it('with each role', async () => {
    for (const role of ROLES) {
      const expected = may === null || may.includes(role) ? through : 403
      expect(await statusOf(name, keys.get(role)!, body), role).toBe(expected)
    }
  })

  it('with each role of another tenant', async () => {
    for (const role of ROLES) {
      const expected = may === null || may.includes(role) ? stranger : 403
      expect(await statusOf(name, foreign.get(role)!, body), role).toBe(expected)
    }
  })
})

describe('what another tenant’s lists and orders show', () => {
  it('is nothing of this one', async () => {
    const key = foreign.get('owner')!
    const get = async (path: string): Promise<string> => {
      const headers = { Authorization: `Bearer ${key}` }
      return (await fetch(`${stage.interlock.url}${path}`, { headers })).text()
    }
    for (const path of ['/v1/connections', '/v1/rotations', '/v1/audit', '/v1/keys']) {
      const text = await get(path)
      expect(text, path).toContain('"items"')
      for (const word of ['acme', journey.id, journey.connectionId, journey.old.token.id]) {
        expect(text.includes(word), `${path} ${word}`).toBe(false)
      }
    }
  })

  it('and nothing is made or handed out beyond one’s own tenants', async () => {
    const post = async (path: string, body: unknown): Promise<number> =>
      (
        await fetch(`${stage.interlock.url}${path}`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${foreign.get('owner')!}`,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify(body),
        })
      ).status
    // Its own writers were allowed to report a wrong tenant, once: that halted it, and nothing else.
    expect((await journey.view()).body).toMatchObject({ revision: 2, status: 'halted' })
    const key = { name: 'x', role: 'owner' }
    expect(await post('/v1/keys', { ...key, tenants: ['acme'] })).toBe(403)
    expect(await post('/v1/keys', { ...key, tenants: 'all' })).toBe(403)
    expect(await post('/v1/keys', { ...key, tenants: ['globex'] })).toBe(201)
    const connection = { name: 'x', idp: 'okta', scimBaseUrl: `${stage.provider.url}/scim/v2` }
    const order = { ...connection, tenantId: 'acme', portal: { kind: 'manual' } }
    expect(await post('/v1/connections', order)).toBe(403)
    const oldToken = { id: journey.old.token.id }
    const rotation = { connectionId: journey.connectionId, oldToken }
    expect(await post('/v1/rotations', rotation)).toBe(404)
    expect((await journey.view()).body['revision']).toBe(2)
  })
})

describe('a route that declares nothing', () => {
  it('ends the start', async () => {
    const past = (app: App): void => {
      app.get('/v1/back-door', (c) => c.text('open'))
    }
    await expect(start([past])).rejects.toThrow('GET /v1/back-door declares no permission')
  })
})
