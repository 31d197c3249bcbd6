/** Ids that sort by their time of creation, so that lists and cursors need no other order. */
import { randomBytes } from 'node:crypto'

export type IdPrefix = 'con' | 'rot' | 'esc' | 'bun'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Crockford's base 32, most significant digit first. */
function base32(value: number, digits: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < digits; i += 1) {
    text = (ALPHABET[rest % 32] ?? '0') + text
    rest = Math.floor(rest / 32)
  }
  return text
}

const random = (digits: number): string =>
  Array.from(randomBytes(digits), (byte) => ALPHABET[byte % 32]).join('')

/** `rot_` + 9 digits of milliseconds + 2 of a counter + 9 random ones: later ids are greater text. */
export function createIdSource(clock: () => number): (prefix: IdPrefix) => string {
  let lastAt = 0
  let count = 0
  return (prefix) => {
    const now = Math.max(clock(), lastAt)
    count = now === lastAt ? count + 1 : 0
    lastAt = count > 1023 ? now + 1 : now
    if (count > 1023) count = 0
    return `${prefix}_${base32(lastAt, 9)}${base32(count, 2)}${random(9)}`
  }
}

/** `interlock-` and six characters: unlikely to be there before, easy to copy by hand. */
export const canaryValue = (): string => `interlock-${random(6).toUpperCase()}`
