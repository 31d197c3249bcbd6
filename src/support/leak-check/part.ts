/** The alphanumeric parts of a chunk, and which of them are neither words nor numbers. */
import type { Span } from './find.ts'
import { DIGIT, KIND, LOWER, UPPER } from './letter.ts'
import { oddness } from './oddness.ts'

export interface Part extends Span {
  /** Neither a word, nor a number, nor a short abbreviation. */
  odd: boolean
}

/** Letters, digits. */
const ALNUM: Uint8Array = KIND.map((kind) =>
  kind === LOWER || kind === UPPER || kind === DIGIT ? 1 : 0,
)
const isAlnum = (code: number): boolean => ALNUM[code] === 1

/** Whether every part of a chunk is plainly a word: most chunks end here. */
export function isAllWords(chunk: string): boolean {
  let start = -1
  for (let at = 0; at <= chunk.length; at += 1) {
    if (at < chunk.length && isAlnum(chunk.charCodeAt(at))) {
      if (start < 0) start = at
    } else if (start >= 0) {
      if (!isWordAt(chunk, start, at)) return false
      start = -1
    }
  }
  return true
}

/** The alphanumeric parts of a chunk, each weighed by itself. */
export function parts(chunk: string): Part[] {
  const found: Part[] = []
  let at = 0
  while (at < chunk.length) {
    if (!isAlnum(chunk.charCodeAt(at))) {
      at += 1
      continue
    }
    const start = at
    while (at < chunk.length && isAlnum(chunk.charCodeAt(at))) at += 1
    found.push({
      start,
      end: at,
      odd: !isWordAt(chunk, start, at) && isOdd(chunk.slice(start, at)),
    })
  }
  return found
}

/** What most parts are: a few digits, or letters that are plainly words. */
function isWordAt(chunk: string, start: number, end: number): boolean {
  if (end - start > 15) return false
  let digits = 0
  let small = 0
  for (let index = start; index < end; index += 1) {
    const code = chunk.charCodeAt(index)
    if (code > 96 && code < 123) small += 1
    else if (code > 47 && code < 58) digits += 1
  }
  if (end - start < 4) return digits === end - start || small === end - start
  return oddness(chunk, start, end) < (end - start < 12 ? 24 : 40)
}

const DIGITS = /^\d+$/
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/
const SHORT_NAME = /^(?:\d+|[A-Za-z]?[a-z]*|[A-Z]+|[a-zA-Z]\d+|\d+[a-zA-Z])$/
const WORD_AND_NUMBER =
  /^(?:[A-Za-z]?[a-z]+|[A-Z]+)\d{1,5}$|^\d{1,5}(?:[a-z]+|[A-Z]+)$|^v\d+[a-z]+\d+$/

/** One alphanumeric part: whether it is anything but a word, a number or a common abbreviation. */
export function isOdd(part: string): boolean {
  if (part.length < 4) return !SHORT_NAME.test(part)
  if (part.length >= 16 && HEX.test(part)) return part.length > 21 || !DIGITS.test(part)
  const score = oddness(part)
  if (score < (part.length < 12 ? 24 : 40)) return false
  if (WORD_AND_NUMBER.test(part) && oddness(part.replace(/\d+/g, '')) < 24) return false
  return isRandomBeside(part, score) || wordShare(part) < 0.5
}

/** Quarter bits a character from which no words in a part make up for the rest of it. */
const DENSE = 7.5

/** A token glued to a word, or one that happens to spell words: as odd as random text all along. */
const isRandomBeside = (part: string, score: number): boolean =>
  part.length > 11 && score >= part.length * DENSE && /\d/.test(part)

/** How much of an identifier (`toIPv4Address`, `StandardSchemaV1`) is words of three letters and more. */
function wordShare(part: string): number {
  let words = 0
  for (const [word] of part.matchAll(/[A-Z]?[a-z]{3,}|[A-Z]{3,}(?![a-z])/g)) {
    if (oddness(word) < 16) words += word.length
  }
  return words / part.length
}
