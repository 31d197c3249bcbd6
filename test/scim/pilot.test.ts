import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSend } from '../../src/scim/client.ts'
import { pilotUrl, readPilot } from '../../src/scim/pilot.ts'
import { parseAllowTargets } from '../../src/scim/target.ts'
import { toInstant } from '../../src/scim/timestamp.ts'
import { Secret } from '../../src/secret.ts'
import { list, provider, scimError, type Canned } from './provider.ts'
import { closedPort, toLoopback } from './server.ts'

fc.configureGlobal({ seed: 20_260_303 })

const userName = 'pilot@acme.example'
const pilot = {
  id: '7',
  userName,
  title: 'canary-7f3a',
  meta: { lastModified: '2026-03-03T10:00:00Z' },
}
const token = new Secret('scim_abcdefgh')

const read = async (
  answer: Canned,
  more: { userName?: string; canary?: null; timeoutMs?: number } = {},
) => {
  const sp = await provider(() => ({ '/Users': answer }))
  const canary = { attribute: 'title' as const, value: 'canary-7f3a' }
  const reading = await readPilot(sp.send, {
    baseUrl: sp.baseUrl,
    token,
    userName,
    canary,
    ...more,
  })
  return { reading, asked: sp.asked, host: new URL(sp.baseUrl).host }
}

describe('the pilot', () => {
  it('is found by name, with the time of its last change and the canary', async () => {
    const { reading, asked } = await read({ body: list(pilot) })
    expect(reading).toMatchObject({
      outcome: 'found',
      lastModified: '2026-03-03T10:00:00.000Z',
      canaryPresent: true,
      mismatches: [],
    })
    expect(reading.ownUse?.startedAt).toMatch(/^\d{4}-.*\.\d{3}Z$/)
    expect(asked).toEqual([
      {
        path: '/scim/v2/Users?filter=userName%20eq%20%22pilot%40acme.example%22&startIndex=1&count=2',
        authorization: 'Bearer scim_abcdefgh',
        accept: 'application/scim+json, application/json',
      },
    ])
  })

  it.each([
    ['another value', { title: 'canary-0000' }],
    ['a different case', { title: 'CANARY-7F3A' }],
    ['space around', { title: ' canary-7f3a' }],
    ['more text around', { title: 'x canary-7f3a' }],
    ['no such attribute', { title: undefined }],
    ['another type', { title: ['canary-7f3a'] }],
  ])('has no canary with %s', async (_name, change) => {
    const { reading } = await read({ body: list({ ...pilot, ...change }) })
    expect(reading).toMatchObject({ outcome: 'found', canaryPresent: false })
  })

  it('is asked for no canary when there is none', async () => {
    const { reading } = await read({ body: list(pilot) }, { canary: null })
    expect(reading).toMatchObject({ outcome: 'found', canaryPresent: null })
  })

  it('may have attribute names and its own name in another case', async () => {
    const { reading } = await read({
      body: list({ USERNAME: 'Pilot@ACME.example', Title: 'canary-7f3a', Meta: pilot.meta }),
    })
    expect(reading).toMatchObject({ canaryPresent: true, lastModified: '2026-03-03T10:00:00.000Z' })
  })

  it.each([
    ['an empty list', { body: list() }],
    ['a list without Resources', { body: { schemas: list().schemas, totalResults: 0 } }],
  ])('is missing in %s', async (_name, answer) => {
    expect((await read(answer)).reading).toMatchObject({ outcome: 'missing', httpStatus: 200 })
  })

  it.each<[string, Canned, number]>([
    ['two users', { body: list(pilot, pilot) }, 200],
    ['one user of many', { body: { ...list(pilot), totalResults: 3 } }, 200],
    ['a total without users', { body: { ...list(), totalResults: 1 } }, 200],
    ['somebody else (the filter was ignored)', { body: list({ ...pilot, userName: 'eve' }) }, 200],
    ['nobody by name', { body: list({ id: '7' }) }, 200],
    ['no resource', { body: { ...list(), totalResults: 1, Resources: ['x'] } }, 200],
    ['401', { status: 401, body: scimError('401') }, 401],
    ['404', { status: 404, body: scimError(404) }, 404],
    ['a web page', { body: '<html>' }, 200],
    ['nothing', { body: '' }, 200],
    ['an error as 200', { body: scimError('400') }, 200],
  ])('is unreadable in %s', async (_name, answer, httpStatus) => {
    const { reading } = await read(answer)
    expect(reading).toMatchObject({ outcome: 'unreadable', httpStatus })
    expect(reading.ownUse).not.toBeNull()
  })

  it('names another host that it is said to live at, or was redirected to', async () => {
    const elsewhere = { ...pilot, meta: { location: 'https://other.test/scim/v2/Users/7' } }
    const found = await read({ body: list(elsewhere) })
    expect(found.reading).toMatchObject({
      outcome: 'found',
      lastModified: null,
      mismatches: [{ source: 'meta-location', expected: found.host, found: 'other.test' }],
    })
    const away = await read({ status: 307, headers: { location: 'https://other.test/' } })
    expect(away.reading).toMatchObject({
      outcome: 'unreadable',
      httpStatus: 307,
      mismatches: [{ source: 'redirect', expected: away.host, found: 'other.test' }],
    })
  })

  it('without an answer says why, and counts the use only where the token may have left', async () => {
    const send = createSend({ allow: parseAllowTargets('provider.test'), resolve: toLoopback })
    const baseUrl = `http://provider.test:${await closedPort()}/scim/v2`
    const never = await readPilot(send, { baseUrl, token, userName, canary: null })
    expect(never).toEqual({ outcome: 'no-answer', failure: 'unreachable', ownUse: null })
    const { reading } = await read({ silent: true }, { timeoutMs: 100 })
    expect(reading).toMatchObject({ outcome: 'no-answer', failure: 'timed-out' })
    expect(reading.ownUse).not.toBeNull()
  })
})

describe('the filter', () => {
  it('carries any name whole, in one parameter, as one string literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        const url = new URL(pilotUrl('https://portal.example/scim/v2', name))
        expect([...url.searchParams.keys()]).toEqual(['filter', 'startIndex', 'count'])
        const filter = url.searchParams.get('filter') ?? ''
        expect(filter.startsWith('userName eq "')).toBe(true)
        // The literal ends at the first quote that is not escaped, and that is the end of the filter.
        const literal = /^"(?:[^"\\]|\\.)*"/.exec(filter.slice('userName eq '.length))?.[0] ?? ''
        expect(`userName eq ${literal}`).toBe(filter)
        expect(JSON.parse(literal)).toBe(name)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    [
      'x" or userName pr or userName eq "',
      'x%5C%22%20or%20userName%20pr%20or%20userName%20eq%20%5C%22',
    ],
    ['a&count=100#x', 'a%26count%3D100%23x'],
    ['back\\slash', 'back%5C%5Cslash'],
  ])('is not broken out of by %j', (name, encoded) => {
    expect(pilotUrl('https://portal.example', name)).toBe(
      `https://portal.example/Users?filter=userName%20eq%20%22${encoded}%22&startIndex=1&count=2`,
    )
  })
})

describe('a time in an answer', () => {
  it.each([
    ['2026-03-03T10:00:00Z', '2026-03-03T10:00:00.000Z'],
    ['2026-03-03T10:00:00.1Z', '2026-03-03T10:00:00.100Z'],
    ['2026-03-03T10:00:00.123456789Z', '2026-03-03T10:00:00.123Z'],
    ['2026-03-03T10:00:00.999999Z', '2026-03-03T10:00:00.999Z'],
    ['2026-03-03T10:00:00.1234567890123Z', '2026-03-03T10:00:00.123Z'],
    ['2026-03-03T12:30:00+02:30', '2026-03-03T10:00:00.000Z'],
    ['2026-03-03t10:00:00z', '2026-03-03T10:00:00.000Z'],
    ['2024-02-29T23:00:00-02:00', '2024-03-01T01:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(toInstant(text)).toBe(instant)
  })

  it.each([
    '2026-03-03T10:00:00',
    '2026-03-03',
    '2026-02-30T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-03-03T24:00:00Z',
    '2026-03-03T10:00:60Z',
    '2026-03-03T10:00:00+25:00',
    '2026-03-03T10:00:00.Z',
    '03/03/2026 10:00',
    'Tue, 03 Mar 2026 10:00:00 GMT',
    '9999-12-31T23:59:59-01:00',
    '',
    1_772_532_000_000,
    null,
    undefined,
  ])('%j is not one', (value) => {
    expect(toInstant(value)).toBeNull()
  })
})
