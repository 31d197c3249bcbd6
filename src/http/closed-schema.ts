/**
 * Input schemas must be closed: every object strict, no records, maps or open ends. Then an unknown
 * field is always refused, and a path in an error only ever holds names that stand in the schema.
 */
import type { z } from 'zod'

/** Throws at start, naming the place in the schema. */
export function assertClosed(schema: z.ZodType, where: string): void {
  walk(schema, where, new Set())
}

function walk(schema: unknown, where: string, seen: Set<unknown>): void {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return
  seen.add(schema)
  if (!('_zod' in schema)) {
    for (const [name, inner] of Object.entries(schema)) walk(inner, `${where}.${name}`, seen)
    return
  }
  const { def } = schema._zod as { def: Readonly<Record<string, unknown>> & { type: string } }
  if (OPEN.has(def.type)) throw new Error(`${where}: an input must not be a ${def.type}`)
  if (def.type === 'object' && typeOf(def['catchall']) !== 'never') {
    throw new Error(`${where}: an input object must be strict`)
  }
  // Everything a schema is made of hangs below its definition: shape, element, options, inner types.
  for (const [name, part] of Object.entries(def)) {
    if (name !== 'checks' && name !== 'error') walk(part, where, seen)
  }
}

const OPEN = new Set(['record', 'map', 'set', 'any', 'unknown', 'lazy', 'function', 'promise'])

function typeOf(schema: unknown): string | null {
  if (typeof schema !== 'object' || schema === null || !('_zod' in schema)) return null
  return (schema._zod as { def: { type: string } }).def.type
}
