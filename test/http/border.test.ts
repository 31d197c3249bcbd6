import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ProblemError } from '../../src/problem.ts'
import { PortalError } from '../../src/portals/contract.ts'
import { StaleRevision } from '../../src/store/contract.ts'
import { codeOf, problemOf, start } from './harness.ts'
import type { Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

const probe = createProbe()
let h: Harness
beforeAll(async () => {
  h = await start([probe.mount], { timeoutMs: 300 })
})
afterAll(() => h.end())
beforeEach(() => {
  probe.next = null
})

describe('who asks', () => {
  it('answers 401 to nobody before it says whether a thing exists', async () => {
    for (const path of ['/v1/probes', '/v1/nothing', '/v1', '/v1/probes/x/y/z']) {
      const answer = await h.ask('GET', path, { key: null })
      expect(await codeOf(answer), path).toBe('unauthenticated')
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
    }
  })

  it('answers 401 to keys that are not live, and to other schemes', async () => {
    const shapes = ['Bearer', 'Bearer ilk_x', `Bearer ilk_${'x'.repeat(43)}`, 'Basic aWxrOg==']
    for (const header of shapes) {
      const answer = await h.ask('GET', '/v1/probes', {
        key: null,
        headers: { Authorization: header },
      })
      expect(await codeOf(answer), header).toBe('unauthenticated')
    }
  })

  it('refuses a role that may not, before it reads the body', async () => {
    const key = await h.key('auditor')
    const answer = await h.ask('POST', '/v1/probes', { key, body: '{not json' })
    const problem = await problemOf(answer)
    expect(problem).toMatchObject({ status: 403, type: 'urn:interlock:problem:forbidden' })
    expect(problem['detail']).toContain('owner, admin')
  })

  it('counts failures per address and says how long to wait, but lets a known key through', async () => {
    const own = await start([], { failedAttempts: { burst: 3, refillMs: 2000 } })
    const wrong = `ilk_${'w'.repeat(43)}`
    const statuses: number[] = []
    await own.ask('GET', '/v1/keys')
    for (let i = 0; i < 4; i += 1) {
      statuses.push((await own.ask('GET', '/v1/keys', { key: wrong })).status)
    }
    expect(statuses).toEqual([401, 401, 401, 429])
    const waiting = await own.ask('GET', '/v1/keys', { key: wrong })
    expect(waiting.headers.get('Retry-After')).toBe('2')
    expect((await own.ask('GET', '/v1/keys')).status).toBe(200)
    const unseen = await own.key('owner')
    expect((await own.ask('GET', '/v1/keys', { key: unseen })).status).toBe(429)
    expect((await own.ask('GET', '/v1/keys', { key: null })).status).toBe(401)
    own.now.ms += 2000
    expect((await own.ask('GET', '/v1/keys', { key: unseen })).status).toBe(200)
    await own.end()
  })
})

describe('what was asked for', () => {
  it('tells an unknown address from another method', async () => {
    expect(await codeOf(await h.ask('GET', '/v1/nothing'))).toBe('not-found')
    const answer = await h.ask('PUT', '/v1/probes')
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, POST')
    expect(await codeOf(answer)).toBe('method-not-allowed')
    expect(await codeOf(await h.ask('GET', '/else'))).toBe('not-found')
  })

  it('takes JSON only, also where every field is optional', async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'application/scim+json',
    ]
    for (const type of types) {
      const answer = await h.ask('POST', '/v1/probes/lax', {
        body: '{"note":"x"}',
        headers: { 'Content-Type': type },
      })
      expect(await codeOf(answer), type).toBe('not-json')
    }
    const headers = { 'Content-Type': 'application/json; charset=utf-8' }
    expect((await h.ask('POST', '/v1/probes/lax', { body: '{}', headers })).status).toBe(200)
  })

  it('takes no body as {} and then still asks for what is required', async () => {
    expect((await h.ask('POST', '/v1/probes/lax')).status).toBe(200)
    expect((await h.ask('POST', '/v1/probes/lax', { body: '' })).status).toBe(200)
    const problem = await problemOf(await h.ask('POST', '/v1/probes'))
    expect(problem['errors']).toEqual([{ path: 'name', message: 'is required' }])
  })

  it('never quotes what could not be parsed', async () => {
    const answer = await h.ask('POST', '/v1/probes', { body: '{"token": scim_live_secret' })
    const text = await answer.clone().text()
    expect(await codeOf(answer)).toBe('malformed-json')
    expect(text).not.toContain('scim_live')
    const deep = '['.repeat(100_000)
    expect(await codeOf(await h.ask('POST', '/v1/probes', { body: deep }))).toBe('malformed-json')
  })

  it('refuses more than 256 KiB, and takes exactly that', async () => {
    const pad = (bytes: number) => `{"note":"${'x'.repeat(bytes - 11)}"}`
    expect(await codeOf(await h.ask('POST', '/v1/probes/lax', { body: pad(262_145) }))).toBe(
      'payload-too-large',
    )
    expect(await codeOf(await h.ask('POST', '/v1/probes/lax', { body: pad(262_144) }))).toBe(
      'invalid-input',
    )
  })

  it('takes an id that cannot be one for a thing that does not exist', async () => {
    const answer = await h.ask('PATCH', '/v1/probes/a%20b', {
      body: { note: '' },
      headers: { 'If-Match': '"1"' },
    })
    expect(await codeOf(answer)).toBe('not-found')
  })
})

describe('in which state', () => {
  const change = (headers: Record<string, string>) =>
    h.ask('PATCH', '/v1/probes/p1', { body: { note: 'n' }, headers })

  it('asks for If-Match', async () => {
    expect((await problemOf(await change({})))['status']).toBe(428)
  })

  it('takes one strong revision and nothing else', async () => {
    for (const bad of ['*', 'W/"7"', '7', '"7", "8"', '""', '"-7"', '"07"', '"7e0"']) {
      expect(await codeOf(await change({ 'If-Match': bad })), bad).toBe('bad-precondition')
    }
  })

  it('says which revision holds when it is stale, and tags the answer when it is not', async () => {
    const stale = await change({ 'If-Match': '"6"' })
    expect(stale.headers.get('ETag')).toBe('"7"')
    expect(await problemOf(stale)).toMatchObject({ status: 412, currentRevision: 7 })
    const changed = await change({ 'If-Match': '"7"' })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('ETag')).toBe('"8"')
  })
})

describe('what goes wrong inside', () => {
  const afterThrowing = async (thrown: unknown) => {
    probe.next = () => {
      throw thrown
    }
    return h.ask('POST', '/v1/probes/lax')
  }

  it('is opaque outside, and found in the log by its request id', async () => {
    const answer = await afterThrowing(new TypeError('reading scim_live_canary of undefined'))
    const problem = await problemOf(answer)
    expect(problem['status']).toBe(500)
    expect(answer.headers.get('X-Request-Id')).toBe(problem.requestId)
    const line = h.lines.find((l) => l.includes(problem.requestId) && l.includes('unexpected'))
    expect(line).toContain('"name":"TypeError"')
    expect(line).toContain('border.test.ts')
    expect(h.lines.join('')).not.toContain('scim_live_canary')
  })

  it('survives a throw of something that is no error', async () => {
    expect(await codeOf(await afterThrowing('scim_live_canary'))).toBe('internal')
  })

  it('knows the failures of the store and of portals', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    expect(await codeOf(await afterThrowing(full))).toBe('unavailable')
    const stale = await problemOf(await afterThrowing(new StaleRevision(9)))
    expect(stale).toMatchObject({ status: 412, currentRevision: 9 })
    const portal = await problemOf(await afterThrowing(new PortalError('portal-throttled', 429)))
    expect(portal).toMatchObject({ status: 502, fault: 'portal-throttled' })
    const unmet = [{ code: 'old-token-quiet', met: false }]
    const blocked = new ProblemError('revocation-blocked', 'Two are open.', { unmet })
    expect(await problemOf(await afterThrowing(blocked))).toMatchObject({
      type: 'urn:interlock:problem:revocation-blocked',
      status: 409,
      detail: 'Two are open.',
      unmet,
    })
  })

  it('ends a request that takes too long', async () => {
    probe.next = () => new Promise(() => {})
    const problem = await problemOf(await h.ask('POST', '/v1/probes/lax'))
    expect(problem['status']).toBe(503)
    expect(problem['detail']).toContain('took too long')
  })
})

describe('every answer', () => {
  it('carries the headers that keep browsers and caches out of it', async () => {
    for (const path of ['/v1/probes', '/v1/nothing', '/healthz', '/docs', '/nothing']) {
      const { headers } = await h.ask('GET', path)
      expect(headers.get('Content-Security-Policy'), path).toContain("default-src 'none'")
      expect(headers.get('Content-Security-Policy'), path).not.toContain('unsafe')
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff')
      expect(headers.get('X-Frame-Options'), path).toBe('DENY')
      expect(headers.get('X-Request-Id'), path).toMatch(/^req_/)
      expect(headers.get('Strict-Transport-Security'), path).toBeNull()
      expect(headers.get('Cache-Control'), path).toBe(path.startsWith('/v1') ? 'no-store' : null)
    }
  })

  it('makes its own request id, whatever was sent', async () => {
    const answer = await h.ask('GET', '/healthz', { headers: { 'X-Request-Id': 'req_mine' } })
    expect(answer.headers.get('X-Request-Id')).not.toBe('req_mine')
  })

  it('leaves one log line with the template, never the path', async () => {
    h.lines.length = 0
    await h.ask('PATCH', '/v1/probes/p-canary-1?x=canary', { body: { note: 'canary' } })
    expect(h.lines).toHaveLength(1)
    expect(JSON.parse(h.lines[0]!)).toMatchObject({
      level: 'info',
      method: 'PATCH',
      route: '/v1/probes/:id',
      status: 428,
      actor: 'key_bootstrap',
      problem: 'precondition-required',
    })
    expect(h.lines[0]).not.toContain('canary')
  })
})
