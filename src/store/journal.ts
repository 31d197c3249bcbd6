/**
 * The journal's chain. `hash` is the SHA-256 (hex) of the entry's canonical JSON (RFC 8785) without
 * `hash` itself; `previousHash` is inside, so nothing before an entry can change unnoticed. Anyone
 * can check it with the entries alone.
 */
import { hash as digest } from 'node:crypto'

import canonicalizeModule from 'canonicalize'
import { z } from 'zod'

import { Actor, Instant } from '../../machines/vocabulary.ts'
import type { Entry, NewEntry } from './contract.ts'

// The package is CommonJS, its types claim an ES default: the value is the function itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string

const fields = {
  at: Instant,
  actor: Actor,
  event: z.string().min(1).max(128),
  outcome: z.enum(['applied', 'refused']),
  detail: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .exactOptional(),
}

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const NewEntrySchema = z.strictObject(fields)
const EntrySchema = z.strictObject({
  ...fields,
  seq: z.int().min(1),
  previousHash: hex.nullable(),
  hash: hex,
})

/** The end of a chain: all that is needed to append to it. */
export type Tail = Pick<Entry, 'seq' | 'hash'>

/** A copy that can be stored and read back, or null when it could not be. */
export function admissibleEntry(entry: NewEntry): NewEntry | null {
  const parsed = NewEntrySchema.safeParse(entry)
  return parsed.success ? parsed.data : null
}

/** Only the new entry is hashed: the cost of an append does not grow with the journal. */
export function append(tail: Tail | null, entry: NewEntry): Entry {
  const unhashed = {
    seq: (tail?.seq ?? 0) + 1,
    ...entry,
    previousHash: tail?.hash ?? null,
  }
  return { ...unhashed, hash: hashOf(unhashed) }
}

/** The entries, or null when one was changed, taken out, moved or added by another hand. */
export function verifyChain(entries: readonly unknown[]): Entry[] | null {
  const verified: Entry[] = []
  let tail: Tail | null = null
  for (const candidate of entries) {
    const parsed = EntrySchema.safeParse(candidate)
    if (!parsed.success) return null
    const { hash, ...unhashed } = parsed.data
    if (unhashed.seq !== (tail?.seq ?? 0) + 1) return null
    if (unhashed.previousHash !== (tail?.hash ?? null)) return null
    if (hash !== hashOf(unhashed)) return null
    verified.push(parsed.data)
    tail = parsed.data
  }
  return verified
}

function hashOf(unhashed: Omit<Entry, 'hash'>): string {
  return digest('sha256', canonicalize(unhashed), 'hex')
}
