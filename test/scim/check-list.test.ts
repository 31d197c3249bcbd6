import { describe, expect, it } from 'vitest'
import type { Check } from '../../src/scim/contract.ts'
import { fine, run, TOKEN, USERS, users } from './first-check.ts'
import { list, scimError, type Canned } from './provider.ts'

describe('a list', () => {
  it.each<[string, Canned]>([
    [
      'as plain JSON',
      { headers: { 'content-type': 'application/json' }, body: JSON.stringify(list()) },
    ],
    ['without a content type', { body: JSON.stringify(list()) }],
    ['without Resources', { body: { schemas: list().schemas, totalResults: 0 } }],
    ['without schemas', { body: { totalResults: 0, Resources: [] } }],
    ['with keys of its own', { body: { ...list(), message: 'x', documentation_url: 'y' } }],
  ])('passes %s', async (_name, answer) => {
    expect(await users(answer)).toMatchObject({ outcome: 'pass', httpStatus: 200 })
  })

  it.each<[string, Canned, RegExp, Partial<Check>]>([
    [
      'a page',
      { body: '<!DOCTYPE html><p>Sign in' },
      /web page instead of SCIM/,
      { answer: 'web-page' },
    ],
    [
      'a page by its type',
      { headers: { 'content-type': 'text/html; charset=utf-8' }, body: 'Sign in' },
      /web page/,
      { answer: 'web-page' },
    ],
    [
      'a page as 502',
      { status: 502, body: '<html>Bad gateway' },
      /HTTP 502.*web page instead of SCIM/,
      { answer: 'web-page' },
    ],
    ['nothing', { body: '' }, /empty body/, { answer: 'empty' }],
    ['broken JSON', { body: '{"Resources":[' }, /not JSON/, { answer: 'not-json' }],
    ['other JSON', { body: { users: [] } }, /not with what SCIM has/, { answer: 'json' }],
    [
      'an error as 200',
      { body: scimError('500', { totalResults: 0 }) },
      /not with what SCIM has/,
      {},
    ],
    ['201', { status: 201, body: list() }, /cannot be used/, { httpStatus: 201 }],
    [
      'a redirect',
      { status: 301, headers: { location: '/x' } },
      /redirect.*no token/,
      { answer: 'redirect' },
    ],
    ['403', { status: 403, body: scimError('403') }, /does not allow it/, {}],
    ['404', { status: 404 }, /base URL is probably wrong/, {}],
    ['418', { status: 418 }, /refused the request/, {}],
    ['599', { status: 599 }, /failed on its own side/, {}],
  ])('fails on %s', async (_name, answer, detail, more) => {
    const check = await users(answer)
    expect(check).toMatchObject({ outcome: 'fail', ...more })
    expect(check.detail).toMatch(detail)
  })

  it('tells a 401 that names a scheme from one that does not, without repeating it', async () => {
    const challenge = 'Bearer realm="acme-internal", error="invalid_token"'
    const named = await users({ status: 401, headers: { 'www-authenticate': challenge } })
    const bare = await users({ status: 401 })
    expect(named.detail).toMatch(/names a scheme to authenticate with/)
    expect(bare.detail).toMatch(/names no scheme/)
    expect(named.detail).not.toMatch(/acme-internal|invalid_token/)
  })

  it.each([
    ['12', 12, /wait 12 seconds/],
    ['0', 0, /wait 0 seconds/],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined, /did not say/],
    ['1.5', undefined, /did not say/],
    ['-3', undefined, /did not say/],
    ['99999999', undefined, /did not say/],
  ])('reads a 429 with Retry-After %j', async (header, seconds, detail) => {
    const check = await users({
      status: 429,
      headers: { 'retry-after': header },
      body: scimError('429'),
    })
    expect(check.retryAfterSeconds).toBe(seconds)
    expect(check.detail).toMatch(detail)
  })

  it('takes the error status as text or number, and says when it is another', async () => {
    for (const status of ['400', 400]) {
      const check = await users({
        status: 400,
        body: scimError(status, { scimType: 'invalidFilter' }),
      })
      expect(check).toMatchObject({ httpStatus: 400, scimType: 'invalidFilter' })
      expect(check.detail).not.toMatch(/instead/)
    }
    for (const status of ['403', 403]) {
      const check = await users({ status: 400, body: scimError(status) })
      expect(check.detail).toMatch(/names the status 403 instead/)
    }
    for (const status of ['forbidden', null, {}, 99, 4.5, '4000']) {
      const check = await users({ status: 400, body: { ...scimError('400'), status } })
      expect(check.detail).not.toMatch(/instead/)
    }
  })

  it.each(['invalid filter', 'x'.repeat(41), '', '<b>', 'a-b', 5, null, ['uniqueness']])(
    'drops the scimType %j',
    async (scimType) => {
      const check = await users({ status: 400, body: { ...scimError('400'), scimType } })
      expect(check.scimType).toBeUndefined()
    },
  )

  it('names no scimType where there was no error', async () => {
    const check = await users({ body: { ...list(), scimType: 'uniqueness' } })
    expect(check).toMatchObject({ outcome: 'pass' })
    expect(check.scimType).toBeUndefined()
  })

  it('never repeats a body, a header or the token', async () => {
    const secret = 'MARKER-4711'
    for (const status of [200, 302, 400, 401, 403, 404, 429, 500, 503]) {
      for (const body of [
        secret,
        `<html>${secret}`,
        scimError('400', { detail: secret }),
        { [secret]: TOKEN },
      ]) {
        const headers = {
          'www-authenticate': secret,
          'retry-after': secret,
          location: `/${secret}`,
        }
        const result = await run({ ...fine, [USERS]: { status, body, headers } })
        const { checks, mismatches, confirmedHosts } = result
        const said = JSON.stringify({ checks, mismatches, confirmedHosts })
        expect(said).not.toContain(secret)
        expect(said).not.toContain(TOKEN)
      }
    }
  })
})
