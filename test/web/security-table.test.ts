/**
 * Every page and every form × everybody, on the real server, as a browser would ask. The table is
 * written by hand; a route that is not in it fails, and so does a row without a route.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/access/role.ts'
import { submitted } from '../escalation/case.ts'
import { ROLES, WHO } from '../http/who.ts'
import { begin } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser, isPage } from './browser.ts'
import type { Browser } from './browser.ts'

interface Row {
  who: keyof typeof WHO
  /** What somebody who may is answered; a form is sent for a revision that never was, and changes nothing. */
  through: number
  /** The same with a session of another tenant. */
  foreign: number
  fields: Record<string, string>
}

const row = (
  who: Row['who'],
  through: number,
  foreign: number,
  fields: Record<string, string> = {},
): Row => ({ who, through, foreign, fields })
const page = (who: Row['who'] = 'readers'): Row => row(who, 200, 404)
const change = (fields: Record<string, string> = {}, who: Row['who'] = 'writers'): Row =>
  row(who, 412, 404, fields)

const reason = { reason: 'looked at' }

const TABLE: Readonly<Record<string, Row>> = {
  'GET /assets/app.css': row('open', 200, 200),
  'GET /assets/app.js': row('open', 200, 200),
  'GET /favicon.svg': row('open', 200, 200),
  // Somebody who is signed in is led on.
  'GET /sign-in': row('open', 200, 303),
  'POST /sign-in': row('open', 401, 401),
  'GET /sign-in/:code': row('open', 404, 404),
  'POST /sign-in/:code': row('open', 404, 404),
  // Support's home is its desk.
  'GET /': row('everyone', 200, 200),
  'POST /rehearsal': row('writers', 404, 404),
  'GET /connections/new': row('writers', 200, 200),
  'POST /connections': row('writers', 422, 422),
  'POST /connections/spelling': row('writers', 200, 200, { scimBaseUrl: 'https://a.example' }),
  'GET /connections/:id': page(),
  'GET /connections/:id/edit': page('writers'),
  'POST /connections/:id/edit': change({ name: 'x' }),
  'POST /connections/:id/screen': change({ screen: 'header-auth-template' }),
  'POST /connections/:id/checks': row('writers', 303, 404),
  'POST /connections/:id/rotations': row('writers', 409, 404, { id: 'tok_none' }),
  'POST /connections/:id/confirm-tenant': change(reason),
  'POST /connections/:id/delete': change(),
  'GET /rotations/:id': page(),
  'GET /rotations/:id/certificate': page(),
  'GET /rotations/:id/stream': page(),
  'POST /rotations/:id/create': change(),
  'POST /rotations/:id/update-idp': change(),
  'POST /rotations/:id/test': change(),
  'POST /rotations/:id/canary': change(),
  'POST /rotations/:id/verify': change(),
  'POST /rotations/:id/event': change({
    operation: 'update',
    subject: 'pilot@acme.example',
    occurredAt: '2026-11-24 12:00',
    outcome: 'success',
    source: 'log',
    reference: 'abc',
  }),
  'POST /rotations/:id/reading': change({ readAt: '2026-11-24 12:00' }),
  'POST /rotations/:id/revoke': change({ lastFour: 'abcd' }),
  'POST /rotations/:id/confirm-revoked': change(),
  'POST /rotations/:id/approve': change({}, 'approvers'),
  'POST /rotations/:id/halt': change(reason),
  'POST /rotations/:id/resume': change(reason),
  'POST /rotations/:id/roll-back': change(reason),
  'POST /rotations/:id/abandon': change(reason),
  // No practice provider is mounted here: nobody finds its buttons.
  'POST /rotations/:id/idp': row('writers', 404, 404, { act: 'test' }),
  'GET /guide': row('everyone', 200, 200),
  'GET /guide/symptoms': row('diagnosers', 200, 200),
  'GET /guide/failures/:code': row('everyone', 404, 404),
  'GET /guide/idps/:idp': row('everyone', 200, 200),
  'GET /guide/scim-errors': row('everyone', 200, 200),
  'GET /keys': row('owners', 200, 200),
  // Nobody makes a key for a tenant they do not hold.
  'POST /keys': row('owners', 201, 403, { name: 'x', role: 'auditor', tenants: 'acme' }),
  'POST /keys/:id/revoke': row('owners', 303, 404),
  // Whoever opens one without a connection gets one of their own tenant.
  'GET /escalations': row('everyone', 200, 200),
  'POST /escalations': row('writers', 303, 303),
  'GET /escalations/:id': page('everyone'),
  'GET /escalations/:id/preview': page('writers'),
  'GET /escalations/:id/preview.zip': page('writers'),
  // Keeps nothing, and so asks for no revision.
  'POST /escalations/:id/redraw': row('writers', 200, 404, { httpStatus: '401' }),
  'POST /escalations/:id/answer': change({ httpStatus: '401' }),
  'POST /escalations/:id/observe': change(),
  'POST /escalations/:id/submit': change(),
  'POST /escalations/:id/withdraw': change(),
  'POST /escalations/:id/acknowledge': change({}, 'handlers'),
  'POST /escalations/:id/request-info': change({}, 'handlers'),
  'POST /escalations/:id/resolve': change({}, 'handlers'),
  'GET /bundles/:id': page('everyone'),
  'GET /bundles/:id/download.json': page('everyone'),
  'GET /bundles/:id/download.md': page('everyone'),
  'GET /bundles/:id/download.zip': page('everyone'),
  // No key of support's is set up here.
  'GET /bundles/:id/download.zip.age': row('everyone', 404, 404),
  'POST /sign-out': row('open', 303, 303),
}

let stage: Stage
let journey: Journey
let escalationId: string
let bundleId: string
let keyId: string
const own = new Map<Role, Browser>()
const foreign = new Map<Role, Browser>()

async function signedIn(role: Role, tenant: string): Promise<Browser> {
  const browser = createBrowser(() => stage.interlock.url)
  await browser.signIn((await stage.person(role, [tenant])).key)
  // A page of everybody's that carries the form's token.
  expect((await browser.open('/sign-in/none')).status).toBe(404)
  expect(browser.csrf()).not.toBe('')
  return browser
}

beforeAll(async () => {
  stage = await openStage()
  journey = await begin(stage)
  const made = await submitted(stage, journey.connectionId)
  escalationId = made.escalation
  bundleId = made.bundle
  const order = { name: 'to be revoked', role: 'auditor', tenants: ['acme'] }
  keyId = String((await stage.owner.send('POST', '/v1/keys', { body: order })).body['id'])
  for (const role of ROLES) {
    own.set(role, await signedIn(role, 'acme'))
    foreign.set(role, await signedIn(role, 'globex'))
  }
})
afterAll(() => stage.close())

/** The assets are named by their content. */
const nameOf = (path: string): string => path.replace(/-[\w-]{12}(\.\w+)$/, '$1')
const routes = () => stage.interlock.routes.filter((r) => isPage(r.path))
const listed = Object.entries(TABLE)

function pathOf(name: string): string {
  const wanted = name.slice(name.indexOf(' ') + 1)
  const path = routes().find((r) => nameOf(r.path) === wanted)?.path ?? wanted
  const ids = { rotations: journey.id, escalations: escalationId, bundles: bundleId, keys: keyId }
  const kind = /^\/(rotations|escalations|bundles|keys)\//.exec(path)?.[1] as keyof typeof ids
  return path
    .replace(':idp', 'okta')
    .replace(':id', ids[kind] ?? journey.connectionId)
    .replace(':code', 'x1')
}

async function statusOf(browser: Browser, name: string, fields: object): Promise<number> {
  const method = name.slice(0, name.indexOf(' '))
  const cut = new AbortController()
  const answer = await browser.raw(pathOf(name), {
    method,
    signal: cut.signal,
    ...(method === 'GET'
      ? {}
      : { body: new URLSearchParams({ csrf: browser.csrf(), revision: '999', ...fields }) }),
  })
  cut.abort()
  return answer.status
}

describe('the table', () => {
  it('has every page there is, and no other', () => {
    const found = routes().map((r) => `${r.method} ${nameOf(r.path)}`)
    expect(found.toSorted()).toEqual(listed.map(([name]) => name).toSorted())
    expect(found.length).toBeGreaterThan(30)
  })
})

describe.each(listed)('%s', (name, { who, through, foreign: stranger, fields }) => {
  const may: readonly Role[] | null = WHO[who]
  const closed = name.startsWith('GET ') ? 303 : 401

  it('without a session, and with a wrong one', async () => {
    for (const cookie of ['', 'interlock=', `interlock=${'A'.repeat(43)}`]) {
      const nobody = createBrowser(() => stage.interlock.url)
      const expected = may === null ? through : closed
      const cut = new AbortController()
      const answer = await nobody.raw(pathOf(name), {
        method: name.slice(0, name.indexOf(' ')),
        headers: { Cookie: cookie },
        signal: cut.signal,
        ...(name.startsWith('GET ') ? {} : { body: new URLSearchParams(fields) }),
      })
      cut.abort()
      expect(answer.status, cookie).toBe(expected)
      if (expected === 303 && may !== null) {
        expect(answer.headers.get('Location')).toMatch(/^\/sign-in(\?|$)/)
      }
    }
  })

  if (may !== null) {
    it('with each role, of this tenant and of another', async () => {
      for (const role of ROLES) {
        const let_in = may.includes(role)
        const desk = name === 'GET /' && role === 'support' ? 303 : null
        expect(await statusOf(own.get(role)!, name, fields), role).toBe(
          let_in ? (desk ?? through) : 403,
        )
        expect(await statusOf(foreign.get(role)!, name, fields), `${role} elsewhere`).toBe(
          let_in ? (desk ?? stranger) : 403,
        )
      }
    })
  }
})

describe('a form', () => {
  const press = (init: RequestInit) =>
    own.get('owner')!.raw(`/rotations/${journey.id}/abandon`, { method: 'POST', ...init })
  const fields = { revision: '1', reason: 'no more' }

  it('without the session’s own token, or with another’s, is refused', async () => {
    const other = own.get('admin')!.csrf()
    for (const csrf of [undefined, '', 'x', other]) {
      const body = new URLSearchParams({ ...fields, ...(csrf === undefined ? {} : { csrf }) })
      expect((await press({ body })).status).toBe(403)
    }
  })

  it('from another site is refused, whatever it holds', async () => {
    const csrf = own.get('owner')!.csrf()
    for (const headers of [
      { Origin: 'https://elsewhere.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const body = new URLSearchParams({ ...fields, csrf })
      expect((await press({ body, headers })).status, JSON.stringify(headers)).toBe(403)
    }
  })

  it('as JSON or as another kind of body is refused', async () => {
    const headers = { 'Content-Type': 'application/json' }
    expect((await press({ body: JSON.stringify(fields), headers })).status).toBe(422)
    expect((await journey.view()).body['status']).toBe('active')
  })
})
