/**
 * Default-deny for one chunk: what in it is neither words nor an identifier of a known shape is
 * taken for a token. Runs only on the few chunks the survey marked.
 */
import type { Span } from './find.ts'
import { blankHarmless } from './harmless.ts'
import { oddness } from './oddness.ts'
import type { Part } from './part.ts'
import { isAllWords, parts } from './part.ts'
import { printsAsText } from './printable.ts'
import { vouchedFor } from './vouched.ts'

/** Longer chunks are blobs: no shape in them is worth keeping. */
const LONGEST_NAME = 2000
const CONTEXT = 72
/** The longest identifier a label vouches for: SHA-512 in hexadecimal. */
const LONGEST_ID = 128
/** How far a token reaches beyond what is odd in it. */
const FARTHEST = 256

/** True when a label in front of the chunk says that it is an identifier. */
export function isNamed(text: string, start: number, end: number): boolean {
  const chunk = text.slice(start, end)
  return isVouched(text, start, chunk, chunk.search(/[A-Za-z0-9]/), chunk.length)
}

/** `secret_` and a UUID: it opens something. Behind `tok_` or `token_` stands a token's id as well. */
const UUID_THAT_OPENS =
  /(?<![a-z])(?:sk|pat|secret|apikey|api[_-]key)[_-](?:(?:live|test|prod|dev|scim|[a-z]{2}\d)[_-])?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/i
const SHORTEST_OPENING = 39
const LONGEST_OPENING = 96

/** Spans to cut of the chunk `[start, end)` of a text, counted from its beginning. */
export function judgeChunk(text: string, start: number, end: number): Span[] {
  const chunk = text.slice(start, end)
  const spans: Span[] = []
  let named = chunk
  const mayOpen = chunk.length >= SHORTEST_OPENING && chunk.length < LONGEST_OPENING
  const opens = mayOpen ? UUID_THAT_OPENS.exec(chunk) : null
  if (opens !== null) return [{ start: opens.index, end: opens.index + opens[0].length }]
  if (isAllWords(chunk)) return spans
  let all = parts(chunk)
  if (!all.some((part) => part.odd)) return spans
  if (chunk.length <= LONGEST_NAME) {
    named = blankHarmless(chunk)
    if (named !== chunk) all = parts(named)
  }
  let index = 0
  while (index < all.length) {
    const first = all[index]
    if (first === undefined || !first.odd) {
      index += 1
      continue
    }
    // Odd parts and the short ones caught between them are one candidate.
    let last = index
    let weight = first.end - first.start
    let next = index + 1
    let gap = 0
    while (next < all.length) {
      const part = all[next]
      const previous = all[next - 1]
      if (part === undefined || previous === undefined) break
      if (named.slice(previous.end, part.start).includes(' ')) break
      if (part.odd) {
        weight += part.end - part.start
        last = next
        gap = 0
      } else {
        gap += part.end - part.start
        if (gap > 5) break
      }
      next += 1
    }
    const to = all[last]?.end ?? first.end
    const wide = widen(named, all, index, last)
    const isToken = isTokenLike(named.slice(wide.start, wide.end), weight)
    if (isToken && !isVouched(text, start, chunk, first.start, to)) spans.push(wide)
    index = last + 1
    // What the token took along is not looked at again.
    while ((all[index]?.end ?? Infinity) <= (spans.at(-1)?.end ?? 0)) index += 1
  }
  return spans
}

function isTokenLike(text: string, weight: number): boolean {
  const bare = text.split(/[^A-Za-z0-9]+/)
  if (weight < 10 || bare.join('').length < 12) return false
  const score = oddness(text)
  if (bare.some((part) => part.length >= 16)) return true
  if (weight >= 16) return score >= 60
  return score >= 96 || (/[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text) && score >= 72)
}

/** Which characters each of four readings of "belongs to the value" takes in. */
const belongs = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
const BEFORE = belongs(/[\w~+]/)
const BEHIND = belongs(/[\w~+=-]/)
const NAME_BEFORE = belongs(/[\w@+-]/)
const NAME_BEHIND = belongs(/[\w@:+/.=-]/)

/** `start` and `end` count from the beginning of the chunk, which stands in the text at `offset`. */
function isVouched(
  text: string,
  offset: number,
  chunk: string,
  start: number,
  end: number,
): boolean {
  if (end - start > LONGEST_ID) return false
  // The value as its writer sees it: up to the next sign that no identifier contains.
  let from = start
  while (from > 0 && end - from <= LONGEST_ID && NAME_BEFORE[chunk.charCodeAt(from - 1)] === 1) {
    from -= 1
  }
  let to = end
  while (to < chunk.length && to - from <= LONGEST_ID && NAME_BEHIND[chunk.charCodeAt(to)] === 1) {
    to += 1
  }
  // A label stands on the same line as what it vouches for.
  const at = offset + from
  const line = text.slice(Math.max(0, at - CONTEXT), at)
  const context = line.slice(line.lastIndexOf('\n') + 1)
  if (context === '') return false
  const value = chunk.slice(from, to).replace(/[.:]+$/, '')
  return value !== '' && vouchedFor(context, value) && !printsAsText(value)
}

/** Groups of one width, as in `1b47-4732-1693-ca57`: the width, or 0 when there is none. */
function grid(all: readonly Part[], first: number, last: number): number {
  const head = all[first]
  const width = head === undefined ? 0 : head.end - head.start
  if (last - first < 3 || width > 12 || width < 2) return 0
  let same = 0
  for (let index = first; index <= last; index += 1) {
    const part = all[index]
    if (part !== undefined && part.end - part.start === width) same += 1
  }
  return same >= (last - first + 1) * 0.7 ? width : 0
}

/** A part that ends the token: a word, or a number too short to be a piece of it. */
const isBorder = (text: string): boolean =>
  (/^[A-Za-z]{3,}$/.test(text) && oddness(text) < 20) ||
  (/^\d{1,4}$/.test(text) && text.length !== 3)

function backOver(chunk: string, from: number, least: number): number {
  let at = from
  while (at > least && BEFORE[chunk.charCodeAt(at - 1)] === 1) at -= 1
  return at
}

function onOver(chunk: string, to: number, most: number): number {
  let at = to
  while (at < most && BEHIND[chunk.charCodeAt(at)] === 1) at += 1
  return at
}

/** Takes along what hangs on to the parts `first` to `last`: the rest of the token may look like a word. */
function widen(chunk: string, all: readonly Part[], first: number, last: number): Span {
  let from = all[first]?.start ?? 0
  let to = all[last]?.end ?? chunk.length
  const least = Math.max(0, from - FARTHEST)
  const most = Math.min(chunk.length, to + FARTHEST)
  const width = grid(all, first, last)
  from = backOver(chunk, from, least)
  to = onOver(chunk, to, most)
  for (let index = last + 1; index < all.length; index += 1) {
    const part = all[index]
    if (part === undefined || part.start > to + 2 || part.start > most) break
    if (part.end <= to) continue
    if (chunk.slice(to, part.start).includes(' ')) break
    if (part.end - part.start !== width && isBorder(chunk.slice(part.start, part.end))) break
    to = onOver(chunk, part.end, most)
  }
  for (let index = first - 1; index >= 0; index -= 1) {
    const part = all[index]
    if (part === undefined || part.end < from - 2 || part.end < least) break
    if (part.start >= from) continue
    if (/[ =?&]/.test(chunk.slice(part.end, from))) break
    if (part.end - part.start !== width && isBorder(chunk.slice(part.start, part.end))) break
    from = backOver(chunk, part.start, least)
  }
  return { start: from, end: to }
}
