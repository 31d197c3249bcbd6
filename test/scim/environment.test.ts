import { describe, expect, it } from 'vitest'
import { DISCOVERY, fine, run, USERS } from './first-check.ts'
import { CONFIG, list, scimError } from './provider.ts'

describe('the environment', () => {
  const at = (location: string) => ({ id: '1', meta: { location } })

  it('is confirmed by answers that name the host of the base URL', async () => {
    const result = await run((origin) => ({
      ...fine,
      [DISCOVERY]: {
        body: { ...CONFIG, meta: { location: `${origin}/scim/v2/ServiceProviderConfig` } },
      },
      [USERS]: { body: list(at('https://PROVIDER.test/scim/v2/Users/1')) },
    }))
    expect(result.outcomes['environment']).toBe('pass')
    expect(result.mismatches).toEqual([])
    expect([...result.confirmedHosts].sort()).toEqual([
      'provider.test',
      new URL(result.baseUrl).host,
    ])
  })

  it.each(['/scim/v2/Users/1', 'Users/1', '', 'https://', 'urn:x:y', 'http://[', 'x'.repeat(5000)])(
    'is not judged by %j',
    async (location) => {
      const result = await run({ ...fine, [USERS]: { body: list(at(location)) } })
      expect(result.outcomes['environment']).toBe('skipped')
    },
  )

  it.each([
    ['https://other.test/scim/v2/Users/1', 'other.test'],
    ['https://user:pw@other.test:8443/secret?x=y', 'other.test:8443'],
    ['//other.test/scim/v2/Users/1', 'other.test'],
    ['https://provider.test.evil.test/', 'provider.test.evil.test'],
    ['http://provider.test:1/scim/v2/Users/1', 'provider.test:1'],
    ['https://[2001:db8::1]/x', '2001:db8::1'],
    ['https://a_b.test/x', 'a-b.test'],
    ['custom://Odd!Host/x', 'odd-host'],
  ])('fails when a user lives at %s: the host alone is told', async (location, found) => {
    const result = await run({ ...fine, [USERS]: { body: list(at(location)) } })
    expect(result.outcomes['environment']).toBe('fail')
    expect(result.mismatches).toEqual([
      { source: 'meta-location', expected: new URL(result.baseUrl).host, found },
    ])
    expect(found).toMatch(/^[a-z0-9.:-]{1,253}$/)
  })

  it('fails when an answer redirects to another host, and not within the same', async () => {
    const away = { status: 302, headers: { location: 'https://login.other.test/?next=secret' } }
    const result = await run({ ...fine, [DISCOVERY]: away })
    expect(result.mismatches).toEqual([
      { source: 'redirect', expected: new URL(result.baseUrl).host, found: 'login.other.test' },
    ])
    const near = await run({ ...fine, [USERS]: { status: 302, headers: { location: '/login' } } })
    expect(near.mismatches).toEqual([])
  })

  it('is not judged by error answers', async () => {
    const body = { ...scimError('404'), ...at('https://other.test/x') }
    const result = await run({ ...fine, [USERS]: { status: 404, body } })
    expect(result.outcomes['environment']).toBe('skipped')
  })

  it('tells the same mismatch once', async () => {
    const there = at('https://other.test/x')
    const result = await run({
      [DISCOVERY]: { body: { ...CONFIG, ...there } },
      [USERS]: { body: list(there) },
      '/Groups': { body: list(there) },
    })
    expect(result.mismatches).toHaveLength(1)
  })
})
