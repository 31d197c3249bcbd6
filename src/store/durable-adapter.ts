/**
 * lowdb's port on a disk that keeps what was answered. lowdb's own file adapter is not durable (no
 * fsync), not private (0644) and not schema-parsed. Here: a temporary file beside the target, mode
 * 0600, written and synced, renamed over it, and the folder synced. POSIX only: Windows cannot sync a
 * folder.
 */
import { open, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

import type { Adapter } from 'lowdb'

import type { Aggregate } from './aggregate-file.ts'
import { decode, encode, hold } from './aggregate-file.ts'
import { StoreInDoubt, UnreadableRecord } from './contract.ts'
import type { Kind } from './contract.ts'

/** What a durable write asks of the file system: the boundary at which tests make a disk fail. */
export interface Disk {
  open(path: string, flags: 'r' | 'w', mode: number): Promise<DiskFile>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
}

interface DiskFile {
  writeFile(bytes: Uint8Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

export const realDisk: Disk = { open, rename, unlink }

/** A kind's folder, held open so that syncing it costs no open and close per write. */
export interface Shelf {
  kind: Kind
  path: string
  /** Makes the names in the folder durable. */
  sync(): Promise<void>
  close(): Promise<void>
}

export async function openShelf(disk: Disk, kind: Kind, path: string): Promise<Shelf> {
  const folder = await disk.open(path, 'r', 0)
  return { kind, path, sync: shared(async () => folder.sync()), close: async () => folder.close() }
}

/** Whoever asks before a sync begins shares it; whoever asks later waits for the next. */
function shared(sync: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | null = null
  const begin = async (): Promise<void> => {
    waiting = null
    await sync()
  }
  return async () => {
    if (waiting === null) {
      waiting = last.then(begin, begin)
      last = waiting
    }
    await waiting
  }
}

export const fileOf = (shelf: Pick<Shelf, 'path'>, id: string): string =>
  join(shelf.path, `${id}.json`)

/** The mark of a write that was never answered: an id has no dot, so no record can be called that. */
export const TEMPORARY = /^[A-Za-z0-9_-]{1,64}\.json\.tmp$/

/** Before the rename a failure leaves nothing behind; after it nobody knows, hence `StoreInDoubt`. */
async function writeDurably(
  disk: Disk,
  shelf: Shelf,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  const path = fileOf(shelf, id)
  const temporary = `${path}.tmp`
  try {
    await writeSynced(disk, temporary, bytes)
    await disk.rename(temporary, path)
  } catch (error) {
    // The first error is the one that matters; what stays behind is removed at the next start.
    await disk.unlink(temporary).catch(() => undefined)
    throw error
  }
  await syncFolder(shelf, path)
}

export async function removeDurably(disk: Disk, shelf: Shelf, id: string): Promise<void> {
  const path = fileOf(shelf, id)
  await disk.unlink(path)
  await syncFolder(shelf, path)
}

export async function writeSynced(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    // Once it is synced nothing hangs on the close, and the rename need not wait for it.
    file.close().catch(() => undefined)
  }
}

async function syncFolder(shelf: Shelf, path: string): Promise<void> {
  try {
    await shelf.sync()
  } catch (error) {
    throw new StoreInDoubt(path, error)
  }
}

/** One aggregate's file. `write` is never called with null: lowdb writes only what it holds. */
export function durableAdapter(disk: Disk, shelf: Shelf, id: string): Adapter<Aggregate | null> {
  const path = fileOf(shelf, id)
  return {
    read: async () => {
      const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new UnreadableRecord(path, 'it is gone') : error
      })
      return hold(path, decode(path, bytes, shelf.kind, id), shelf.kind)
    },
    write: async (aggregate) => {
      if (aggregate !== null) await writeDurably(disk, shelf, id, encode(aggregate))
    },
  }
}
