/**
 * The first reading of every text: what a person would see or a terminal would show. Invisible
 * characters go, compatibility forms fold (NFKC), look-alikes become the letters they imitate.
 */
import { CONFUSABLE } from './confusable.ts'
import type { View, ViewWriter } from './view.ts'
import { viewWriter } from './view.ts'

const SPECIAL = /[^\t\n\r\x20-\x7e]/g
// oxlint-disable-next-line no-control-regex -- terminal sequences begin with a control character
const ANSI = /\u001B(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|.)?/y
const INVISIBLE = /^[\p{Cf}\p{M}\p{Cc}\u115F\u1160\u3164\uFFA0]$/u
const WORD_CHARACTER = /^[\p{L}\p{N}]+$/u
const LONGEST_WORD = 4096

interface Folded {
  /** What is to be read; '' when it is not to be seen at all. */
  text: string
  isWord: boolean
  /** The Latin letter it imitates. */
  latin: string | undefined
}

/** Bounded: hostile text may use every character there is. */
const cache = new Map<number, Folded>()
function fold(code: number): Folded {
  const known = cache.get(code)
  if (known !== undefined) return known
  const character = String.fromCodePoint(code)
  let text = INVISIBLE.test(character) ? '' : character.normalize('NFKC').replace(/\p{M}/gu, '')
  const isWord = WORD_CHARACTER.test(text)
  const latin = CONFUSABLE.get(text)
  if (!isWord && latin !== undefined) text = latin
  const folded = { text, isWord, latin }
  if (cache.size < 20_000) cache.set(code, folded)
  return folded
}

const isAsciiAlnum = (code: number): boolean =>
  (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123)

/**
 * A word is read as Latin when it mixes scripts, or when every letter of a long one imitates Latin.
 * Answers the end of the word that begins at `start`.
 */
function putWord(source: string, start: number, out: ViewWriter): number {
  const letters: { folded: Folded; start: number; end: number }[] = []
  let mixed = false
  let at = start
  while (at < source.length && letters.length < LONGEST_WORD) {
    const code = source.codePointAt(at) ?? 0
    const end = at + (code > 0xffff ? 2 : 1)
    if (isAsciiAlnum(code)) {
      mixed = true
      letters.push({
        folded: { text: source.charAt(at), isWord: true, latin: undefined },
        start: at,
        end,
      })
    } else {
      const folded = code < 128 ? null : fold(code)
      if (folded === null || (!folded.isWord && folded.text !== '')) break
      mixed ||= isAsciiAlnum(folded.text.charCodeAt(0))
      letters.push({ folded, start: at, end })
    }
    at = end
  }
  const imitates = letters.length >= 12 && letters.every(({ folded }) => folded.latin !== undefined)
  for (const { folded, start: from, end } of letters) {
    const text = (mixed || imitates ? folded.latin : undefined) ?? folded.text
    out.put(text, from, end)
  }
  return at
}

/** Nothing is known of the text: every sign may be in it, and normalising may change it. */
export const UNSETTLED = -1

/**
 * Which of `SIGNS` are in a text that normalising would leave as it is; accents and typographic signs
 * alone change nothing. The one look at every character that everything cheap is told from.
 */
export function signsOf(source: string): number {
  let signs = 0
  for (let index = 0; index < source.length; index += 1) {
    let code = source.charCodeAt(index)
    if (code < 128) {
      const sign = SIGN_OF[code] as number
      if (sign === UNSETTLED) return UNSETTLED
      signs |= sign
      continue
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      code = source.codePointAt(index) ?? 0
      if (code > 0xffff) index += 1
      // The second half of a pair without the first: nothing to fold.
      else if (code >= 0xdc00) continue
    }
    if (code < ASKED.length ? !isStable(code) : folds(code)) return UNSETTLED
  }
  return signs
}

/** Signs without which some escapes cannot be; one bit each. */
const SIGNS = '%\\&=(+<"\'`:~@'
export const bitOf = (sign: string): number =>
  Array.from(sign).reduce(
    (bits, one) => bits | (SIGNS.includes(one) ? 1 << SIGNS.indexOf(one) : 0),
    0,
  )

/** What `SPECIAL` does not leave alone is unsettled. */
const SIGN_OF: Int32Array = Int32Array.from({ length: 128 }, (_, code) => {
  const isPlain = (code >= 0x20 && code < 0x7f) || code === 9 || code === 10 || code === 13
  return isPlain ? bitOf(String.fromCharCode(code)) : UNSETTLED
})

function folds(code: number): boolean {
  const { text, latin } = fold(code)
  return latin !== undefined || text.length === 0 || text.codePointAt(0) !== code
}

/** Answers for the characters of most languages: 1 for those that stay as they are, 2 for the others. */
const ASKED = new Uint8Array(0x3000)
function isStable(code: number): boolean {
  if (ASKED[code] === 0) ASKED[code] = folds(code) ? 2 : 1
  return ASKED[code] === 1
}

export function normalise(parent: View): View {
  const source = parent.text
  const out = viewWriter(parent)
  let done = 0
  SPECIAL.lastIndex = 0
  for (let match = SPECIAL.exec(source); match !== null; match = SPECIAL.exec(source)) {
    let at = match.index
    const code = source.codePointAt(at) ?? 0
    if (code >= 128 && fold(code).isWord) {
      // The word may have begun with plain letters.
      while (at > done && isAsciiAlnum(source.charCodeAt(at - 1))) at -= 1
      out.copy(done, at)
      done = putWord(source, at, out)
    } else {
      out.copy(done, at)
      if (code === 0x1b) {
        ANSI.lastIndex = at
        ANSI.test(source)
        done = Math.max(at + 1, ANSI.lastIndex)
      } else {
        done = at + (code > 0xffff ? 2 : 1)
        if (code === 8 || code === 0x7f) out.erase()
        else out.put(fold(code).text, at, done)
      }
    }
    SPECIAL.lastIndex = done
  }
  out.copy(done, source.length)
  return out.done('normalised')
}
