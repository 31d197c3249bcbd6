/** Opens the folder: private, locked, scanned, with the remains of killed writes taken away. */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { KINDS } from './contract.ts'
import type { Kind, RecordCodec } from './contract.ts'
import type { Disk, Shelf } from './durable-adapter.ts'
import { openShelf } from './durable-adapter.ts'
import type { FolderLock } from './folder-lock.ts'
import { lockFolder } from './folder-lock.ts'
import { refuseUnreadable, scanFolder } from './folder-scan.ts'
import { headIndex } from './head-index.ts'
import type { HeadIndex } from './head-index.ts'

export interface Opened {
  lock: FolderLock
  shelves: Record<Kind, Shelf>
  indexes: Record<Kind, HeadIndex>
}

/** `folder` is absolute. */
export async function openShelves(
  folder: string,
  codec: RecordCodec,
  clock: () => number,
  disk: Disk,
): Promise<Opened> {
  makePrivate(folder)
  const lock = lockFolder(folder, clock())
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

function makePrivate(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) {
    try {
      chmodSync(folder, 0o700)
    } catch (error) {
      // A mounted volume may belong to root; what is ours in it is private by its own mode.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
    }
    return
  }
  // A new folder exists after a power cut only when each parent that gained a name was synced.
  for (let made = folder; ; made = dirname(made)) {
    syncFolder(dirname(made))
    if (made === first) return
  }
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
