import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { Store } from '../../src/store/contract.ts'
import { UnreadableRecord } from '../../src/store/contract.ts'
import { openFileStore } from '../../src/store/files.ts'
import { storeContract } from './contract.ts'
import { namesIt, note, sample, sampleCodec } from './fixture.ts'
import { fileStoreUnderTest, newFolder, rewrite } from './folder.ts'

storeContract('files', fileStoreUnderTest)

describe('files', () => {
  let folder: string
  let opened: Store[]
  beforeEach(() => {
    folder = newFolder()
    opened = []
  })
  afterEach(async () => {
    for (const store of opened) await store.close()
    rmSync(folder, { recursive: true })
  })

  const start = async (at = folder): Promise<Store> => {
    const store = await openFileStore({ folder: at, codec: sampleCodec })
    opened.push(store)
    return store
  }
  const file = (id: string): string => join(folder, 'rotation', `${id}.json`)
  const create = async (store: Store, id: string) =>
    store.commit('rotation', id, 0, sample(id), note('rotation.started'))
  const filled = async (...ids: string[]): Promise<void> => {
    const store = await start()
    for (const id of ids) await create(store, id)
    await store.close()
  }
  const contents = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((item) => item.isFile())
        .map((item) => join(item.parentPath, item.name))
        .map((path) => [path, readFileSync(path, 'latin1')]),
    )

  test('everything is private to its owner, also in a folder that was not', async () => {
    const nested = join(folder, 'data', 'local')
    await create(await start(nested), 'rot_1')
    const mode = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8)
    expect(mode('data/local')).toBe('700')
    expect(mode('data/local/rotation')).toBe('700')
    expect(mode('data/local/rotation/rot_1.json')).toBe('600')
    expect(mode('data/local/lock')).toBe('600')
    chmodSync(folder, 0o755)
    await start()
    expect(mode('.')).toBe('700')
  })

  test('the file is what its documentation says', async () => {
    await filled('rot_1')
    const text = readFileSync(file('rot_1'), 'utf8')
    expect(Object.keys(JSON.parse(text))).toEqual([
      'format',
      'version',
      'kind',
      'id',
      'revision',
      'updatedAt',
      'record',
      'journal',
      'sum',
    ])
    rewrite(file('rot_1'), () => undefined)
    expect(readFileSync(file('rot_1'), 'utf8')).toBe(text)
  })

  describe('a start refuses what it cannot read, and touches nothing', () => {
    const damages: ReadonlyArray<readonly [string, (path: string) => void, RegExp]> = [
      ['empty', (path) => truncateSync(path, 0), /torn/],
      ['torn', (path) => truncateSync(path, statSync(path).size >> 1), /torn/],
      ['cut before its sum', (path) => truncateSync(path, statSync(path).size - 1), /sum/],
      ['followed by more', (path) => appendFileSync(path, ' '), /sum/],
      ['edited by hand', (path) => edit(path, '"verify"', '"revoke"'), /sum/],
      ['with one bit flipped', (path) => edit(path, 'Ann', 'Ano'), /sum/],
      [
        'of another program',
        (path) => writeFileSync(path, '{"token":"scim_live_x"}'),
        /not a file/,
      ],
      ['no object', (path) => writeFileSync(path, 'null'), /not a file/],
      ['of a newer format', (path) => edit(path, '"version":1', '"version":2'), /newer/],
      ['with a member too many', (path) => rewrite(path, (all) => (all['x'] = 1)), /shape/],
      ['without a revision', (path) => rewrite(path, (all) => (all['revision'] = 0)), /shape/],
      ['under another name', (path) => renameSync(path, file('rot_9')), /rot_9.*renamed/],
      ['of a newer record', (path) => rewrite(path, (all) => (all.record = { v: 2 })), /schema/],
    ]
    test.each(damages)('%s', async (_what, damage, why) => {
      await filled('rot_1', 'rot_2')
      damage(file('rot_1'))
      const leftover = `${file('rot_2')}.tmp`
      writeFileSync(leftover, 'left over')
      const before = contents()
      await expect(start()).rejects.toSatisfy(namesIt(folder))
      await expect(start()).rejects.toThrow(why)
      await expect(start()).rejects.not.toThrow('scim_live')
      expect(contents()).toEqual(before)
    })

    test('a stray file or folder among the records', async () => {
      await filled('rot_1')
      for (const name of ['notes.txt', 'rot_1.json~', 'rot 1.json', '.json', 'a.b.json.tmp']) {
        writeFileSync(join(folder, 'rotation', name), '{}')
        await expect(start()).rejects.toThrow(name)
        rmSync(join(folder, 'rotation', name))
      }
      mkdirSync(file('rot_2'))
      await expect(start()).rejects.toThrow('rot_2')
    })

    test('all of them in one refusal, and the folder is free again', async () => {
      await filled('rot_1', 'rot_2', 'rot_3')
      truncateSync(file('rot_1'), 9)
      truncateSync(file('rot_3'), 9)
      const error = await start().catch((error: unknown) => error)
      expect(error).toBeInstanceOf(UnreadableRecord)
      expect((error as UnreadableRecord).where).toBe(`${file('rot_1')}, ${file('rot_3')}`)
      rmSync(file('rot_1'))
      rmSync(file('rot_3'))
      expect((await (await start()).list('rotation', { limit: 9 })).items).toHaveLength(1)
    })
  })

  test('what lies beside the kinds is left alone: a secret, a lost+found', async () => {
    writeFileSync(join(folder, 'secret'), 'not ours to judge')
    mkdirSync(join(folder, 'lost+found'))
    await filled('rot_1')
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('not ours to judge')
  })

  test('the remains of a killed write are taken away, the record stays', async () => {
    await filled('rot_1')
    writeFileSync(`${file('rot_1')}.tmp`, '{"format":"interlock/aggr')
    const store = await start()
    expect(readdirSync(join(folder, 'rotation'))).toEqual(['rot_1.json'])
    expect((await store.load('rotation', 'rot_1'))?.record).toEqual(sample('rot_1'))
  })

  test('a record taken away, or restored from a backup, while we run is refused', async () => {
    await filled('rot_1', 'rot_2')
    const backup = readFileSync(file('rot_2'))
    const before = await start()
    await before.commit('rotation', 'rot_1', 1, sample('x'), note('e'))
    await before.commit('rotation', 'rot_2', 1, sample('x'), note('e'))
    await before.close()
    const store = await start()
    rmSync(file('rot_1'))
    writeFileSync(file('rot_2'), backup)
    for (const id of ['rot_1', 'rot_2']) {
      await expect(store.load('rotation', id)).rejects.toSatisfy(namesIt(id))
      const writing = store.commit('rotation', id, 2, sample('y'), note('e'))
      await expect(writing).rejects.toSatisfy(namesIt(id))
    }
  })

  test('ready leaves nothing behind, and tells when the lock was taken away', async () => {
    const store = await start()
    await Promise.all([store.ready(), store.ready()])
    expect(existsSync(join(folder, 'probe'))).toBe(false)
    rmSync(join(folder, 'lock'))
    await expect(store.ready()).rejects.toThrow('lock')
  })
})

function edit(path: string, from: string, to: string): void {
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
}
