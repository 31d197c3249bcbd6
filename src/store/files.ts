/**
 * The default store: one file per aggregate, `folder/<kind>/<id>.json`, for one process. Only heads
 * stay in memory. The next aggregate is built, written, and only then put in the place of the last one:
 * lowdb's own order (change, then write) leaves in memory what a full disk refused, and evidence that
 * exists nowhere would open the interlock.
 */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { Low } from 'lowdb'

import { instant } from '../../machines/vocabulary.ts'
import type { Aggregate } from './aggregate-file.ts'
import { follow } from './aggregate-file.ts'
import {
  BadId,
  RECORD_ID,
  StaleRevision,
  StoreClosed,
  StoreInDoubt,
  UnreadableRecord,
} from './contract.ts'
import type { Head, Kind, Labels, NewEntry, RecordCodec, Store } from './contract.ts'
import type { Disk } from './durable-adapter.ts'
import { durableAdapter, fileOf, realDisk, removeDurably, writeSynced } from './durable-adapter.ts'
import { readRecord } from './folder-scan.ts'
import { admissibleEntry, append } from './journal.ts'
import { recent } from './recent.ts'
import type { Held } from './recent.ts'
import { openShelves } from './shelf.ts'
import { writeQueue } from './write-queue.ts'

export interface FileStoreOptions {
  /** Made when it does not exist, mode 0700. */
  folder: string
  codec: RecordCodec
  /** Epoch milliseconds. */
  clock?: () => number
  /** Tests put a failing disk here. */
  disk?: Disk
}

/** About 2,000 held rotations of 4 KB. */
const HELD_CHARACTERS = 8_000_000

/** Throws `FolderLocked`, or `UnreadableRecord` naming every file that this version must not touch. */
export async function openFileStore(options: FileStoreOptions): Promise<Store> {
  const { codec, clock = Date.now, disk = realDisk } = options
  const folder = resolve(options.folder)
  const { lock, shelves, indexes } = await openShelves(folder, codec, clock, disk)
  const queue = writeQueue()
  const held = recent(HELD_CHARACTERS)
  let closing: Promise<void> | null = null
  let doubt: StoreInDoubt | null = null
  let probing: Promise<void> | null = null

  const requireCertain = (): void => {
    if (doubt !== null) throw doubt
  }
  const requireOpen = (): void => {
    if (closing !== null) throw new StoreClosed()
    requireCertain()
  }

  async function hold(kind: Kind, id: string): Promise<Held> {
    const key = `${kind}/${id}`
    const known = held.get(key)
    if (known !== undefined) return known
    const document = new Low<Aggregate | null>(durableAdapter(disk, shelves[kind], id), null)
    await document.read()
    if (document.data?.revision !== indexes[kind].get(id)?.revision) {
      throw new UnreadableRecord(fileOf(shelves[kind], id), 'another hand changed it while we ran')
    }
    held.set(key, document as Held)
    return document as Held
  }

  async function changing<T>(kind: Kind, id: string, change: () => Promise<T>): Promise<T> {
    return queue.run(`${kind}/${id}`, async () => {
      requireCertain()
      try {
        const answer = await change()
        // A sync after a failed one may succeed and still have lost what the failed one was for.
        requireCertain()
        return answer
      } catch (error) {
        if (error instanceof StoreInDoubt) doubt = error
        throw error
      }
    })
  }

  async function write(next: Aggregate, labels: Labels): Promise<Head> {
    const { kind, id, revision, updatedAt } = next
    const document = new Low<Aggregate | null>(durableAdapter(disk, shelves[kind], id), next)
    await document.write()
    held.set(`${kind}/${id}`, document as Held)
    const head: Head = { kind, id, revision, updatedAt, labels }
    indexes[kind].put(head)
    return head
  }

  /** Behind a write in flight unless held: a file just renamed is not yet one that survives. */
  async function look(kind: Kind, id: string): Promise<Aggregate | null> {
    requireOpen()
    if (indexes[kind].get(id) === undefined) return null
    const known = held.get(`${kind}/${id}`)
    if (known !== undefined) return known.data
    return changing(kind, id, async () =>
      indexes[kind].get(id) === undefined ? null : (await hold(kind, id)).data,
    )
  }

  async function probe(): Promise<void> {
    if (!lock.held()) throw new Error(`${folder}: the lock was taken away from this process`)
    const path = join(folder, 'probe')
    try {
      await writeSynced(disk, path, Buffer.from('ready\n'))
    } finally {
      await rm(path, { force: true })
    }
  }

  async function shut(): Promise<void> {
    await queue.idle()
    await probing?.catch(() => undefined)
    for (const shelf of Object.values(shelves)) await shelf.close()
    lock.release()
  }

  return {
    async load(kind, id) {
      const aggregate = await look(kind, id)
      if (aggregate === null) return null
      const record = readRecord(fileOf(shelves[kind], id), () =>
        codec.parse(kind, JSON.parse(aggregate.recordText)),
      )
      const { revision, updatedAt } = aggregate
      const labels = codec.labels(kind, record)
      return { head: { kind, id, revision, updatedAt, labels }, record }
    },

    async commit(kind, id, expectedRevision, record, entry) {
      requireOpen()
      const snapshot = snapshotOf(codec, kind, requireId(id), record)
      const line = requireEntry(kind, id, entry)
      return changing(kind, id, async () => {
        const current = indexes[kind].get(id)?.revision ?? 0
        if (current !== expectedRevision) throw new StaleRevision(current)
        const before = current === 0 ? null : (await hold(kind, id)).data
        const head = { kind, id, revision: current + 1, updatedAt: instant(clock()) }
        const chained = append(before?.tail ?? null, line)
        return write(follow(before, head, snapshot.text, chained), snapshot.labels)
      })
    },

    async testify(kind, id, entry) {
      requireOpen()
      const line = requireEntry(kind, requireId(id), entry)
      await changing(kind, id, async () => {
        const head = indexes[kind].get(id)
        if (head === undefined) throw new StaleRevision(0)
        const before = (await hold(kind, id)).data
        await write(
          follow(before, before, before.recordText, append(before.tail, line)),
          head.labels,
        )
      })
    },

    async list(kind, query) {
      requireOpen()
      return indexes[kind].page(query)
    },

    async journal(kind, id) {
      const aggregate = await look(kind, id)
      return aggregate === null ? [] : JSON.parse(aggregate.journalText)
    },

    async remove(kind, id) {
      requireOpen()
      if (kind !== 'answer') throw new TypeError('what testifies is never removed')
      await changing(kind, requireId(id), async () => {
        if (indexes[kind].get(id) === undefined) return
        await removeDurably(disk, shelves[kind], id)
        held.delete(`${kind}/${id}`)
        indexes[kind].delete(id)
      })
    },

    async ready() {
      requireOpen()
      probing ??= probe().finally(() => {
        probing = null
      })
      await probing
    },

    async close() {
      closing ??= shut()
      await closing
    },
  }
}

/** Taken at once: what the caller does to its record while the write waits changes nothing. */
function snapshotOf(
  codec: RecordCodec,
  kind: Kind,
  id: string,
  record: unknown,
): { text: string; labels: Labels } {
  return readRecord(`${kind}/${id}`, () => {
    const text = JSON.stringify(record)
    return { text, labels: codec.labels(kind, codec.parse(kind, JSON.parse(text))) }
  })
}

function requireId(id: string): string {
  if (!RECORD_ID.test(id)) throw new BadId()
  return id
}

function requireEntry(kind: Kind, id: string, entry: NewEntry): NewEntry {
  const line = admissibleEntry(entry)
  if (line === null) throw new UnreadableRecord(`${kind}/${id}`, 'its entry fits no schema')
  return line
}
