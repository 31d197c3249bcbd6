/**
 * Every token that this program handles, recognised from then on and never stored: the leak check's
 * known tokens, with a life of their own. What lies on disk is what `known-token.ts` calls its
 * persisted form, in a private file beside the records; it is gone some time after the token is.
 */
import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Secret } from '../secret.ts'
import { UnreadableRecord } from '../store/contract.ts'
import { createKnownTokens, StoredTokens } from './leak-check/known-token.ts'
import type { KnownTokens } from './leak-check/known-token.ts'
import { readPrivate, writePrivate } from './private-file.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A token nobody has handled for so long, and of whose end nothing is known. */
export const LEASE_MS = 400 * DAY_MS
/** After its end a token may still stand in a log or a mail that somebody pastes. */
export const RETIRED_MS = 30 * DAY_MS
/** Shorter ones are words: knowing them would cut ordinary text, and let people test their guesses. */
const SHORTEST = 12

const Stored = z.strictObject({
  format: z.literal('interlock/known-tokens'),
  version: z.literal(1),
  until: z.array(z.strictObject({ id: z.string().min(1).max(128), at: z.number() })),
  tokens: StoredTokens,
})

export interface TokenRegistry {
  /**
   * Known at once. `id` names it for `retire`; without one it is known by its fingerprint. A password
   * that a person chose is kept in memory only: its tags could be guessed.
   */
  remember(value: Secret, how?: { id?: string; keep?: 'disk' | 'memory' }): void
  /** It ends or has ended at `endsAt` (epoch ms); it is forgotten `RETIRED_MS` afterwards. */
  retire(id: string, endsAt: number): void
  readonly known: Pick<KnownTokens, 'scan'>
  /** Resolves when everything remembered so far is on disk; rejects with the disk's error. */
  saved(): Promise<void>
  readonly size: number
}

export interface TokenRegistryOptions {
  folder: string
  secret: Secret
  fingerprint: (value: Secret) => string
  stems: readonly string[]
  clock: () => number
}

export const FILE = 'known-tokens.json'

/** Throws `UnreadableRecord` for a file it does not understand: starting without it would forget tokens. */
export async function openTokenRegistry(options: TokenRegistryOptions): Promise<TokenRegistry> {
  const { fingerprint, clock } = options
  const path = join(options.folder, FILE)
  const stored = await read(path)
  const known = createKnownTokens({
    secret: Buffer.from(
      hkdfSync('sha256', options.secret.reveal(), '', 'interlock known-token v1', 32),
    ).toString('hex'),
    clock,
    stems: options.stems,
    ...(stored === null ? {} : { stored: stored.tokens }),
  })
  const until = new Map(stored?.until.map(({ id, at }) => [id, at]))
  const inMemory = new Set<string>()
  const memoryOnly = new Set<string>()
  let dirty = false
  let writing: Promise<void> | null = null

  const forgetEnded = (): void => {
    for (const [id, at] of until) {
      if (at > clock()) continue
      known.forget(id)
      until.delete(id)
      inMemory.delete(id)
      dirty = true
    }
  }
  const save = async (): Promise<void> => {
    while (dirty) {
      dirty = false
      const { tokens } = known.toJSON()
      const kept = tokens.filter(({ id }) => !memoryOnly.has(id))
      const file: z.infer<typeof Stored> = {
        format: 'interlock/known-tokens',
        version: 1,
        until: [...until].flatMap(([id, at]) => (memoryOnly.has(id) ? [] : [{ id, at }])),
        tokens: { version: 1, tokens: kept },
      }
      try {
        await writePrivate(path, `${JSON.stringify(file)}\n`)
      } catch (error) {
        dirty = true
        throw error
      }
    }
  }
  const saved = async (): Promise<void> => {
    forgetEnded()
    if (writing === null) {
      writing = save().finally(() => {
        writing = null
      })
    }
    await writing
    if (dirty) await saved()
  }
  forgetEnded()

  return {
    known: {
      scan(text) {
        forgetEnded()
        return known.scan(text)
      },
    },
    remember(value, { id = fingerprint(value), keep = 'disk' } = {}) {
      if (value.reveal().length < SHORTEST) return
      const lease = clock() + LEASE_MS
      const before = until.get(id) ?? 0
      if (!inMemory.has(id)) {
        known.register(value, { id })
        inMemory.add(id)
        if (keep === 'memory') memoryOnly.add(id)
      } else if (before > lease - DAY_MS) return
      until.set(id, Math.max(before, lease))
      dirty = true
    },
    retire(id, endsAt) {
      const at = endsAt + RETIRED_MS
      if (!until.has(id) || until.get(id) === at) return
      until.set(id, at)
      dirty = true
    },
    saved,
    get size() {
      forgetEnded()
      return known.size
    },
  }
}

async function read(path: string): Promise<z.infer<typeof Stored> | null> {
  const bytes = await readPrivate(path)
  if (bytes === null) return null
  try {
    return Stored.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    throw new UnreadableRecord(path, 'it does not hold known tokens as this version writes them')
  }
}
