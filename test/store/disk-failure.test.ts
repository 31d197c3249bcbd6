import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { Store } from '../../src/store/contract.ts'
import { StoreInDoubt } from '../../src/store/contract.ts'
import { openFileStore } from '../../src/store/files.ts'
import { note, sample, sampleCodec } from './fixture.ts'
import type { FailingDisk } from './folder.ts'
import { failingDisk, newFolder } from './folder.ts'

let folder: string
let disk: FailingDisk
let opened: Store[]
beforeEach(() => {
  folder = newFolder()
  disk = failingDisk()
  opened = []
})
afterEach(async () => {
  for (const store of opened) await store.close()
  rmSync(folder, { recursive: true })
})

const start = async (at = folder): Promise<Store> => {
  const store = await openFileStore({ folder: at, codec: sampleCodec, disk })
  opened.push(store)
  return store
}
const create = async (store: Store, id: string) =>
  store.commit('rotation', id, 0, sample(id), note('rotation.started'))
const contents = () =>
  readdirSync(join(folder, 'rotation')).map((name) => [
    name,
    readFileSync(join(folder, 'rotation', name), 'utf8'),
  ])

describe('a failing disk', () => {
  test.each(['open', 'write', 'sync', 'rename'] as const)(
    'at %s: as if never asked',
    async (at) => {
      const store = await start()
      await create(store, 'rot_1')
      const before = contents()
      disk.failing = at
      const writing = store.commit('rotation', 'rot_1', 1, sample('lost', 'revoke'), note('lost'))
      await expect(writing).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(contents()).toEqual(before)
      expect(await store.load('rotation', 'rot_1')).toMatchObject({
        head: { revision: 1, labels: { step: 'verify' } },
        record: sample('rot_1'),
      })
      disk.failing = null
      const next = await store.commit('rotation', 'rot_1', 1, sample('two'), note('e'))
      expect(next.revision).toBe(2)
      expect(await store.journal('rotation', 'rot_1')).toHaveLength(2)
    },
  )

  test('after the rename: nobody knows, so nothing is answered until the next start', async () => {
    const store = await start()
    await create(store, 'rot_1')
    disk.failing = 'folder'
    const writing = store.commit('rotation', 'rot_1', 1, sample('two'), note('token.created'))
    const behind = create(store, 'rot_2')
    for (const result of await Promise.allSettled([writing, behind])) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreInDoubt' } })
    }
    disk.failing = null
    await expect(store.load('rotation', 'rot_1')).rejects.toThrow(StoreInDoubt)
    await expect(store.ready()).rejects.toThrow(StoreInDoubt)
    await store.close()
    expect((await (await start()).load('rotation', 'rot_1'))?.head.revision).toBe(2)
  })

  test('really full: where a small file system can be mounted on one, else as above', async () => {
    const small = join(folder, 'small')
    const mounted = mountSmall(small)
    try {
      const store = await start(small)
      await create(store, 'rot_1')
      if (mounted) fill(join(small, 'filler'))
      else disk.failing = 'write'
      const big = sample('x'.repeat(20_000), 'revoke')
      const writing = store.commit('rotation', 'rot_1', 1, big, note('lost'))
      await expect(writing).rejects.toMatchObject({ code: 'ENOSPC' })
      await expect(store.testify('rotation', 'rot_1', note('lost'))).rejects.toThrow(Error)
      await expect(store.ready()).rejects.toMatchObject({ code: 'ENOSPC' })
      expect((await store.load('rotation', 'rot_1'))?.record).toEqual(sample('rot_1'))
      expect(readdirSync(join(small, 'rotation'))).toEqual(['rot_1.json'])
      if (mounted) rmSync(join(small, 'filler'))
      disk.failing = null
      await store.ready()
      expect(await store.commit('rotation', 'rot_1', 1, big, note('e'))).toMatchObject({
        revision: 2,
      })
      await store.close()
      expect((await (await start(small)).load('rotation', 'rot_1'))?.record).toEqual(big)
    } finally {
      for (const store of opened) await store.close()
      if (mounted) run('umount', small)
    }
  })
})

const run = (command: string, ...words: string[]) =>
  execFileSync(command, words, { stdio: 'ignore' })

function mountSmall(path: string): boolean {
  mkdirSync(path)
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', path)
    return true
  } catch {
    return false
  }
}

function fill(path: string): void {
  const block = Buffer.alloc(4096)
  for (;;) {
    try {
      appendFileSync(path, block)
    } catch {
      return
    }
  }
}
