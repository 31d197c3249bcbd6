/** What counts as a token among arguments, and what must not. */
import { describe, expect, it } from 'vitest'
import { looksLikeToken } from '../../src/cli/argument.ts'
import { momentOf } from '../../src/cli/attest.ts'
import { tame, wrap } from '../../src/cli/terminal.ts'
import { piped } from './screen.ts'

describe('a token among the arguments', () => {
  // Pieced together, so that no scanner takes this file for a leak.
  const tokens = [
    `scim_${'ab12'.repeat(8)}`,
    `ilk_${'Zz9_'.repeat(8)}`,
    'Bearer something',
    ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2ln'].join('.'),
    `--whatever=scim_${'ab12'.repeat(8)}`,
    ['ghp', 'a1B2'.repeat(9)].join('_'),
    'd41d8cd98f00b204e9800998ecf8427e',
    'kJ8sLw02mNq7VbX4cT1yRz6P',
    'abcdefghijkl0123456789mnop',
  ]
  it.each(tokens)(
    '%# is refused by every command that could take it, and not repeated',
    async (token) => {
      expect(looksLikeToken(token)).toBe(true)
      for (const args of [['check', 'https://a.example', token], ['show', token], [token]]) {
        const { exit, stdout, stderr } = await piped(args)
        expect(exit).toBe(2)
        expect(stderr).toContain('history')
        expect(stdout + stderr).not.toContain(token.slice(-12))
      }
    },
  )

  const options = ['--token', '--token=x', '--password', '--secret=x', '--api-key', '--key', '-key']
  it.each(options)('%s is refused, whatever follows', async (option) => {
    const { exit, stderr } = await piped(['check', 'https://a.example/scim/v2', option, 'short'])
    expect(exit).toBe(2)
    expect(stderr).toContain('history')
  })

  const harmless = [
    'https://portal.example/scim/v2',
    'https://portal-eu-west-1.internal.example:8443/tenants/acme/scim/v2',
    'rot_1m85zg7140092khbt6yw',
    'con_1m85za5ya00c6zp7gj76',
    'key_0mwu8ix5h000062uL-D8kAjnr',
    '550e8400-e29b-41d4-a716-446655440000',
    './bundles/bun_1m85zg7140092khbt6yw.zip',
    '/var/lib/interlock/Bundles/2026/case-file-of-acme.zip',
    'verify',
    '--certificate',
    '--allow=10.0.0.7:8080',
    'the administrator of acme',
    'acme,globex,initech',
  ]
  it.each(harmless)('%s is none', (word) => {
    expect(looksLikeToken(word)).toBe(false)
  })
})

describe('times as people type them', () => {
  const now = new Date(2026, 10, 24, 17, 40)
  it('reads a time of day as today’s, here', () => {
    expect(momentOf('16:31', now)).toBe(new Date(2026, 10, 24, 16, 31).toISOString())
    expect(momentOf('9:05:07', now)).toBe(new Date(2026, 10, 24, 9, 5, 7).toISOString())
  })
  it('reads full times with a zone, and nothing without one', () => {
    expect(momentOf('2026-11-24T16:31:00Z', now)).toBe('2026-11-24T16:31:00.000Z')
    expect(momentOf('2026-11-24 16:31+02:00', now)).toBe('2026-11-24T14:31:00.000Z')
    for (const text of [
      '',
      '24:00',
      '16:60',
      'noon',
      '2026-11-24',
      '2026-11-24T16:31:00',
      '2026-13-01T00:00Z',
    ]) {
      expect(momentOf(text, now), text).toBeNull()
    }
  })
})

describe('text from elsewhere', () => {
  it('loses what moves a cursor or turns the reading direction', () => {
    expect(tame('a\u001B[2J\u0007\u202Eb\nc\u009Bd\r')).toBe('a[2Jb\ncd')
  })
  it('is broken at spaces, and never inside what is copied', () => {
    const long = 'x'.repeat(90)
    expect(wrap(`one two ${long} three`, 30)).toBe(`one two\n${long}\nthree`)
    expect(wrap('aaaa bbbb cccc dddd eeee ffff', 24, '  ', ' ')).toBe(
      '  aaaa bbbb cccc dddd\n   eeee ffff',
    )
  })
})
