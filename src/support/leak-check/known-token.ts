/**
 * Tokens this program has handled, recognised without being stored. In memory: fingerprints of every
 * stretch of 12 characters, also of the token turned around or encoded. On disk: see `disk-tag.ts`.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Secret } from '../../secret.ts'
import type { Canonical } from './canonical.ts'
import { canonical, gramText } from './canonical.ts'
import type { DiskTags } from './disk-tag.ts'
import { chosen, diskTags } from './disk-tag.ts'
import type { Span } from './find.ts'
import type { Gram } from './fingerprint.ts'
import { gramKey, gramsOf, roll, tagOf } from './fingerprint.ts'
import { disguises, isHardToGuess, tokenParts } from './token-part.ts'

/** The persisted form. Holds nothing from which a token, its length or its beginning can be told. */
export const StoredTokens = z.strictObject({
  version: z.literal(1),
  tokens: z.array(
    z.strictObject({
      id: z.string().min(1).max(128),
      expiresAt: z.string().nullable(),
      tags: z.array(
        z.strictObject({
          size: z.number().int().min(16).max(25),
          all: z.boolean(),
          tags: z.array(z.number().int().nonnegative()),
        }),
      ),
    }),
  ),
})
export type StoredTokens = z.infer<typeof StoredTokens>

export interface KnownTokens {
  /** Returns the id to forget it by: the given one or a new one. A value under 5 characters is not kept. */
  register(value: string | Secret, options?: { id?: string; expiresAt?: string }): string
  forget(id: string): void
  /** Stretches of `text` that belong to a known token; overlapping ones are joined. */
  scan(text: string): Span[]
  readonly size: number
  toJSON(): StoredTokens
}

export interface KnownTokenOptions {
  /** Keys every fingerprint; at least 16 characters, never stored beside them. */
  secret: string
  clock?: () => number
  /** Fixed beginnings of vendors' tokens, which are not part of the secret. */
  stems?: readonly string[]
  /** What `toJSON` gave earlier, under the same secret. */
  stored?: StoredTokens
}

interface Entry {
  expiresAt: number
  grams: Gram[]
  disk: DiskTags[]
  /** False after a restart: then only the disk tags are known. */
  inMemory: boolean
}

export function createKnownTokens(options: KnownTokenOptions): KnownTokens {
  if (options.secret.length < 16) throw new Error('the leak-check secret is too short')
  const key = gramKey(options.secret)
  const clock = options.clock ?? Date.now
  const entries = new Map<string, Entry>()
  let sizes = new Map<number, { hashes: Set<number>; tags: Set<number> }>()
  let disk = new Map<string, { size: number; all: boolean; tags: Set<number> }>()
  let nextExpiry = Infinity

  const index = (entry: Entry): void => {
    nextExpiry = Math.min(nextExpiry, entry.expiresAt)
    for (const gram of entry.grams) {
      const known = sizes.get(gram.size) ?? { hashes: new Set(), tags: new Set() }
      known.hashes.add(gram.hash)
      known.tags.add(gram.tag)
      sizes.set(gram.size, known)
    }
    if (entry.inMemory) return
    for (const { size, all, tags } of entry.disk) {
      const name = `${size}/${all}`
      const known = disk.get(name) ?? { size, all, tags: new Set() }
      for (const tag of tags) known.tags.add(tag)
      disk.set(name, known)
    }
  }
  const rebuild = (): void => {
    sizes = new Map()
    disk = new Map()
    nextExpiry = Infinity
    for (const entry of entries.values()) index(entry)
  }
  const sweep = (): void => {
    const now = clock()
    if (now < nextExpiry) return
    for (const [id, entry] of entries) if (entry.expiresAt <= now) entries.delete(id)
    rebuild()
  }

  for (const token of options.stored?.tokens ?? []) {
    const expiresAt = token.expiresAt === null ? Infinity : Date.parse(token.expiresAt)
    entries.set(token.id, { expiresAt, grams: [], disk: token.tags, inMemory: false })
  }
  rebuild()

  const scanMemory = (form: Canonical, spans: Span[]): void => {
    const checked = new Map<string, boolean>()
    for (const [size, known] of sizes) {
      roll(key, form, size, (hash, start) => {
        if (!known.hashes.has(hash)) return
        const gram = gramText(form.symbols, start, size)
        const hit = checked.get(gram) ?? known.tags.has(tagOf(key.memory, gram))
        checked.set(gram, hit)
        if (hit) spans.push(stretch(form, start, size))
      })
    }
  }
  const scanDisk = (form: Canonical, spans: Span[]): void => {
    for (const { size, all, tags } of disk.values()) {
      const checked = new Map<string, boolean>()
      for (const start of chosen(form, size, all)) {
        const gram = gramText(form.symbols, start, size)
        const hit = checked.get(gram) ?? tags.has(tagOf(key.disk, gram))
        checked.set(gram, hit)
        if (hit) spans.push(stretch(form, start, size))
      }
    }
  }

  return {
    register(value, how = {}) {
      const id = how.id ?? randomUUID()
      const text = typeof value === 'string' ? value : value.reveal()
      const parts = tokenParts(text, options.stems ?? [])
      const grams = parts.flatMap((part) =>
        disguises(part).flatMap((shape) => gramsOf(key, canonical(shape))),
      )
      const tags = parts
        .filter(isHardToGuess)
        .map((part) => diskTags(key.disk, canonical(part)))
        .filter((tag) => tag !== null)
      const expiresAt = how.expiresAt === undefined ? Infinity : Date.parse(how.expiresAt)
      const entry = { expiresAt, grams, disk: tags, inMemory: true }
      const replaces = entries.has(id)
      entries.set(id, entry)
      if (replaces) rebuild()
      else index(entry)
      return id
    },
    forget(id) {
      if (entries.delete(id)) rebuild()
    },
    scan(text) {
      sweep()
      if (entries.size === 0) return []
      const form = canonical(text)
      const spans: Span[] = []
      scanMemory(form, spans)
      if (disk.size > 0) scanDisk(form, spans)
      return joined(spans)
    },
    get size() {
      sweep()
      return entries.size
    },
    toJSON() {
      sweep()
      return {
        version: 1,
        tokens: [...entries].map(([id, entry]) => ({
          id,
          expiresAt: Number.isFinite(entry.expiresAt)
            ? new Date(entry.expiresAt).toISOString()
            : null,
          tags: entry.disk,
        })),
      }
    },
  }
}

const stretch = (form: Canonical, start: number, size: number): Span => ({
  start: form.at[start] ?? 0,
  end: (form.at[start + size - 1] ?? 0) + 1,
})

/** Overlapping and touching spans become one. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((left, right) => left.start - right.start)) {
    const last = result.at(-1)
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else result.push({ ...span })
  }
  return result
}
