/**
 * What may be written to disk of a token: HMAC tags of stretches that are too long to guess even
 * with the key at hand (80 bits and more), of a sample of them, and nothing else. To look for them
 * without an HMAC per character, only stretches that are not plainly words are hashed, and of those
 * one in four, chosen by their own content, so that text and token choose the same.
 */
import type { Canonical } from './canonical.ts'
import { gramText } from './canonical.ts'
import { COST } from './letter.ts'
import { tagOf } from './fingerprint.ts'

/** Symbols of a gram: 20 of hexadecimal, 16 of anything richer, make 80 bits. */
export const sizeFor = (form: Canonical): number => {
  const seen = form.symbols.subarray(0, form.length)
  if (seen.every((symbol) => symbol < 10)) return 25
  return seen.every((symbol) => symbol < 16) ? 20 : 16
}

/** Quarter bits a letter or digit must cost on average in a stretch worth hashing. */
const ODD = 16

/** Positions of the stretches both sides agree to hash. `all` drops the sampling. */
export function chosen(form: Canonical, size: number, all: boolean): number[] {
  const { symbols, length } = form
  const costs = new Int32Array(length + 1)
  for (let index = 2; index < length; index += 1) {
    const a = symbols[index - 2] as number
    const b = symbols[index - 1] as number
    const c = symbols[index] as number
    const letters = a > 9 && b > 9 && c > 9
    costs[index] = letters
      ? (COST[((a - 9) << 10) | ((b - 9) << 5) | (c - 9)] as number)
      : c > 9
        ? 28
        : 14
  }
  const positions: number[] = []
  let sum = 0
  for (let index = 0; index < length; index += 1) {
    sum += costs[index] as number
    // The first two symbols of a stretch have their cost from outside of it: they do not count.
    if (index >= size - 2) sum -= costs[index - size + 2] as number
    const start = index - size + 1
    if (start < 0 || sum < ODD * (size - 2)) continue
    const pick = (symbols[start] as number) * 7 + (symbols[start + 5] as number) * 3
    if (all || ((pick + (symbols[index] as number)) & 3) === 0) positions.push(start)
  }
  return positions
}

export interface DiskTags {
  size: number
  /** True: too few stretches were chosen, so all of them stand here. */
  all: boolean
  tags: number[]
}

export function diskTags(key: Buffer, form: Canonical): DiskTags | null {
  const size = sizeFor(form)
  if (form.length < size) return null
  let positions = chosen(form, size, false)
  const all = positions.length < 2
  if (all) positions = chosen(form, size, true)
  const tags = positions.map((start) => tagOf(key, gramText(form.symbols, start, size)))
  // Sorted: their order in the token is nobody's business.
  return { size, all, tags: [...new Set(tags)].sort((left, right) => left - right) }
}
