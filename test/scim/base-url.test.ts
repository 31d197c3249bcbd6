import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBaseUrl } from '../../src/scim/base-url.ts'

fc.configureGlobal({ seed: 20_260_303 })

describe('a base URL', () => {
  it.each([
    ['https://portal.example/scim/v2', 'https://portal.example/scim/v2', []],
    ['https://portal.example/scim/v2/', 'https://portal.example/scim/v2', ['trailing-slash']],
    ['HTTPS://Portal.EXAMPLE:443/scim/v2', 'https://portal.example/scim/v2', []],
    ['https://portal.example:8443/scim/v2', 'https://portal.example:8443/scim/v2', []],
    ['https://portal.example/scim/v2/acme', 'https://portal.example/scim/v2/acme', []],
    [' https://portal.example/scim/v2\n', 'https://portal.example/scim/v2', ['surrounding-space']],
    ['https://portal.example', 'https://portal.example', ['missing-scim-v2']],
    ['https://portal.example/', 'https://portal.example', ['missing-scim-v2']],
    ['https://portal.example/scim', 'https://portal.example/scim', ['missing-scim-v2']],
    [
      'https://portal.example/scim/v1',
      'https://portal.example/scim/v1',
      ['missing-scim-v2', 'scim-v1'],
    ],
    [
      'https://portal.example/scim/v2/Users',
      'https://portal.example/scim/v2/Users',
      ['ends-in-resource'],
    ],
    ['https://portal.example//scim//v2', 'https://portal.example/scim/v2', ['doubled-slash']],
    ['https://portal.example/a/../scim/v2', 'https://portal.example/scim/v2', []],
    ['http://portal.example/scim/v2', 'http://portal.example/scim/v2', ['plain-http']],
    ['https://my_portal.example/scim/v2', 'https://my_portal.example/scim/v2', ['underscore']],
    ['https://portal.example/scim/v2/a%20b', 'https://portal.example/scim/v2/a%20b', []],
    ['https://[::1]:8443/scim/v2', 'https://[::1]:8443/scim/v2', []],
  ])('%j', (text, baseUrl, findings) => {
    expect(parseBaseUrl(text)).toMatchObject({ ok: true, baseUrl, findings })
  })

  it.each([
    ['portal.example/scim/v2', 'not-a-url'],
    ['', 'not-a-url'],
    ['ftp://portal.example/scim/v2', 'scheme'],
    ['https://admin:secret@portal.example/scim/v2', 'userinfo'],
    ['https://portal.example/scim/v2?token=x', 'query'],
    ['https://portal.example/scim/v2?', 'query'],
    ['https://portal.example/scim/v2#', 'fragment'],
    ['https://portal.example\\scim\\v2', 'character'],
    ['https://portal.example/scim /v2', 'character'],
    ['https://bücher.example/scim/v2', 'character'],
    ['https://portal.example./scim/v2', 'host'],
    ['https://portal.example/scim/v2%zz', 'path'],
    ['https://portal.example/scim/{tenant}', 'path'],
    ['https://portal.example:99999/scim/v2', 'port'],
    [`https://portal.example/${'a'.repeat(2048)}`, 'too-long'],
  ])('%j is refused', (text, fault) => {
    expect(parseBaseUrl(text)).toEqual({ ok: false, fault })
  })

  it('once accepted is accepted again as the same', () => {
    const pieces = fc.constantFrom(
      'scim',
      'v2',
      '',
      '.',
      '..',
      '%41',
      'a_b',
      'Users',
      '%2e%2e',
      '~',
      ';x=1',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (path) => {
        const first = parseBaseUrl(`https://portal.example:8443/${path.join('/')}`)
        if (!first.ok) throw new Error('these are all fine')
        expect(first.baseUrl).not.toMatch(/\/$|[?#@]|\w\/\//)
        const again = parseBaseUrl(first.baseUrl)
        expect(again).toMatchObject({ ok: true, baseUrl: first.baseUrl })
      }),
    )
  })
})
