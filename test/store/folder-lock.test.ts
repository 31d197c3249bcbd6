import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { FolderLocked, lockFolder } from '../../src/store/folder-lock.ts'
import { openFileStore } from '../../src/store/files.ts'
import type { Holder } from '../../src/store/process-identity.ts'
import { mayBeAlive, thisProcess } from '../../src/store/process-identity.ts'
import { NOON, note, sample, sampleCodec } from './fixture.ts'
import { newFolder } from './folder.ts'
import type { Child } from './spawn.ts'
import { bundleChild, startChild } from './spawn.ts'

const script = bundleChild()
afterAll(() => rmSync(dirname(script), { recursive: true }))

let folder: string
let children: Child[]
beforeEach(() => {
  folder = newFolder()
  children = []
})
afterEach(async () => {
  for (const child of children) await child.kill()
  rmSync(folder, { recursive: true })
})

const lockFile = () => join(folder, 'lock')
const holder = (): Holder => JSON.parse(readFileSync(lockFile(), 'utf8'))
const child = (...words: string[]): Child => {
  const started = startChild(script, ...words)
  children.push(started)
  return started
}
const killedHolder = async (): Promise<Holder> => {
  const killed = child('load', folder, 'x')
  await killed.says(/^open$/m)
  await killed.kill()
  return holder()
}
const plant = (changes: Partial<Holder>, at = lockFile()): Holder => {
  const planted = { ...thisProcess(NOON), ...changes }
  writeFileSync(at, JSON.stringify(planted))
  return planted
}
const lockFiles = () => readdirSync(folder).filter((name) => name.startsWith('lock'))

describe('one process per folder', () => {
  test('a second process is told who has it and what to do', async () => {
    const first = child('load', folder, 'x')
    await first.says(/^open$/m)
    const { pid, host, startedAt } = holder()
    expect(pid).toBe(first.process.pid)
    const second = openFileStore({ folder, codec: sampleCodec })
    const error: unknown = await second.catch((error: unknown) => error)
    expect(error).toBeInstanceOf(FolderLocked)
    expect((error as FolderLocked).holder?.pid).toBe(pid)
    for (const part of [`process ${pid}`, host, startedAt, 'Stop it first', lockFile()]) {
      expect((error as FolderLocked).message).toContain(part)
    }
    expect(lockFiles()).toEqual(['lock'])
  })

  test('a second store in the same process is refused, and free after close', async () => {
    const first = await openFileStore({ folder, codec: sampleCodec })
    await expect(openFileStore({ folder, codec: sampleCodec })).rejects.toThrow(FolderLocked)
    await first.commit('rotation', 'rot_1', 0, sample('x'), note('e'))
    await first.close()
    expect(lockFiles()).toEqual([])
    const second = await openFileStore({ folder, codec: sampleCodec })
    expect(await second.load('rotation', 'rot_1')).not.toBeNull()
    await second.close()
  })

  test('the lock of a killed process is taken over', async () => {
    const dead = await killedHolder()
    const store = await openFileStore({ folder, codec: sampleCodec })
    expect(holder()).toMatchObject({ pid: process.pid })
    expect(holder().nonce).not.toBe(dead.nonce)
    expect(lockFiles()).toEqual(['lock'])
    await store.close()
  })

  test('a lock that somebody else took is not released by us', () => {
    const lock = lockFolder(folder, NOON)
    const other = plant({})
    expect(lock.held()).toBe(false)
    lock.release()
    expect(holder()).toEqual(other)
  })

  test('an unreadable lock is for a person to judge', () => {
    writeFileSync(lockFile(), '{"pid":')
    expect(() => lockFolder(folder, NOON)).toThrow(/cannot be read.*delete/)
    expect(readFileSync(lockFile(), 'utf8')).toBe('{"pid":')
  })
})

describe('who may still be alive', () => {
  test.each<readonly [string, Partial<Holder>, boolean]>([
    ['this process', {}, true],
    ['a process on another machine', { host: 'elsewhere', pid: 1, startTicks: '1' }, true],
    ['a process id given to another process', { startTicks: '1' }, false],
    ['a process of an earlier boot', { bootId: 'before' }, false],
    ['a process that does not exist', { pid: 2 ** 22 + 1 }, false],
    ['one whose start is not known (not on Linux)', { startTicks: null, bootId: null }, true],
  ])('%s', (_who, changes, alive) => {
    expect(mayBeAlive(plant(changes))).toBe(alive)
    if (alive) expect(() => lockFolder(folder, NOON)).toThrow(FolderLocked)
    else {
      lockFolder(folder, NOON).release()
      expect(lockFiles()).toEqual([])
    }
  })

  test('a killed process whose parent has not noticed is dead', async () => {
    // The shell becomes a `sleep`, which never asks after the one it started before.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'])
    const [pid] = await once(parent.stdout, 'data')
    const changes = { pid: Number(pid), startTicks: null }
    expect(mayBeAlive({ ...thisProcess(NOON), ...changes })).toBe(true)
    // As long as it is still the shell it may notice.
    const name = (): string => readFileSync(`/proc/${parent.pid ?? 0}/comm`, 'utf8')
    await vi.waitFor(() => expect(name()).toBe('sleep\n'))
    process.kill(Number(pid), 'SIGKILL')
    await vi.waitFor(() => expect(mayBeAlive({ ...thisProcess(NOON), ...changes })).toBe(false))
    expect(existsSync(`/proc/${Number(pid)}`)).toBe(true)
    parent.kill('SIGKILL')
  })
})

describe('several at a stale lock', () => {
  test('of four processes exactly one wins, forty times', { timeout: 60_000 }, async () => {
    const rivals = Array.from({ length: 4 }, () => child('lock', folder))
    await Promise.all(rivals.map(async (rival) => rival.says(/^waiting$/m)))
    for (let round = 0; round < 40; round += 1) {
      plant({ startTicks: '1' })
      for (const rival of rivals) rival.process.stdin.write(`${round} ${Date.now() + 5}\n`)
      const verdicts = await Promise.all(
        rivals.map(async (rival) =>
          rival.says(new RegExp(`^${round} (won|locked|failed.*)$`, 'm')),
        ),
      )
      expect(verdicts.toSorted()).toEqual(
        ['locked', 'locked', 'locked', 'won'].map((verdict) => `${round} ${verdict}`),
      )
      expect(holder().pid).toBe(rivals[verdicts.indexOf(`${round} won`)]?.process.pid)
      expect(lockFiles()).toEqual(['lock'])
    }
  })

  test('a claim of a living process is respected', () => {
    const dead = plant({ startTicks: '1' })
    plant({}, `${lockFile()}.after-${dead.nonce}`)
    expect(() => lockFolder(folder, NOON)).toThrow(FolderLocked)
    expect(holder()).toEqual(dead)
  })

  test('one that died while it took over is succeeded, and its remains swept', () => {
    const dead = plant({ startTicks: '1' })
    const claimant = plant({ startTicks: '2' }, `${lockFile()}.after-${dead.nonce}`)
    plant({ startTicks: '3' }, `${lockFile()}.after-${claimant.nonce}`)
    const unused = plant({ startTicks: '4' }, join(folder, 'unused'))
    rmSync(join(folder, 'unused'))
    plant({ startTicks: '4' }, `${lockFile()}.${unused.nonce}`)
    const lock = lockFolder(folder, NOON)
    expect(lock.held()).toBe(true)
    expect(lockFiles()).toEqual(['lock'])
    lock.release()
    expect(existsSync(lockFile())).toBe(false)
  })
})
