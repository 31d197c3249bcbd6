/**
 * The form in which known tokens are compared: letters and digits only, lower case, with the way
 * back to the text. Spaces, dashes, line breaks, quotes and case thus change nothing.
 */
import { CONFUSABLE } from './confusable.ts'

export interface Canonical {
  /** 0-9 digits, 10-35 letters. */
  symbols: Uint8Array
  /** Offset in the text of each symbol. */
  at: Int32Array
  length: number
}

const SYMBOL = new Uint8Array(0x250).fill(255)
for (let code = 0; code < SYMBOL.length; code += 1) {
  const character = String.fromCharCode(code)
  const base = character.normalize('NFD').charAt(0).toLowerCase()
  if (/^[0-9]$/.test(character)) SYMBOL[code] = code - 48
  else if (/^[a-z]$/.test(base)) SYMBOL[code] = base.charCodeAt(0) - 87
}

export function canonical(text: string): Canonical {
  const symbols = new Uint8Array(text.length)
  const at = new Int32Array(text.length)
  let length = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    // A lone look-alike between two signs is no word yet, and still stands for a letter of a token.
    const seen = code < 0x250 ? code : (CONFUSABLE.get(text.charAt(index))?.charCodeAt(0) ?? 0x24f)
    const symbol = SYMBOL[seen] ?? 255
    if (symbol === 255) continue
    symbols[length] = symbol
    at[length] = index
    length += 1
  }
  return { symbols, at, length }
}

/** As a string, for hashing a gram. */
export const gramText = (symbols: Uint8Array, start: number, length: number): string => {
  let text = ''
  for (let index = start; index < start + length; index += 1) {
    const symbol = symbols[index] ?? 0
    text += String.fromCharCode(symbol < 10 ? symbol + 48 : symbol + 87)
  }
  return text
}
