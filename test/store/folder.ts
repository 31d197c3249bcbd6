/** File stores in folders of their own, with a disk that fails on demand. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { RecordCodec, Store } from '../../src/store/contract.ts'
import type { Disk } from '../../src/store/durable-adapter.ts'
import { realDisk } from '../../src/store/durable-adapter.ts'
import { openFileStore } from '../../src/store/files.ts'
import type { Lying, StoreUnderTest } from './contract.ts'

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'interlock-store-'))

const full = (): Error => Object.assign(new Error('no space left'), { code: 'ENOSPC' })

export interface FailingDisk extends Disk {
  /** The call at which it fails, or null. A failing write leaves half of the bytes behind, as a full disk does. */
  failing: 'open' | 'write' | 'sync' | 'rename' | 'folder' | null
}

export function failingDisk(): FailingDisk {
  const disk: FailingDisk = {
    failing: null,
    async open(path, flags, mode) {
      if (disk.failing === 'open' && flags === 'w') throw full()
      const file = await realDisk.open(path, flags, mode)
      return {
        async writeFile(bytes) {
          if (disk.failing !== 'write') return file.writeFile(bytes)
          await file.writeFile(bytes.subarray(0, bytes.length >> 1))
          throw full()
        },
        async sync() {
          if (disk.failing === (flags === 'r' ? 'folder' : 'sync')) throw full()
          await file.sync()
        },
        close: async () => file.close(),
      }
    },
    async rename(from, to) {
      if (disk.failing === 'rename') throw full()
      await realDisk.rename(from, to)
    },
    unlink: async (path) => realDisk.unlink(path),
  }
  return disk
}

/** For `storeContract`. */
export async function fileStoreUnderTest(
  codec: RecordCodec,
  clock: () => number,
): Promise<StoreUnderTest> {
  const folder = newFolder()
  const disk = failingDisk()
  let store: Store = await openFileStore({ folder, codec, clock, disk })
  const opened = [store]
  return {
    store,
    failWrites() {
      disk.failing = 'write'
      return () => {
        disk.failing = null
      }
    },
    async tamper(kind, id, change) {
      await store.close()
      rewrite(join(folder, kind, `${id}.json`), change)
    },
    async reopen() {
      await store.close()
      store = await openFileStore({ folder, codec, clock, disk })
      opened.push(store)
      return store
    },
    async end() {
      for (const each of opened) await each.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Changes a file and sums it again: SHA-256 of everything before the last member. */
export function rewrite(path: string, change: (content: Lying & Record<string, unknown>) => void) {
  const { sum: _sum, ...content } = JSON.parse(readFileSync(path, 'utf8'))
  change(content)
  const body = JSON.stringify(content).slice(0, -1)
  const sum = createHash('sha256').update(body).digest('hex')
  writeFileSync(path, `${body},"sum":"${sum}"}\n`)
}
