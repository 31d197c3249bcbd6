/** What a signed-in browser holds, and when it stops being signed in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessions } from '../../src/access/session.ts'
import { start } from '../http/harness.ts'
import type { Harness } from '../http/harness.ts'
import type { AppDeps } from '../../src/http/env.ts'
import { permit } from '../../src/http/permit.ts'
import { sessionOf } from '../../src/web/guard.ts'
import { mountSignIn, placeOf } from '../../src/web/sign-in-handler.ts'

let h: Harness
const open = (https: boolean, over: Partial<AppDeps> = {}): Promise<Harness> =>
  start(({ keys, signIn, clock }) => {
    const sessions = createSessions({ keys, clock })
    return [
      (app) => app.use(sessionOf({ sessions, https, publicHost: 'interlock.example' })),
      mountSignIn({ keys, signIn, sessions, clock, https }),
      (app) => app.get('/mine', permit('guide.read'), (c) => c.text(c.get('actor').name)),
    ]
  }, over)
beforeEach(async () => {
  h = await open(false)
})
afterEach(() => h.end())

const signIn = async (on: Harness, key: string, headers: Record<string, string> = {}) =>
  on.app.request('/sign-in', { method: 'POST', body: new URLSearchParams({ key }), headers })
const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0] ?? ''
const mine = async (on: Harness, cookie: string): Promise<number> =>
  (await on.app.request('/mine', { headers: { Cookie: cookie.split(';')[0] ?? '' } })).status

describe('the cookie', () => {
  it('is out of reach for scripts and other sites, and holds no key', async () => {
    const key = await h.key('admin')
    const answer = await signIn(h, key)
    expect(answer.status).toBe(303)
    const cookie = cookieOf(answer)
    expect(cookie).toMatch(/^interlock=[\w-]{43};/)
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=43200']) {
      expect(cookie).toContain(part)
    }
    expect(cookie).not.toContain(key.slice(4))
    expect(await mine(h, cookie)).toBe(200)
  })

  it('over https belongs to this host alone', async () => {
    const secure = await open(true)
    const cookie = cookieOf(await signIn(secure, await secure.key('admin')))
    expect(cookie).toMatch(/^__Host-interlock=/)
    expect(cookie).toContain('Secure')
    expect(cookie).not.toMatch(/Domain=/i)
    // The name of plain http opens nothing here.
    expect(await mine(secure, cookie.replace('__Host-', ''))).toBe(401)
    expect(await mine(secure, cookie)).toBe(200)
    await secure.end()
  })
})

describe('a session', () => {
  it('ends with its key, with its twelve hours, and by signing out', async () => {
    const revoked = await h.key('admin')
    const cookie = cookieOf(await signIn(h, revoked))
    const all = await h.ask('GET', '/v1/keys')
    const { items } = (await all.json()) as { items: { id: string; name: string }[] }
    const id = items.find(({ name }) => name === 'the admin')?.id ?? ''
    expect((await h.ask('DELETE', `/v1/keys/${id}`)).status).toBe(204)
    expect(await mine(h, cookie)).toBe(401)

    const aged = cookieOf(await signIn(h, await h.key('admin')))
    h.now.ms += 12 * 3_600_000 - 1
    expect(await mine(h, aged)).toBe(200)
    h.now.ms += 1
    expect(await mine(h, aged)).toBe(401)

    const left = cookieOf(await signIn(h, await h.key('admin')))
    const csrf = /name="csrf" value="([^"]+)"/.exec(
      await (
        await h.app.request('/sign-in/none', { headers: { Cookie: left.split(';')[0] ?? '' } })
      ).text(),
    )?.[1]
    const headers = { Cookie: left.split(';')[0] ?? '' }
    const body = new URLSearchParams({ csrf: csrf ?? '' })
    await h.app.request('/sign-out', { method: 'POST', headers, body })
    expect(await mine(h, left)).toBe(401)
  })

  it('opens nothing under /v1, and a key opens no page', async () => {
    const key = await h.key('admin')
    const cookie = cookieOf(await signIn(h, key)).split(';')[0] ?? ''
    expect((await h.app.request('/v1/keys', { headers: { Cookie: cookie } })).status).toBe(401)
    expect((await h.ask('GET', '/mine', { key })).status).toBe(401)
  })

  it('cannot be guessed at for long', async () => {
    const own = await open(false, { failedAttempts: { burst: 2, refillMs: 60_000 } })
    const wrong = `ilk_${'x'.repeat(43)}`
    const statuses = []
    for (let i = 0; i < 3; i += 1) statuses.push((await signIn(own, wrong)).status)
    expect(statuses).toEqual([401, 401, 429])
    await own.end()
  })

  it('is begun behind a proxy that puts its own host into the request', async () => {
    const key = await h.key('admin')
    const headers = { Origin: 'https://interlock.example', Host: 'internal:8080' }
    expect((await signIn(h, key, headers)).status).toBe(303)
    const stranger = { ...headers, Origin: 'https://interlock.example.elsewhere.example' }
    expect((await signIn(h, key, stranger)).status).toBe(403)
  })

  it('is not begun by a wrong key, nor from another site', async () => {
    expect((await signIn(h, `ilk_${'x'.repeat(43)}`)).status).toBe(401)
    expect((await signIn(h, 'scim_whatever')).headers.getSetCookie()).toEqual([])
    const key = await h.key('admin')
    expect((await signIn(h, key, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await signIn(h, key, { Origin: 'https://elsewhere.example' })).status).toBe(403)
  })
})

it.each([
  ['/rotations/rot_1', '/rotations/rot_1'],
  ['/?find=a&page=2', '/?find=a&page=2'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['https://elsewhere.example', '/'],
  ['/a\nSet-Cookie: x', '/'],
  ['', '/'],
  [undefined, '/'],
])('after signing in %s leads to %s', (next, place) => {
  expect(placeOf(next)).toBe(place)
})
