/**
 * What the leak check costs: against secretlint's preset on the same texts in the same run, and on
 * texts made to be slow against prose of the same length.
 */
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { createLeakCheck } from '../../src/support/leak-check/leak-check.ts'
import { benignIds } from '../support/benign-id.ts'
import { BENIGN_TEXT } from '../support/benign-text.ts'
import { chance } from '../support/chance.ts'
import type { Chance } from '../support/chance.ts'
import { CONTEXTS } from '../support/context.ts'
import { hostileTexts } from '../support/hostile.ts'
import { shippedRules } from '../support/secret-rule.ts'
import { TOKEN_KINDS, plant } from '../support/token-kind.ts'
import { median, rowOf } from './row.ts'
import type { Row } from './row.ts'

const LENGTH = 200_000
const ROUNDS = 15
const PRESET = '@secretlint/secretlint-rule-preset-recommend'

const check = createLeakCheck({ rules: shippedRules(), known: { scan: () => [] } })

type Work = (text: string) => unknown

const scrub: Work = (text) => check.scrub(text)

const secretlint = async (content: string): Promise<unknown> =>
  lintSource({
    source: { filePath: 'excerpt.log', content, contentType: 'text' },
    options: {
      config: { rules: [{ id: PRESET, rule: creator, options: {}, disabled: false }] },
      noPhysicFilePath: true,
    },
  })

/** Rounds before the first that counts: until then the engine is still compiling, ours and theirs. */
const WARM_UP = 30

/** Milliseconds for all texts, the median of several rounds. */
async function timed(texts: readonly string[], ...works: Work[]): Promise<number[]> {
  const rounds = works.map((): number[] => [])
  // In turns, so that whatever else the machine does falls on all of them.
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [index, work] of works.entries()) {
      const startedAt = performance.now()
      for (const text of texts) await work(text)
      if (round >= WARM_UP) rounds[index]?.push(performance.now() - startedAt)
      // secretlint leaves marks behind, thousands each round, which would slow down whoever is next.
      performance.clearMarks()
      performance.clearMeasures()
    }
  }
  return rounds.map(median)
}

/** What lands in a ticket: a few lines of mail, messages and log, in every fourth of them a token. */
function excerpts(lines: (draw: Chance) => readonly string[]): string[] {
  const draw = chance(20261124)
  const texts: string[] = []
  let length = 0
  while (length < LENGTH) {
    const from = lines(draw)
    const text = Array.from({ length: 3 + draw.below(8) }, () => draw.pick(from))
    if (draw.below(4) === 0) {
      text.push(draw.pick(CONTEXTS).write(plant(draw.pick(TOKEN_KINDS), draw).value, draw))
    }
    texts.push(text.join('\n'))
    length += texts.at(-1)?.length ?? 0
  }
  return texts
}

/** How many times as fast, and how fast, in megabytes a second. */
async function faster(texts: readonly string[]): Promise<{ ratio: number; speed: string }> {
  const [ours = Number.NaN, theirs = Number.NaN] = await timed(texts, scrub, secretlint)
  const size = texts.reduce((sum, text) => sum + text.length, 0)
  const speed = (milliseconds: number): string => (size / milliseconds / 1000).toFixed(1)
  return { ratio: theirs / ours, speed: `${speed(ours)} to ${speed(theirs)} MB/s` }
}

/**
 * One call per excerpt, as a ticket system or `--jsonl` would. The note also says how it stands where
 * every line is full of identifiers, and for one text of 200 kB, where secretlint's own cost per call
 * does not count: there its native searches for fixed beginnings are faster than reading every word.
 */
async function throughput(): Promise<Row> {
  const texts = excerpts(() => BENIGN_TEXT)
  const usual = await faster(texts)
  const dense = await faster(excerpts(benignIds))
  const whole = await faster([texts.join('\n').slice(0, LENGTH)])
  const note = `${texts.length} excerpts: ${usual.speed}; identifiers only: ${dense.ratio.toFixed(2)}; one text of 200 kB: ${whole.ratio.toFixed(2)} (${whole.speed})`
  return rowOf('scrub: excerpts, to secretlint', usual.ratio, '>= 3', note)
}

/** More runs for the texts that seem slow: each is the first of its kind that the engine sees. */
const RUNS = 2
const MORE_RUNS = 8

/** The slowest hostile text, by the best of its runs, against prose of the same length. */
async function hostile(): Promise<Row> {
  const prose = BENIGN_TEXT.filter((line) => /^[A-Z][^:=/"]+\.$/.test(line)).join(' ')
  const text = prose.repeat(Math.ceil(LENGTH / prose.length)).slice(0, LENGTH)
  const [base = Number.NaN] = await timed([text], scrub)
  let slowest = { name: '', ms: 0 }
  for (const one of hostileTexts(LENGTH)) {
    let ms = Infinity
    for (let run = 0; run < (ms > base * 10 ? MORE_RUNS : RUNS); run += 1) {
      const startedAt = performance.now()
      scrub(one.text)
      ms = Math.min(ms, performance.now() - startedAt)
    }
    if (ms > slowest.ms) slowest = { name: one.name, ms }
  }
  const note = `${slowest.name}: ${slowest.ms.toFixed(0)} ms, prose ${base.toFixed(1)} ms`
  return rowOf('scrub: slowest hostile text to prose', slowest.ms / base, '<= 20', note)
}

export async function scrubRows(): Promise<Row[]> {
  return [await throughput(), await hostile()]
}
