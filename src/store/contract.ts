/**
 * What the rest of the program may expect of a store. Every store passes `test/store/contract.ts`.
 *
 * Guarantees: (1) a commit that was answered survives a killed process and a power cut; (2) record
 * and journal entry change together or not at all; (3) two writers with the same expected revision:
 * exactly one wins, the other gets `StaleRevision`; (4) a failed write changes nothing, neither on
 * disk nor in memory; (5) what cannot be read as a known version is refused by name, never
 * overwritten.
 */
import type { Actor } from '../../machines/vocabulary.ts'

export const KINDS = ['rotation', 'connection', 'key', 'escalation', 'bundle', 'answer'] as const
export type Kind = (typeof KINDS)[number]

/** One line of testimony. `detail` holds ids, codes and times only, never what a person typed unchecked. */
export interface NewEntry {
  at: string
  actor: Actor
  event: string
  outcome: 'applied' | 'refused'
  detail?: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/** A stored entry: numbered from 1, chained by SHA-256 over its canonical JSON and the hash before it. */
export interface Entry extends NewEntry {
  seq: number
  previousHash: string | null
  hash: string
}

/** What a list answers without opening the record: enough to filter, sort and show a row. */
export interface Head {
  kind: Kind
  id: string
  revision: number
  updatedAt: string
  labels: Labels
}

export type Labels = Readonly<Record<string, string>>

export interface Stored {
  head: Head
  record: unknown
}

export interface ListQuery {
  /** Every named label must equal one of the given values. */
  labels?: Readonly<Record<string, readonly string[]>>
  limit: number
  /** Opaque; from the answer before. */
  cursor?: string
}

export interface Page {
  items: Head[]
  nextCursor: string | null
}

/** How a store reads and indexes records, without knowing what they mean. */
export interface RecordCodec {
  /** Parses by the strict schema of its version, upcasting older ones; throws on anything else. */
  parse(kind: Kind, record: unknown): unknown
  labels(kind: Kind, record: unknown): Labels
}

export interface Store {
  /** Null when there is no such record; also for an id that could not name one. */
  load(kind: Kind, id: string): Promise<Stored | null>
  /**
   * `expectedRevision` 0 creates. Throws `StaleRevision`; `BadId`; `UnreadableRecord` for a record or
   * entry that could not be read back; or the disk's own error with nothing changed.
   */
  commit(
    kind: Kind,
    id: string,
    expectedRevision: number,
    record: unknown,
    entry: NewEntry,
  ): Promise<Head>
  /** Adds an entry (a refusal, say) without touching record, revision or head. No such record: `StaleRevision` 0. */
  testify(kind: Kind, id: string, entry: NewEntry): Promise<void>
  /**
   * Ids ascending (they begin with their time of creation), so a cursor never skips or repeats.
   * Throws `BadCursor`; `RangeError` for a limit below 1.
   */
  list(kind: Kind, query: ListQuery): Promise<Page>
  journal(kind: Kind, id: string): Promise<Entry[]>
  /** Only for kinds that testify to nothing (`answer`). One that is already gone counts as removed. */
  remove(kind: 'answer', id: string): Promise<void>
  /** Resolves when a commit would be possible; rejects with the reason otherwise. */
  ready(): Promise<void>
  /** Resolves when every accepted write has ended; whatever is asked afterwards gets `StoreClosed`. */
  close(): Promise<void>
}

/** Somebody else committed first. Carries the revision that is current now (0: it does not exist). */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision'
  readonly current: number

  constructor(current: number) {
    super(`revision ${current} is current`)
    this.current = current
  }
}

/** A file or row that this version of the program must not touch. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord'
  readonly where: string

  /** `where` names the file or row; `why` must not repeat its content. */
  constructor(where: string, why: string) {
    super(`${where}: ${why}`)
    this.where = where
  }
}

/** What can name a record, in every store: it is also a file's name. */
export const RECORD_ID = /^[A-Za-z0-9_-]{1,64}$/

/** An id that cannot name a record. It is not repeated: it may be anything a person typed. */
export class BadId extends Error {
  override readonly name = 'BadId'

  constructor() {
    super('an id is 1 to 64 letters, digits, underscores and hyphens')
  }
}

/** A cursor that no list has answered. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor'

  constructor() {
    super('the cursor is not one that a list answered')
  }
}

export class StoreClosed extends Error {
  override readonly name = 'StoreClosed'

  constructor() {
    super('the store is closed')
  }
}

/** A write may or may not have reached the disk. Nothing is answered until a new start has read what is there. */
export class StoreInDoubt extends Error {
  override readonly name = 'StoreInDoubt'

  constructor(where: string, cause: unknown) {
    super(`${where}: the disk failed in the middle of a write; start again to read what it holds`, {
      cause,
    })
  }
}
