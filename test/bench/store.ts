/**
 * What our own code costs on top of the disk. The bare pattern (temporary file, write, fsync, rename,
 * fsync of the folder) is replayed with exactly the bytes that the store wrote, as many side by side, in
 * turns with the store in the same run. Both keep the folder's handle open.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import type { NewEntry, RecordCodec } from '../../src/store/contract.ts'
import type { Disk } from '../../src/store/durable-adapter.ts'
import { openFileStore } from '../../src/store/files.ts'

interface Row {
  name: string
  ratio: number
  goal: string
  met: boolean
  note: string
}

const WARM_UP_ROUNDS = 10
const ROUNDS = 41
const COMMITS_EACH = 25
const GOAL = 0.8

const codec: RecordCodec = { parse: (_kind, record) => record, labels: () => ({ tenant: 'acme' }) }
const record = {
  machine: { id: 'rotation', version: 1 },
  step: 'verify',
  facts: Array.from({ length: 32 }, (_, index) => ({
    level: `E${index % 8}`,
    at: '2026-01-01T00:00:00.000Z',
    why: 'seen in the log of the identity provider, after the cutover',
  })),
}
const entry: NewEntry = {
  at: '2026-01-01T00:00:00.000Z',
  actor: { kind: 'key', id: 'key_1', name: 'Bench' },
  event: 'idp.updated',
  outcome: 'applied',
}

export async function storeRows(): Promise<Row[]> {
  await warmUp()
  return [await commitRow(1), await commitRow(8)]
}

/** A server has been running for a while: its code is compiled. */
async function warmUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    await committed(join(folder, `${round}`), 8)
  }
  rmSync(folder, { recursive: true })
}

async function commitRow(sideBySide: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  try {
    const writes = await recorded(join(folder, 'recorded'), sideBySide)
    const times: Array<{ ours: number; bare: number }> = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const bareFirst = round % 2 === 0
      const early = bareFirst ? await bare(join(folder, `b${round}`), writes) : 0
      const ours = await committed(join(folder, `o${round}`), sideBySide)
      const late = bareFirst ? 0 : await bare(join(folder, `b${round}`), writes)
      times.push({ ours, bare: early + late })
    }
    const ratio = median(times.map((time) => time.bare / time.ours))
    const commits = sideBySide * COMMITS_EACH
    const perCommit = (pick: (time: { ours: number; bare: number }) => number): string =>
      `${(median(times.map(pick)) / commits).toFixed(2)} ms`
    return {
      name: `durable commits/s against the bare disk, ${sideBySide} side by side`,
      ratio,
      goal: `>= ${GOAL}`,
      met: ratio >= GOAL,
      note: `${perCommit((time) => time.ours)} a commit, bare ${perCommit((time) => time.bare)}`,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function commits(folder: string, sideBySide: number, disk?: Disk): Promise<number> {
  const store = await openFileStore({ folder, codec, ...(disk === undefined ? {} : { disk }) })
  const started = performance.now()
  await Promise.all(
    Array.from({ length: sideBySide }, async (_, worker) => {
      for (let revision = 0; revision < COMMITS_EACH; revision += 1) {
        await store.commit('rotation', `rot_${worker}`, revision, record, entry)
      }
    }),
  )
  const took = performance.now() - started
  await store.close()
  return took
}

const committed = async (folder: string, sideBySide: number): Promise<number> =>
  commits(folder, sideBySide)

/** What the store writes, per file and in order. */
async function recorded(folder: string, sideBySide: number): Promise<Map<string, Uint8Array[]>> {
  const writes = new Map<string, Uint8Array[]>()
  await commits(folder, sideBySide, {
    rename,
    unlink,
    open: async (path, flags, mode) => {
      const file = await open(path, flags, mode)
      return {
        writeFile: async (bytes) => {
          const name = basename(path, '.tmp')
          writes.set(name, [...(writes.get(name) ?? []), bytes])
          await file.writeFile(bytes)
        },
        sync: async () => file.sync(),
        close: async () => file.close(),
      }
    },
  })
  return writes
}

async function bare(
  folder: string,
  writes: ReadonlyMap<string, readonly Uint8Array[]>,
): Promise<number> {
  await mkdir(folder, { recursive: true })
  const handle = await open(folder, 'r')
  const started = performance.now()
  await Promise.all(
    Array.from(writes, async ([name, versions]) => {
      const path = join(folder, name)
      for (const bytes of versions) {
        const file = await open(`${path}.tmp`, 'w', 0o600)
        await file.writeFile(bytes)
        await file.sync()
        await file.close()
        await rename(`${path}.tmp`, path)
        await handle.sync()
      }
    }),
  )
  const took = performance.now() - started
  await handle.close()
  return took
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}
