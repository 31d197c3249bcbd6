import { describe, expect, test } from 'vitest'
import { createKnownTokens } from '../../../src/support/leak-check/known-token.ts'
import { createLeakCheck } from '../../../src/support/leak-check/leak-check.ts'
import { benignIds } from '../benign-id.ts'
import { BENIGN_TEXT, FRAMES } from '../benign-text.ts'
import { chance, newSeed } from '../chance.ts'
import type { Context } from '../context.ts'
import { CONTEXTS } from '../context.ts'
import { ENCODED } from '../encoding.ts'
import { leaks } from '../leak-oracle.ts'
import { shippedRules } from '../secret-rule.ts'
import { TOKEN_KINDS, plant } from '../token-kind.ts'

const seed = Number(process.env['CORPUS_SEED'] ?? newSeed())
process.stdout.write(`corpus seed ${seed}\n`)

const known = createKnownTokens({ secret: 'a secret for the corpus' })
const check = createLeakCheck({ rules: shippedRules(), known })
const draw = chance(seed)

/** Cases in which a token shows, as `kind/context`, among all pairs of kinds and contexts. */
function leaking(contexts: readonly Context[], register: boolean): string[] {
  const found: string[] = []
  for (const kind of TOKEN_KINDS) {
    let token = plant(kind, draw)
    if (register) known.register(token.value, { id: 'planted' })
    for (const context of contexts) {
      if (!register) token = plant(kind, draw)
      const { output } = check.scrub(context.write(token.value, draw))
      if (leaks(output, token.random)) found.push(`${kind}/${context.name}`)
    }
    known.forget('planted')
  }
  return found
}

const share = (part: number, whole: number): number => (100 * part) / whole

describe('the corpus', () => {
  test('is as wide as it has to be', () => {
    expect(TOKEN_KINDS.length).toBeGreaterThanOrEqual(40)
    expect(CONTEXTS.length + ENCODED.length).toBeGreaterThanOrEqual(120)
    expect((benignIds(draw).length + BENIGN_TEXT.length) * FRAMES.length).toBeGreaterThanOrEqual(
      300,
    )
  })

  test('the oracle sees every planted token where nothing is cut', () => {
    for (const kind of TOKEN_KINDS) {
      const token = plant(kind, draw)
      expect(leaks(`x ${token.value} y`, token.random), kind).toBe(true)
      expect(leaks('nothing to see here, [removed] only', token.random), kind).toBe(false)
      const hidden = Buffer.from(`a${token.value}`).toString('base64')
      expect(leaks(hidden, token.random), kind).toBe(true)
    }
  })
})

describe('tokens that are known', () => {
  test('never show, in any context and any encoding', () => {
    expect(leaking([...CONTEXTS, ...ENCODED], true)).toEqual([])
  }, 60_000)
})

describe('tokens that nobody told us about', () => {
  let ordinary: string[] = []

  test('show in at most 0.5 % of ordinary contexts', () => {
    ordinary = leaking(CONTEXTS, false)
    const percent = share(ordinary.length, TOKEN_KINDS.length * CONTEXTS.length)
    expect(percent, ordinary.join(' ')).toBeLessThanOrEqual(0.5)
  }, 60_000)

  test('show in at most 2 % overall', () => {
    const encoded = leaking(ENCODED, false)
    const all = TOKEN_KINDS.length * (CONTEXTS.length + ENCODED.length)
    expect(share(ordinary.length + encoded.length, all), encoded.join(' ')).toBeLessThanOrEqual(2)
  }, 60_000)
})

describe('text without tokens', () => {
  const lines = [...BENIGN_TEXT, ...benignIds(draw), ...benignIds(draw)]

  test('is left as it is, but for at most 1 % of it', () => {
    const damaged = lines.flatMap((line) =>
      FRAMES.map((frame) => frame(line)).filter((text) => check.scrub(text).output !== text),
    )
    const percent = share(damaged.length, lines.length * FRAMES.length)
    expect(percent, damaged.join('\n')).toBeLessThanOrEqual(1)
  })

  test('stays clean when all of it stands in one text', () => {
    const finds = check.inspect(benignIds(draw).join('\n'), { path: '' })
    expect(finds.length).toBeLessThanOrEqual(2)
  })
})
