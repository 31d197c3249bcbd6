/**
 * Tokens in pieces: one character at a time, in groups, or wrapped over lines. The survey names the
 * places; here a place has to show that its pieces belong together.
 */
import type { Span } from './find.ts'
import { blankHarmless } from './harmless.ts'
import { bare } from './letter.ts'
import { oddness } from './oddness.ts'
import { FEWEST_LETTERS, LONGEST_PIECE, PART, PIECE, isWord, mayHold } from './piece.ts'

interface Piece extends Span {
  /** Letters and digits only. */
  text: string
  raw: string
}

const NUMBERED = /^[A-Za-z]{1,6}\d{1,5}$/

/** `a b c d`, `E0 E1 E2`: lists that count, not pieces of one text. */
function counts(texts: readonly string[], together: string): boolean {
  let steps = 0
  for (let index = 1; index < together.length; index += 1) {
    if (together.charCodeAt(index) - together.charCodeAt(index - 1) === 1) steps += 1
  }
  if (steps > together.length * 0.6) return true
  const numbered = texts.filter((text) => text.length < 4 && NUMBERED.test(text))
  return numbered.length > texts.length * 0.7
}

/** A piece no list or table would hold: something in it is neither a word nor a number. */
const isTelling = ({ raw }: Piece): boolean =>
  raw
    .split(/[^A-Za-z0-9]+/)
    .some(
      (part) =>
        part.length > 3 && !NUMBERED.test(part) && oddness(part) >= (part.length < 6 ? 16 : 24),
    )

function isOneText(pieces: readonly Piece[]): boolean {
  const texts = pieces.map((piece) => piece.text)
  const together = texts.join('')
  const distinct = new Set(together.toLowerCase()).size
  if (
    pieces.length < 3 ||
    together.length < FEWEST_LETTERS ||
    distinct < 8 ||
    counts(texts, together)
  )
    return false
  const widths = new Map<number, number>()
  for (const { raw } of pieces) widths.set(raw.length, (widths.get(raw.length) ?? 0) + 1)
  const [width = 0, common = 0] = [...widths].sort((left, right) => right[1] - left[1])[0] ?? []
  const telling = pieces.filter(isTelling)
  if (common >= Math.max(width > 7 ? 2 : 3, (texts.length - 1) * 0.7)) {
    const mixed = /\d/.test(together) && /[A-Za-z]/.test(together)
    const score = oddness(together) - (mixed ? 0 : 24)
    const odd = pieces.filter(
      (piece) => isTelling(piece) || /\d[A-Za-z]|[A-Za-z]\d/.test(piece.text),
    )
    if (width > 3 && odd.length < pieces.length * 0.4) return false
    return score >= 64 && (width === 1 || width > 3 || distinct > 12)
  }
  const told = telling.map((piece) => piece.text).join('')
  return (
    telling.length > 2 &&
    told.length >= 18 &&
    told.length >= together.length * 0.7 &&
    oddness(told) >= 110
  )
}

/**
 * Words between two pieces part them, unless the same words stand there again (a log's prefix), or
 * it is one word as wide as the pieces: a group that happens to look like one.
 */
function sequences(text: string, pieces: readonly Piece[]): Piece[][] {
  const gaps = pieces.map((piece, index) => {
    const before = pieces[index - 1]
    const between = text.slice(before?.end ?? piece.start, piece.start)
    if (!/[A-Za-z0-9]/.test(between)) return ''
    const gap = between.replace(/\d+/g, '0')
    const words = gap.match(/[A-Za-z0]+/g) ?? []
    const group = words.length === 1 && words[0]?.length === before?.raw.length
    return words.length === 0 || group ? '' : gap
  })
  const counts = new Map<string, number>()
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  const found: Piece[][] = []
  pieces.forEach((piece, index) => {
    const gap = gaps[index] ?? ''
    const parted = gap !== '' && (!gap.includes('\n') || (counts.get(gap) ?? 0) < 2)
    const last = found.at(-1)
    if (last === undefined || parted) found.push([piece])
    else last.push(piece)
  })
  return found
}

/** Pieces of equal width, or long enough each, that read together as one random text. */
export function judgePieces(
  text: string,
  start: number,
  end: number,
  within = false,
  thorough = false,
): Span[] {
  if (!thorough && !mayHold(text, start, end, within)) return []
  const place = blankHarmless(text.slice(start, end))
  const pieces: Piece[] = []
  for (const match of place.matchAll(within ? PART : PIECE)) {
    const letters = bare(match[0])
    if (letters === '' || letters.length > LONGEST_PIECE || isWord(match[0])) continue
    const from = start + match.index
    pieces.push({ text: letters, raw: match[0], start: from, end: from + match[0].length })
  }
  const found: Span[] = []
  if (pieces.length < 2) return found
  for (const sequence of sequences(text, pieces)) {
    const span = judgeSequence(text, sequence)
    if (span !== null) found.push(span)
  }
  return found
}

function judgeSequence(text: string, pieces: readonly Piece[]): Span | null {
  const first = pieces[0]
  const last = pieces.at(-1)
  if (first === undefined || last === undefined || pieces.length < 2) return null
  const isWhole = pieces.length === 2 ? isBroken(text, first, last) : isOneText(pieces)
  if (!isWhole) return null
  const width = Math.max(...pieces.map((piece) => piece.raw.length))
  return reach(text, { start: first.start, end: last.end }, width)
}

/** Two strings of one list, or of one sum. */
const BETWEEN_STRINGS = /^["'`]\s{0,8}[,+.&]\s{0,8}["'`]$/

/** Two halves with a line break or quotes between them: as odd as one token would be. */
function isBroken(text: string, head: Piece, tail: Piece): boolean {
  const gap = text.slice(head.end, tail.start)
  const least = gap.includes('\n') ? 72 : BETWEEN_STRINGS.test(gap) ? 144 : Infinity
  const together = head.text + tail.text
  return (
    together.length >= FEWEST_LETTERS &&
    head.text.length >= tail.text.length &&
    oddness(together) >= least
  )
}

/** Groups of the same width beside a sequence belong to it, whatever they look like. */
function reach(text: string, span: Span, width: number): Span {
  let { start, end } = span
  if (width > 12) return span
  const group = `[A-Za-z0-9+/=_~]{${width}}`
  const after = new RegExp(
    `[\\s.:,_-]{1,3}(${group}|[A-Za-z0-9+/_~]{0,${width - 1}}={0,2}$)(?![A-Za-z0-9])`,
    'y',
  )
  const before = new RegExp(`(?<![A-Za-z0-9])(${group})[\\s.:,_-]{1,3}$`)
  for (let steps = 0; steps < 400; steps += 1) {
    after.lastIndex = end
    const next = after.exec(text)
    if (next === null || isWord(next[1] ?? '')) break
    end = after.lastIndex
  }
  for (let steps = 0; steps < 400; steps += 1) {
    const previous = before.exec(text.slice(Math.max(0, start - width - 4), start))
    if (previous === null || isWord(previous[1] ?? '')) break
    start -= previous[0].length
  }
  return { start, end }
}

const NEXT_LINE = /^["'\\+&|. \t]{0,12}\r?\n([^\n]{1,400})/
const LINE_PREFIX =
  /^(?:[>|#*+\s"'-]|\/\/|\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?|\[[^\]]{1,40}\]|[A-Z]{4,5}\b|\d{1,4}[:.)]|[a-z][\w.-]{1,40}\[\d+\]:\s)*/

/** What follows on the next line after a token that was broken off at the end of its line. */
export function continuation(text: string, end: number): Span | null {
  const next = NEXT_LINE.exec(text.slice(end, end + 440))
  const line = next?.[1]
  if (next === null || line === undefined) return null
  const lineStart = end + next[0].length - line.length
  const prefix = LINE_PREFIX.exec(line)?.[0].length ?? 0
  const piece = /^[\w+/=.~-]{3,400}/.exec(line.slice(prefix))?.[0] ?? ''
  const rest = line.slice(prefix + piece.length)
  const letters = bare(blankHarmless(piece))
  if (letters.length < 4 || isWord(piece)) return null
  const found = { start: lineStart + prefix, end: lineStart + prefix + piece.length }
  const mixed = /\d/.test(letters) && /[A-Za-z]/.test(letters)
  if (/^["'\\+;,)\]}|\s]*$/.test(rest)) return mixed || oddness(piece) >= 24 ? found : null
  // Prose goes on behind it: then only what no word or name would be.
  const shifts = letters.match(/\d[A-Za-z]|[A-Za-z]\d/g)?.length ?? 0
  return letters.length > 4 && (shifts > 1 || oddness(piece) >= 40) ? found : null
}

/** The beginning of a token whose rest was found at the beginning of the next line. */
export function beginning(text: string, start: number): Span | null {
  let at = start
  let broken = false
  while (at > 0 && start - at < 24 && '>|#*+ \t\r\n"\'-'.includes(text.charAt(at - 1))) {
    at -= 1
    if (text.charAt(at) === '\n') {
      broken = true
      break
    }
  }
  if (!broken) return null
  const line = at
  while (at > 0 && line - at < 12 && '\r"\'\\+&. \t'.includes(text.charAt(at - 1))) at -= 1
  const end = at
  while (at > 0 && end - at < 200 && /[\w+/=.~-]/.test(text.charAt(at - 1))) at -= 1
  const piece = text.slice(at, end)
  if (bare(blankHarmless(piece)).length < 5 || isWord(piece)) return null
  return oddness(piece) >= 40 && /[A-Za-z]/.test(piece) ? { start: at, end } : null
}
