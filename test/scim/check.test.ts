import { describe, expect, it } from 'vitest'
import { firstChecks } from '../../src/scim/check.ts'
import { createSend } from '../../src/scim/client.ts'
import { parseAllowTargets } from '../../src/scim/target.ts'
import { DISCOVERY, find, fine, run, TOKEN, token } from './first-check.ts'
import { CONFIG, scimError, type Canned } from './provider.ts'
import { closedPort, toLoopback } from './server.ts'

describe('the first checks', () => {
  it('pass: discovery without the token, then both lists with it', async () => {
    const result = await run(fine)
    expect(result.outcomes).toEqual({
      discovery: 'pass',
      'list-users': 'pass',
      'list-groups': 'pass',
      environment: 'skipped',
    })
    const [first, ...rest] = result.asked
    expect(first).toEqual({
      path: '/scim/v2/ServiceProviderConfig',
      authorization: undefined,
      accept: 'application/scim+json, application/json',
    })
    expect(rest.map(({ path, authorization }) => `${path} ${authorization}`).sort()).toEqual([
      `/scim/v2/Groups?startIndex=1&count=1 Bearer ${TOKEN}`,
      `/scim/v2/Users?startIndex=1&count=1 Bearer ${TOKEN}`,
    ])
    expect(result.ownUses).toHaveLength(2)
    for (const use of result.ownUses) expect(use.startedAt <= use.endedAt).toBe(true)
    expect(result.clock).toHaveLength(3)
  })

  it('without a token look at discovery alone', async () => {
    const result = await run(fine, { token: null })
    expect(result.outcomes).toMatchObject({
      discovery: 'pass',
      'list-users': 'skipped',
      'list-groups': 'skipped',
    })
    expect(result.asked).toHaveLength(1)
    expect(result.ownUses).toEqual([])
  })

  it.each<[string, Canned]>([
    ['a redirect', { status: 302, headers: { location: '/login' } }],
    ['a web page', { body: '<!doctype html><title>Parked</title>' }],
    ['a web page that is an error', { status: 404, body: '<html>nothing here</html>' }],
    ['a web page by its content type', { headers: { 'content-type': 'text/html' }, body: 'hello' }],
    ['another kind of JSON', { body: { hello: 'world' } }],
    ['a list of JSON', { body: '[1,2]' }],
    ['nothing', { body: '' }],
    ['a SCIM error with status 200', { body: { ...CONFIG, ...scimError('500') } }],
    ['silence', { silent: true }],
  ])('never send the token after %s', async (_name, discovery) => {
    const result = await run({ ...fine, [DISCOVERY]: discovery }, { timeoutMs: 150 })
    expect(result.outcomes).toMatchObject({
      discovery: 'fail',
      'list-users': 'skipped',
      'list-groups': 'skipped',
    })
    expect(result.asked.map((request) => request.authorization)).toEqual([undefined])
    expect(result.ownUses).toEqual([])
    expect(find(result.checks, 'list-users').detail).toMatch(/^The token was not sent/)
  })

  it.each<[string, Canned]>([
    ['401', { status: 401, body: scimError('401') }],
    [
      '401 as a page that names a scheme',
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="SCIM"' },
        body: '<html>401</html>',
      },
    ],
    ['403', { status: 403, body: scimError(403) }],
    ['404', { status: 404 }],
    ['501', { status: 501, body: scimError('501') }],
  ])('go on after %s, which some answer to discovery', async (_name, discovery) => {
    const result = await run({ ...fine, [DISCOVERY]: discovery })
    expect(result.outcomes).toMatchObject({ discovery: 'fail', 'list-users': 'pass' })
  })

  it('take a 401 to discovery as a note where discovery need not be public', async () => {
    const result = await run(
      { ...fine, [DISCOVERY]: { status: 401, body: scimError('401') } },
      { discoveryNeedsAuth: 'note' },
    )
    const discovery = find(result.checks, 'discovery')
    expect(discovery).toMatchObject({ outcome: 'skipped', httpStatus: 401 })
    expect(discovery.detail).toMatch(/wants a token for discovery/)
    expect(result.outcomes['list-users']).toBe('pass')
  })

  it('name the failure when there is no connection at all', async () => {
    const send = createSend({ allow: parseAllowTargets('provider.test'), resolve: toLoopback })
    const baseUrl = `http://provider.test:${await closedPort()}/scim/v2`
    const { checks } = await firstChecks(send, { baseUrl, token, discoveryNeedsAuth: 'fail' })
    expect(find(checks, 'discovery')).toMatchObject({ outcome: 'fail', failure: 'unreachable' })
    expect(find(checks, 'discovery').httpStatus).toBeUndefined()
  })

  it('give each list its own time: a silent one does not take the other with it', async () => {
    const result = await run({ ...fine, '/Groups': { silent: true } }, { timeoutMs: 150 })
    expect(result.outcomes).toMatchObject({ 'list-users': 'pass', 'list-groups': 'fail' })
    expect(find(result.checks, 'list-groups').failure).toBe('timed-out')
    expect(find(result.checks, 'list-groups').durationMs).toBeLessThan(5000)
    // It may have been authenticated all the same, so it counts as a use of ours.
    expect(result.ownUses).toHaveLength(2)
  })
})
