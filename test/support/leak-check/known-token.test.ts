import { assert, constantFrom, integer, nat, property } from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createKnownTokens, StoredTokens } from '../../../src/support/leak-check/known-token.ts'
import { Secret } from '../../../src/secret.ts'
import { BENIGN_TEXT } from '../benign-text.ts'
import { BASE62, BASE64URL, HEX, chance, newSeed } from '../chance.ts'

const SECRET = 'a key for fingerprints'
const draw = chance(newSeed())
const fresh = (): string => `scim_${draw.text(BASE64URL, 43)}`
const found = (known: ReturnType<typeof createKnownTokens>, text: string): boolean =>
  known.scan(text).length > 0

describe('a known token', () => {
  test('is found by any 12 characters of its own part, however they are written', () => {
    const seeds = integer({ min: 0, max: 0x7fffffff })
    assert(
      property(seeds, nat(30), constantFrom(' ', '-', '\n> ', '.', '", "'), (seed, at, between) => {
        const random = chance(seed).text(BASE62, 43)
        const known = createKnownTokens({ secret: SECRET })
        known.register(new Secret(`scim_${random}`))
        const piece = random.slice(at, at + 12)
        expect(found(known, `xx ${piece} yy`)).toBe(true)
        expect(found(known, Array.from(piece).join(between))).toBe(true)
        expect(found(known, `glued${piece.toUpperCase()}glued`)).toBe(true)
        expect(found(known, Array.from(piece).reverse().join(''))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('is cut where it stands, and nowhere else', () => {
    const token = fresh()
    const known = createKnownTokens({ secret: SECRET, stems: ['scim_'] })
    known.register(token)
    const [span] = known.scan(`before ${token} behind`)
    expect(span).toBeDefined()
    expect(`before ${token} behind`.slice(span?.start, span?.end)).toContain(token.slice(6, -1))
    expect(span?.start).toBeGreaterThanOrEqual('before '.length)
    expect(span?.end).toBeLessThanOrEqual(`before ${token}`.length)
  })

  test('does not make its vendor prefix, or ordinary text, look known', () => {
    const known = createKnownTokens({ secret: SECRET, stems: ['scim_live_production_'] })
    for (let count = 0; count < 50; count += 1) {
      known.register(`scim_live_production_${draw.text(BASE62, 32)}`)
    }
    expect(found(known, 'scim_live_production_ is the prefix of scim live production tokens')).toBe(
      false,
    )
    expect(found(known, BENIGN_TEXT.join('\n').repeat(20))).toBe(false)
    expect(found(known, `scim_live_production_${draw.text(BASE62, 32)}`)).toBe(false)
  })

  test('may be short or made of words', () => {
    const known = createKnownTokens({ secret: SECRET })
    known.register('hunter2-x')
    known.register('correct-horse-battery-staple')
    expect(found(known, 'the password HUNTER2 x was used')).toBe(true)
    expect(found(known, 'correct horse battery staple')).toBe(true)
    expect(found(known, 'a horse and a battery')).toBe(false)
  })

  test('is forgotten by id, and when its time has come', () => {
    let now = Date.parse('2026-11-24T00:00:00.000Z')
    const known = createKnownTokens({ secret: SECRET, clock: () => now })
    const [first, second] = [fresh(), fresh()]
    const id = known.register(first)
    known.register(second, { id: 'second', expiresAt: '2026-11-25T00:00:00.000Z' })
    expect(known.size).toBe(2)
    known.forget(id)
    expect(found(known, first)).toBe(false)
    expect(found(known, second)).toBe(true)
    now += 25 * 60 * 60 * 1000
    expect(found(known, second)).toBe(false)
    expect(known.size).toBe(0)
  })
})

describe('what goes to disk', () => {
  const token = fresh()
  const known = createKnownTokens({ secret: SECRET })
  known.register(token, { id: 'one' })
  const stored = known.toJSON()
  const text = JSON.stringify(stored)

  test('finds the token again under the same secret, and nothing under another', () => {
    const again = createKnownTokens({
      secret: SECRET,
      stored: StoredTokens.parse(JSON.parse(text)),
    })
    expect(found(again, `log: ${Array.from(token).join(' ')}`)).toBe(true)
    expect(found(again, BENIGN_TEXT.join('\n').repeat(20))).toBe(false)
    expect(found(again, fresh())).toBe(false)
    expect(again.toJSON()).toEqual(stored)
    const other = createKnownTokens({ secret: 'another key, as long', stored })
    expect(found(other, token)).toBe(false)
  })

  test('holds no piece, no length, no order and no plain hash of it', () => {
    for (let at = 0; at + 4 <= token.length; at += 1)
      expect(text).not.toContain(token.slice(at, at + 4))
    for (const algorithm of ['sha256', 'sha1', 'md5']) {
      expect(text).not.toContain(createHash(algorithm).update(token).digest('hex').slice(0, 12))
    }
    const [entry] = stored.tokens
    const tags = entry?.tags[0]?.tags ?? []
    expect(tags).toEqual([...tags].sort((left, right) => left - right))
    expect(tags.length).toBeLessThan(token.length - 16)
  })

  test('covers only stretches of 80 bits and more: none of a short or numeric token', () => {
    const poor = createKnownTokens({ secret: SECRET })
    poor.register('hunter2-x')
    poor.register(draw.text('0123456789', 18))
    expect(poor.toJSON().tokens.flatMap(({ tags }) => tags)).toEqual([])
    poor.register(draw.text(HEX, 40), { id: 'hex' })
    const sizes = poor.toJSON().tokens.flatMap(({ tags }) => tags.map(({ size }) => size))
    expect(sizes).toEqual([20])
  })

  test('finds nearly every token after a restart', () => {
    let missed = 0
    for (let count = 0; count < 200; count += 1) {
      const one = createKnownTokens({ secret: SECRET })
      const value = draw.text(count % 2 === 0 ? HEX : BASE62, 40)
      one.register(value)
      const again = createKnownTokens({ secret: SECRET, stored: one.toJSON() })
      if (!found(again, `x ${value} y`)) missed += 1
    }
    expect(missed).toBe(0)
  })
})

test('a secret that is no secret is refused', () => {
  expect(() => createKnownTokens({ secret: 'short' })).toThrow('too short')
})
