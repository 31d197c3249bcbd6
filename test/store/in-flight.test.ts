/** What others see and get while a write is between its rename and the sync of the folder. */
import { rmSync } from 'node:fs'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Disk } from '../../src/store/durable-adapter.ts'
import { realDisk } from '../../src/store/durable-adapter.ts'
import { openFileStore } from '../../src/store/files.ts'
import { note, sample, sampleCodec } from './fixture.ts'
import { newFolder } from './folder.ts'

let folder: string
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

function signal(): { given: Promise<void>; give(): void } {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give: () => give() }
}

/** A disk that asks before each sync of a folder, and says when it renamed something. */
const gatedDisk = (beforeSync: () => Promise<void>, renamed: () => void): Disk => ({
  async open(path, flags, mode) {
    const file = await realDisk.open(path, flags, mode)
    return {
      writeFile: async (bytes) => file.writeFile(bytes),
      async sync() {
        if (flags === 'r') await beforeSync()
        await file.sync()
      },
      close: async () => file.close(),
    }
  },
  async rename(from, to) {
    await realDisk.rename(from, to)
    renamed()
  },
  unlink: async (path) => realDisk.unlink(path),
})

test('what is not yet durable is not shown: held, the last revision; not held, after the write', async () => {
  const gate = signal()
  const reached = signal()
  let gated = false
  const disk = gatedDisk(
    async () => {
      if (gated) reached.give()
      if (gated) await gate.given
    },
    () => undefined,
  )
  const store = await openFileStore({ folder, codec: sampleCodec, disk })
  // Too heavy to be held at all.
  const heavy = sample('x'.repeat(8_100_000))
  await store.commit('rotation', 'held', 0, sample('one'), note('e'))
  await store.commit('rotation', 'heavy', 0, heavy, note('e'))
  await store.commit('rotation', 'held', 1, sample('two'), note('e'))

  gated = true
  const writes = [
    store.commit('rotation', 'held', 2, sample('three'), note('e')),
    store.commit('rotation', 'heavy', 1, heavy, note('e')),
    store.commit('rotation', 'new', 0, sample('new'), note('e')),
  ]
  await reached.given
  const loading = store.load('rotation', 'heavy')
  expect(await store.load('rotation', 'held')).toMatchObject({
    head: { revision: 2 },
    record: sample('two'),
  })
  expect(await store.load('rotation', 'new')).toBeNull()
  const { items } = await store.list('rotation', { limit: 9 })
  expect(items.map((head) => [head.id, head.revision])).toEqual([
    ['heavy', 1],
    ['held', 2],
  ])
  gate.give()
  await Promise.all(writes)
  expect((await loading)?.head.revision).toBe(2)
  expect(await store.load('rotation', 'held')).toMatchObject({ head: { revision: 3 } })
  await store.close()
})

test('a sync that succeeds after one that failed answers nobody', async () => {
  let syncs = 0
  let renames = 0
  const bothRenamed = signal()
  const disk = gatedDisk(
    async () => {
      syncs += 1
      if (syncs > 1) return
      await bothRenamed.given
      throw new Error('the disk is gone')
    },
    () => {
      renames += 1
      if (renames === 2) bothRenamed.give()
    },
  )
  const store = await openFileStore({ folder, codec: sampleCodec, disk })
  const results = await Promise.allSettled(
    ['rot_1', 'rot_2'].map(async (id) =>
      store.commit('rotation', id, 0, sample(id), note('rotation.started')),
    ),
  )
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreInDoubt' } })
  }
  expect(syncs).toBe(2)
  await store.close()
})
