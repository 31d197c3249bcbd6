/** Seeded randomness for the corpus: every run draws a new seed and prints it, any run can be repeated. */
export interface Chance {
  /** 0 ≤ n < limit. */
  below(limit: number): number
  pick<T>(items: readonly T[]): T
  /** `length` characters of an alphabet. */
  text(alphabet: string, length: number): string
  uuid(): string
}

export const LOWER = 'abcdefghijklmnopqrstuvwxyz'
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const DIGITS = '0123456789'
export const HEX = '0123456789abcdef'
export const BASE62 = UPPER + LOWER + DIGITS
export const BASE64URL = `${BASE62}-_`
export const BASE64 = `${BASE62}+/`
export const BASE32 = `${UPPER}234567`
export const BASE36 = LOWER + DIGITS

export const newSeed = (): number => Math.floor(Math.random() * 0xffffffff)

/** mulberry32. */
export function chance(seed: number): Chance {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const text = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('')
  return {
    below,
    text,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    uuid: () =>
      `${text(HEX, 8)}-${text(HEX, 4)}-4${text(HEX, 3)}-${text('89ab', 1)}${text(HEX, 3)}-${text(HEX, 12)}`,
  }
}
