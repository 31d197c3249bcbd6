import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessions } from '../../src/access/session.ts'
import type { AppDeps } from '../../src/http/env.ts'
import { sessionOf } from '../../src/web/guard.ts'
import { mountSignIn } from '../../src/web/sign-in-handler.ts'
import { start } from '../http/harness.ts'
import type { Harness } from '../http/harness.ts'

let h: Harness
beforeEach(async () => {
  h = await withSignIn()
})
afterEach(() => h.end())

const withSignIn = (over: Partial<AppDeps> = {}): Promise<Harness> =>
  start(({ keys, signIn, clock }) => {
    const sessions = createSessions({ keys, clock })
    return [
      (app) => app.use(sessionOf({ sessions, https: false })),
      mountSignIn({ keys, signIn, sessions, clock, https: false }),
    ]
  }, over)

const open = (path: string, method = 'GET') => h.ask(method, path, { key: null })

describe('the sign-in link', () => {
  it('gives an owner key once, however often it was looked at', async () => {
    const path = `/sign-in/${h.signIn.offer().reveal()}`
    for (let i = 0; i < 3; i += 1) {
      const look = await open(path)
      const page = await look.text()
      expect(look.status).toBe(200)
      expect(look.headers.get('Cache-Control')).toBe('no-store')
      expect(page).toContain('<form method="post">')
      expect(page).not.toContain('ilk_')
    }
    const used = await open(path, 'POST')
    const key = /<code>(ilk_[A-Za-z0-9_-]{43})<\/code>/.exec(await used.text())?.[1]
    expect(used.headers.get('Cache-Control')).toBe('no-store')
    expect((await h.ask('GET', '/v1/keys', { key: key! })).status).toBe(200)
    expect((await open(path)).status).toBe(404)
    expect((await open(path, 'POST')).status).toBe(404)
    expect(h.lines.join('')).not.toContain(key!.slice(4))
    expect(h.lines.join('')).not.toContain(path.slice(9))
  })

  it('gives one key to two clicks at once', async () => {
    const path = `/sign-in/${h.signIn.offer().reveal()}`
    const both = await Promise.all([open(path, 'POST'), open(path, 'POST')])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
  })

  it('is closed after 15 minutes, for another code, and when none was made', async () => {
    expect((await open('/sign-in/anything')).status).toBe(404)
    const path = `/sign-in/${h.signIn.offer().reveal()}`
    expect((await open(`${path}x`, 'POST')).status).toBe(404)
    h.now.ms += 15 * 60_000 - 1
    expect((await open(path)).status).toBe(200)
    h.now.ms += 1
    expect((await open(path)).status).toBe(404)
    expect((await open(path, 'POST')).status).toBe(404)
  })

  it('echoes nothing and cannot be guessed at for long', async () => {
    const own = await withSignIn({ failedAttempts: { burst: 2, refillMs: 60_000 } })
    const answer = await own.ask('GET', '/sign-in/<canary>', { key: null })
    expect(await answer.text()).not.toContain('canary')
    await own.ask('POST', '/sign-in/b', { key: null })
    expect((await own.ask('POST', '/sign-in/c', { key: null })).status).toBe(429)
    await own.end()
  })
})
