/** Opens the folder: private, locked, scanned, with the remains of killed writes taken away. */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { KINDS } from './contract.ts'
import type { Kind, RecordCodec } from './contract.ts'
import type { Disk, Shelf } from './durable-adapter.ts'
import { openShelf } from './durable-adapter.ts'
import type { FolderLock } from './folder-lock.ts'
import { FolderLocked, lockFolder } from './folder-lock.ts'
import { refuseUnreadable, scanFolder } from './folder-scan.ts'
import { headIndex } from './head-index.ts'
import type { HeadIndex } from './head-index.ts'

export interface Opened {
  lock: FolderLock
  shelves: Record<Kind, Shelf>
  indexes: Record<Kind, HeadIndex>
}

/** The folder cannot be made or written, so another one has to be named. Carries the system's code only. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable'
}

/** `folder` is absolute. Throws `FolderUnusable` and `FolderLocked`. */
export async function openShelves(
  folder: string,
  codec: RecordCodec,
  clock: () => number,
  disk: Disk,
): Promise<Opened> {
  const lock = takeFolder(folder, clock())
  try {
    return await fill(folder, codec, disk, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function fill(
  folder: string,
  codec: RecordCodec,
  disk: Disk,
  lock: FolderLock,
): Promise<Opened> {
  const found = KINDS.map((kind) => {
    const path = join(folder, kind)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return { kind, path, scan: scanFolder(kind, path, codec) }
  })
  refuseUnreadable(found.flatMap(({ scan }) => scan.unreadable))
  for (const leftover of found.flatMap(({ scan }) => scan.leftovers)) rmSync(leftover)
  syncFolder(folder)

  const opened = { lock, shelves: {}, indexes: {} } as Opened
  for (const { kind, path, scan } of found) {
    const index = headIndex()
    for (const head of scan.heads.sort((one, other) => (one.id < other.id ? -1 : 1)))
      index.put(head)
    opened.indexes[kind] = index
    opened.shelves[kind] = await openShelf(disk, kind, path)
  }
  return opened
}

function takeFolder(folder: string, now: number): FolderLock {
  try {
    makePrivate(folder)
    return lockFolder(folder, now)
  } catch (error) {
    if (error instanceof FolderLocked) throw error
    throw new FolderUnusable(`cannot be made or written (${codeOf(error) ?? 'unknown'})`)
  }
}

function makePrivate(folder: string): void {
  const made = makeFolder(folder)
  // A new folder exists after a power cut only when each parent that gained a name was synced.
  for (const path of made) syncFolder(dirname(path))
  if (made.length > 0) return
  try {
    chmodSync(folder, 0o700)
  } catch (error) {
    // A mounted volume may belong to root; what is ours in it is private by its own mode.
    if (codeOf(error) !== 'EPERM') throw error
  }
}

/**
 * → what was made, innermost first. Not `recursive: true`: Node never returns from it where a folder
 * is there and takes no other (`/proc`).
 */
function makeFolder(folder: string): string[] {
  try {
    mkdirSync(folder, { mode: 0o700 })
    return [folder]
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory()) return []
    if (codeOf(error) !== 'ENOENT') throw error
    const parents = makeFolder(dirname(folder))
    if (parents.length === 0) throw error
    mkdirSync(folder, { mode: 0o700 })
    return [folder, ...parents]
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

function syncFolder(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
