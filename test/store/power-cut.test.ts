/**
 * SIGKILL leaves the kernel's memory alone, so it cannot tell a synced write from one that was not. Here
 * every call to the disk is followed by a thought power cut: what an honest disk must still hold then
 * is opened again. Two disks: one forgets every name not synced, one keeps each new name at once; both
 * forget bytes not synced.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import type { Store } from '../../src/store/contract.ts'
import { openFileStore } from '../../src/store/files.ts'
import { realDisk } from '../../src/store/durable-adapter.ts'
import type { Disk } from '../../src/store/durable-adapter.ts'
import { chainIsWhole, note, sample, sampleCodec } from './fixture.ts'
import { newFolder } from './folder.ts'

interface Content {
  bytes: Buffer
  synced: Buffer
}
type Names = Map<string, Content>
/** What is on the disk (name → bytes) after a cut, on either disk, and how much had been answered by then. */
interface Cut {
  forgetful: Map<string, Buffer>
  eager: Map<string, Buffer>
  answered: Map<string, number>
  removed: boolean
}

function watchedDisk(after: (names: Names, synced: Names) => void): Disk {
  const names: Names = new Map()
  const synced: Names = new Map()
  const happened = () => after(names, synced)
  return {
    async open(path, flags, mode) {
      const file = await realDisk.open(path, flags, mode)
      const content: Content = { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) }
      if (flags === 'w') names.set(path, content)
      happened()
      return {
        async writeFile(bytes) {
          await file.writeFile(bytes)
          content.bytes = Buffer.from(bytes)
          happened()
        },
        async sync() {
          // What comes while a sync runs, it need not cover.
          const bytes = content.bytes
          const inside = Array.from(names).filter(([name]) => dirname(name) === path)
          await file.sync()
          content.synced = bytes
          if (flags === 'r') {
            for (const name of synced.keys()) if (dirname(name) === path) synced.delete(name)
            for (const [name, held] of inside) synced.set(name, held)
          }
          happened()
        },
        close: async () => file.close(),
      }
    },
    async rename(from, to) {
      await realDisk.rename(from, to)
      names.set(to, names.get(from)!)
      names.delete(from)
      happened()
    },
    async unlink(path) {
      await realDisk.unlink(path)
      names.delete(path)
      happened()
    },
  }
}

const bytesOf = (names: Names): Map<string, Buffer> =>
  new Map(Array.from(names, ([path, content]) => [path, content.synced]))

async function work(store: Store, cut: Pick<Cut, 'answered' | 'removed'>): Promise<void> {
  const write = async (id: string) => {
    for (let revision = 0; revision < 4; revision += 1) {
      await store.commit('rotation', id, revision, sample(`${id} ${revision}`), note('applied'))
      cut.answered.set(id, revision + 1)
      await store.testify('rotation', id, note('refused', 'refused'))
    }
  }
  await Promise.all(['rot_1', 'rot_2', 'rot_3'].map(write))
  await store.commit('answer', 'answer_1', 0, sample('answer'), note('answered'))
  await store.remove('answer', 'answer_1')
  cut.removed = true
}

test('whatever was answered is there after a power cut at any moment, and is readable', async () => {
  const folder = newFolder()
  const cuts: Cut[] = []
  const now = { answered: new Map<string, number>(), removed: false }
  const disk = watchedDisk((names, synced) => {
    const answered = new Map(now.answered)
    cuts.push({ forgetful: bytesOf(synced), eager: bytesOf(names), answered, removed: now.removed })
  })
  const store = await openFileStore({ folder: join(folder, 'live'), codec: sampleCodec, disk })
  await work(store, now)
  await store.ready()
  await store.close()

  let kept = 0
  for (const [index, cut] of cuts.entries()) {
    for (const image of ['forgetful', 'eager'] as const) {
      const copy = join(folder, `${image}-${index}`)
      mkdirSync(copy)
      for (const [path, bytes] of cut[image]) {
        const kind = join(copy, basename(dirname(path)))
        mkdirSync(kind, { recursive: true })
        writeFileSync(join(kind, basename(path)), bytes)
      }
      const again = await openFileStore({ folder: copy, codec: sampleCodec })
      for (const [id, revision] of cut.answered) {
        const stored = await again.load('rotation', id)
        expect(stored?.head.revision, `${image} ${index} ${id}`).toBeGreaterThanOrEqual(revision)
        expect(stored?.record).toEqual(sample(`${id} ${(stored?.head.revision ?? 0) - 1}`))
        expect(chainIsWhole(await again.journal('rotation', id))).toBe(true)
        kept += 1
      }
      if (cut.removed) expect(await again.load('answer', 'answer_1')).toBeNull()
      await again.close()
    }
  }
  expect(kept).toBeGreaterThan(300)
  rmSync(folder, { recursive: true })
})
