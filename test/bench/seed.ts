/**
 * Folders with many finished rotations. One is walked for real; the others are that one under other
 * ids, with journals chained anew, written as the store writes them but without waiting for the disk.
 */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode, encode, follow } from '../../src/store/aggregate-file.ts'
import type { Aggregate } from '../../src/store/aggregate-file.ts'
import { append } from '../../src/store/journal.ts'
import type { NewEntry } from '../../src/store/contract.ts'
import { openStage } from '../workflow/stage.ts'
import { walk } from './walk.ts'

/** A finished rotation and its connection, as text in which the two ids can be replaced. */
export interface Sample {
  rotation: Specimen
  connection: Specimen
}

interface Specimen {
  id: string
  record: string
  journal: NewEntry[]
  revision: number
  updatedAt: string
}

export async function sampleRotation(): Promise<Sample> {
  const stage = await openStage()
  try {
    const { rotationId, connectionId } = await walk(stage)
    await stage.interlock.close()
    return {
      rotation: await specimen(stage.folder, 'rotation', rotationId),
      connection: await specimen(stage.folder, 'connection', connectionId),
    }
  } finally {
    await stage.close()
  }
}

async function specimen(
  folder: string,
  kind: 'rotation' | 'connection',
  id: string,
): Promise<Specimen> {
  const path = join(folder, kind, `${id}.json`)
  const { record, journal, revision, updatedAt } = decode(path, await readFile(path), kind, id)
  const entries = (journal as (NewEntry & Record<'seq' | 'previousHash' | 'hash', unknown>)[]).map(
    ({ seq: _seq, previousHash: _previous, hash: _hash, ...entry }) => entry,
  )
  return { id, record: JSON.stringify(record), journal: entries, revision, updatedAt }
}

/** A folder with `count` finished rotations, so many to a connection. → its path and the ids. */
export async function seeded(
  sample: Sample,
  count: number,
  toConnection = 50,
): Promise<{ folder: string; ids: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-bench-'))
  const ids: string[] = []
  for (const kind of ['rotation', 'connection']) await mkdir(join(folder, kind), { mode: 0o700 })
  for (let made = 0; made < count; made += 1) {
    const connectionId = `con_0${String(Math.floor(made / toConnection)).padStart(19, '0')}`
    const id = `rot_0${String(made).padStart(19, '0')}`
    const rename = (text: string): string =>
      text.replaceAll(sample.rotation.id, id).replaceAll(sample.connection.id, connectionId)
    await put(folder, 'rotation', id, sample.rotation, rename)
    if (made % toConnection === 0)
      await put(folder, 'connection', connectionId, sample.connection, rename)
    ids.push(id)
  }
  return { folder, ids }
}

async function put(
  folder: string,
  kind: 'rotation' | 'connection',
  id: string,
  { record, journal, revision, updatedAt }: Specimen,
  rename: (text: string) => string,
): Promise<void> {
  const head = { kind, id, revision, updatedAt }
  let aggregate: Aggregate | null = null
  for (const entry of journal) {
    const renamed = JSON.parse(rename(JSON.stringify(entry))) as NewEntry
    aggregate = follow(aggregate, head, rename(record), append(aggregate?.tail ?? null, renamed))
  }
  if (aggregate === null) throw new Error('a specimen without a journal')
  await writeFile(join(folder, kind, `${id}.json`), encode(aggregate), { mode: 0o600 })
}
