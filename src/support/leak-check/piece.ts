/** What a token in pieces may be made of, and the quick look that tells where none can be. */
import { LIMIT, bare } from './letter.ts'
import { oddness } from './oddness.ts'

/** Between chunks, and within one chunk. */
export const PIECE = /[^\s"'`<>(){}[\],;|\\\u007f-\u00bf\u00d7\u00f7\u0250-\uffff]+/g
export const PART = /[A-Za-z0-9]+/g
/** Longer pieces were judged by themselves. */
export const LONGEST_PIECE = 15

const ODD_WORD = 20
export const FEWEST_LETTERS = 14

/** A word, a plain number or a time: something that stands between pieces without being one. */
export function isWord(text: string): boolean {
  const letters = bare(text)
  let digits = 0
  for (let index = 0; index < letters.length; index += 1)
    if (letters.charCodeAt(index) < 58) digits += 1
  if (digits > 0) return digits === letters.length && (digits > 8 || /[:.]/.test(text))
  return letters.length > 3 && oddness(letters) < ODD_WORD
}

/** Signs of a piece, and of a part of one. */
const IN_PIECE = 1
const IN_PART = 2
const SIGN: Uint8Array = Uint8Array.from({ length: LIMIT }, (_, code) => {
  const sign = String.fromCharCode(code)
  return (sign.search(PIECE) === 0 ? IN_PIECE : 0) | (sign.search(PART) === 0 ? IN_PART : 0)
})
/** Blanking what is harmless may leave several pieces of a longer one; of a longer part, it may not. */
const LONGEST_PART = 64

/** Whether two pieces and enough letters could be left when words are taken away: most places hold none. */
export function mayHold(text: string, start: number, end: number, within: boolean): boolean {
  const sign = within ? IN_PART : IN_PIECE
  let found = 0
  let together = 0
  let at = start
  while (at < end && (found < 2 || together < FEWEST_LETTERS)) {
    if (!((SIGN[text.charCodeAt(at)] ?? 0) & sign)) {
      at += 1
      continue
    }
    const from = at
    let letters = 0
    let others = 0
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at)
      if (!((SIGN[code] ?? 0) & sign)) break
      if ((code | 32) > 96 && (code | 32) < 123) letters += 1
      else if (code > 127 || (code > 47 && code < 58)) others += 1
    }
    const isLong = at - from > LONGEST_PIECE
    if (letters === at - from && letters > 3 && oddness(text, from, at) < ODD_WORD) continue
    if (isLong && within && at - from <= LONGEST_PART) continue
    found += isLong ? 2 : 1
    together += letters + others
  }
  return found > 1 && together >= FEWEST_LETTERS
}
