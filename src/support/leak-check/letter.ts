/**
 * How surprising a stretch of text is, for a reader who knows words. Every character adds its cost
 * in quarter bits minus what an ordinary letter costs: words sum up negative, random text positive,
 * whatever alphabet it was drawn from.
 */
import letters from '../../../data/letters.json' with { type: 'json' }

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const EDGE = 27

/**
 * Cost of a letter (0 edge, 1-26) after two others, quarter bits: index `(a << 10) | (b << 5) | c`,
 * so that a reader who goes on by one letter shifts and masks, and the table stays in the cache.
 */
export const COST: Int8Array = (() => {
  const cost = new Int8Array(32 ** 3)
  letters.rows.forEach((row, index) => {
    const before = (Math.floor(index / EDGE) << 10) | ((index % EDGE) << 5)
    for (let next = 0; next < EDGE; next += 1) {
      cost[before | next] = DIGITS.indexOf(row.charAt(next))
    }
  })
  return cost
})()

/** Kinds of characters. A chunk is a run of anything but `SPACE` and `HARD`. */
export const OTHER = 0
export const LOWER = 1
export const UPPER = 2
export const DIGIT = 3
export const SOFT = 4
export const HARD = 5
export const SPACE = 6

/** Characters from here on are neither words nor tokens to this model. */
export const LIMIT = 0x250

export const KIND: Uint8Array = new Uint8Array(LIMIT)
/** 1-26 for letters, accents ignored (`ü` counts as `u`); 0 for everything else. */
export const LETTER: Uint8Array = new Uint8Array(LIMIT)
/** Letters that Unicode does not take apart. */
const STROKED: Readonly<Record<string, string>> = {
  ß: 's', æ: 'a', Æ: 'A', ð: 'd', Ð: 'D', ø: 'o', Ø: 'O', þ: 't', Þ: 'T', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ł: 'l', Ł: 'L',
  ŋ: 'n', Ŋ: 'N', œ: 'o', Œ: 'O', ŧ: 't', Ŧ: 'T',
} // prettier-ignore
for (let code = 0; code < LIMIT; code += 1) {
  const character = String.fromCharCode(code)
  const base = STROKED[character] ?? character.normalize('NFD').charAt(0)
  if (/^[a-z]$/.test(base)) KIND[code] = LOWER
  else if (/^[A-Z]$/.test(base)) KIND[code] = UPPER
  else if (/^[0-9]$/.test(character)) KIND[code] = DIGIT
  else if (code <= 0x20 || code === 0xa0) KIND[code] = SPACE
  else if ('"\'`<>(){}[],;|\\'.includes(character)) KIND[code] = HARD
  else KIND[code] = code < 0x7f ? SOFT : OTHER
  if (KIND[code] === LOWER || KIND[code] === UPPER) {
    LETTER[code] = base.toLowerCase().charCodeAt(0) - 96
  }
}

export const kindOf = (code: number): number => (code < LIMIT ? (KIND[code] ?? OTHER) : OTHER)

/** Quarter bits. `ORDINARY` is what a letter may cost before it counts as odd. */
export const ORDINARY = 20
export const HUMP = 10
export const CAPITALS_END = 12
export const DIGIT_AFTER_LETTER = 9
export const LETTER_AFTER_DIGIT = 14
export const DIGIT_AFTER_DIGIT = -2
export const DIGIT_AT_START = -2
export const SEPARATOR = -4

function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const small = code | 32
    if (!(small > 96 && small < 123) && !(code > 47 && code < 58)) return false
  }
  return true
}

/** Letters and digits only, accents taken off, so that `użytkowników` is still a word. */
export function bare(text: string): string {
  if (isPlain(text)) return text
  let plain = ''
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const kind = kindOf(code)
    if (kind === DIGIT) plain += text.charAt(index)
    else if (kind === LOWER) plain += String.fromCharCode(96 + (LETTER[code] ?? 0))
    else if (kind === UPPER) plain += String.fromCharCode(64 + (LETTER[code] ?? 0))
  }
  return plain
}
