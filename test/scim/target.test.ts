import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAddress } from '../../src/scim/address.ts'
import { AllowTargetsError, isListed, parseAllowTargets } from '../../src/scim/target.ts'

fc.configureGlobal({ seed: 20_260_303 })

describe('INTERLOCK_ALLOW_TARGETS', () => {
  it('is a comma list of hosts, with or without a port', () => {
    expect(
      parseAllowTargets(' Portal.Corp , 10.0.0.5:8443,[::1]:8080, ::1,0x7f.1 ').entries,
    ).toEqual([
      { host: 'portal.corp', port: null },
      { host: '10.0.0.5', port: 8443 },
      { host: '::1', port: 8080 },
      { host: '::1', port: null },
      { host: '127.0.0.1', port: null },
    ])
    expect(parseAllowTargets(undefined).entries).toEqual([])
    expect(parseAllowTargets('  ').entries).toEqual([])
  })

  it('keeps the usual ports too', () => {
    const allow = parseAllowTargets('a.test:80,b.test:443')
    expect([isListed(allow, 'a.test', 80), isListed(allow, 'a.test', 443)]).toEqual([true, false])
    expect([isListed(allow, 'b.test', 443), isListed(allow, 'b.test', 80)]).toEqual([true, false])
  })

  it.each([
    'https://portal.corp',
    '*.corp',
    '10.0.0.0/8',
    'a.test:0',
    'a.test:70000',
    'a.test:',
    'a.test:80:90',
    'user@a.test',
    'a.test?x',
    'a.test#x',
    'a test',
    'bücher.test',
    'a.test.',
    '',
  ])('refuses %j, saying where and not what', (word) => {
    let thrown: unknown
    try {
      parseAllowTargets(`fine.test,${word}`)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AllowTargetsError)
    expect(thrown).toMatchObject({ name: 'AllowTargetsError', position: 2 })
    expect((thrown as Error).message).toBe(
      'INTERLOCK_ALLOW_TARGETS: entry 2 is not a host or host:port',
    )
  })
})

/** IANA IPv4 special-purpose registry, "globally reachable: false", as numbers; written apart from the code. */
const NOT_GLOBAL: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

const toNumber = (text: string) =>
  text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)

const toText = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')

const isSpecial = (value: number) =>
  NOT_GLOBAL.some(([base, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(value / size) === Math.floor(toNumber(base) / size)
  })

const ipv4 = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  // on both sides of every border
  fc
    .tuple(fc.constantFrom(...NOT_GLOBAL), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([[base, bits], near, end]) => {
      const border = toNumber(base) + (end ? 2 ** (32 - bits) : 0) + near
      return Math.min(Math.max(border, 0), 2 ** 32 - 1)
    }),
)

const hexPair = (value: number) =>
  [value >>> 16, value & 0xffff].map((half) => half.toString(16)).join(':')

describe('an address', () => {
  it('is never public where IANA says it is not globally reachable', () => {
    fc.assert(
      fc.property(ipv4, (value) => {
        if (isSpecial(value)) expect(judgeAddress(toText(value))).not.toBe('public')
      }),
      { numRuns: 3000 },
    )
  })

  it('is public elsewhere, but for those ipaddr.js and the clouds reserve', () => {
    const kept = new Set([toNumber('168.63.129.16')])
    const anycast = new Set(
      ['192.31.196.0', '192.52.193.0', '192.175.48.0'].map((base) => toNumber(base) >>> 8),
    )
    fc.assert(
      fc.property(ipv4, (value) => {
        if (isSpecial(value) || kept.has(value) || anycast.has(value >>> 8)) return
        expect(judgeAddress(toText(value))).toBe('public')
      }),
      { numRuns: 3000 },
    )
  })

  it('is never public inside an IPv6 form that carries it, and never opened where it is a metadata address', () => {
    const forms: ((pair: string) => string)[] = [
      (pair) => `::ffff:${pair}`,
      (pair) => `::${pair}`,
      (pair) => `64:ff9b::${pair}`,
      (pair) => `64:ff9b:1::${pair}`,
      (pair) => `2002:${pair}::1`,
      (pair) => `::ffff:0:${pair}`,
      (pair) => `2606:4700::5efe:${pair}`,
    ]
    fc.assert(
      fc.property(ipv4, fc.constantFrom(...forms), (value, form) => {
        expect(judgeAddress(form(hexPair(value)))).not.toBe('public')
        expect(judgeAddress(form(hexPair(toNumber('169.254.169.254'))))).toBe('never')
      }),
    )
  })

  it('that is ordinary IPv6 is public, and rubbish is never', () => {
    expect(judgeAddress('2606:4700:4700::1111')).toBe('public')
    expect(judgeAddress('2a00:1450:4001:81b::200e')).toBe('public')
    for (const text of ['', 'localhost', '1.2.3.4.5', '2606:4700::1%lo', '::g']) {
      expect(judgeAddress(text)).toBe('never')
    }
  })

  it('that is private is told apart from one that is never opened', () => {
    const verdicts = [
      '10.0.0.1',
      '127.0.0.1',
      '::1',
      'fd12::1',
      '169.254.1.1',
      '0.0.0.0',
      '168.63.129.16',
    ]
    expect(verdicts.map(judgeAddress)).toEqual([
      'private',
      'private',
      'private',
      'private',
      'never',
      'never',
      'never',
    ])
  })
})
