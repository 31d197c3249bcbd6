/**
 * Reading an object whose spelling is not published. Keys are compared without case, dash and
 * underscore, so `expires_at`, `expiresAt` and `expires-at` are one name.
 */

/** The object names the same thing twice and contradicts itself. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction'
}

export type Folded = ReadonlyMap<string, unknown>

/** Throws `Contradiction` when two spellings of one key hold different values. */
export function fold(row: object): Folded {
  const folded = new Map<string, unknown>()
  for (const [key, value] of Object.entries(row)) {
    const name = key.toLowerCase().replaceAll(/[_-]/g, '')
    if (folded.has(name) && !same(folded.get(name), value)) throw new Contradiction()
    folded.set(name, value)
  }
  return folded
}

/**
 * The value under whichever of the (folded) names is there; `undefined` when none is. Two that are
 * there and differ throw `Contradiction`: choosing one would be a guess.
 */
export function pick(row: Folded, names: readonly string[]): unknown {
  const found = names.filter((name) => row.has(name)).map((name) => row.get(name))
  const said = found.filter((value) => value !== null)
  if (said.some((value) => !same(value, said[0]))) throw new Contradiction()
  return said.length > 0 ? said[0] : found[0]
}

/** The first of several names that may stand side by side and mean different things. */
export function first(row: Folded, names: readonly string[]): unknown {
  return names.map((name) => row.get(name)).find((value) => value !== undefined && value !== null)
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
