import { randomInt } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { afterAll, expect, test } from 'vitest'

import { openFileStore } from '../../src/store/files.ts'
import type { Sample } from './fixture.ts'
import { chainIsWhole, sampleCodec } from './fixture.ts'
import { newFolder } from './folder.ts'
import type { Child } from './spawn.ts'
import { bundleChild, startChild } from './spawn.ts'

const KILLS = 200
const FOLDERS = 10
const SIDE_BY_SIDE = 2

/** Per rotation: the last revision answered and every mark that was. */
type Answered = Map<string, { revision: number; marks: string[] }>

interface Tally {
  answered: number
  kills: number
  cutWrites: number
  unanswered: number
}

const script = bundleChild()
afterAll(() => rmSync(dirname(script), { recursive: true }))

/** Mulberry32: the moments can be drawn again from the seed, though not what the machine did then. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Mostly under load; sometimes while it starts, takes the lock over or reads the folder. */
async function killAtRandom(child: Child, draw: () => number): Promise<void> {
  if (draw() < 0.1) await delay(draw() * 200)
  else {
    await child.says(/^open$/m)
    await delay(draw() * 60)
  }
  await child.kill()
}

function remember(said: string, answered: Answered): number {
  // The last piece is empty, or a line that the kill cut off.
  const lines = said.split('\n').slice(0, -1)
  let count = 0
  for (const line of lines) {
    const [what, id = '', ...rest] = line.split(' ')
    if (what !== 'commit' && what !== 'testify') continue
    const known = answered.get(id) ?? { revision: 0, marks: [] }
    if (what === 'commit') known.revision = Number(rest[0])
    known.marks.push(rest.at(-1) ?? '')
    answered.set(id, known)
    count += 1
  }
  return count
}

/** Opens what the killed process left, and compares it with what it had answered. */
async function inspect(folder: string, answered: Answered, tally: Tally): Promise<void> {
  const store = await openFileStore({ folder, codec: sampleCodec })
  const { items } = await store.list('rotation', { limit: 100 })
  for (const { id } of items) {
    const { revision, marks } = answered.get(id) ?? { revision: 0, marks: [] }
    const stored = await store.load('rotation', id)
    const journal = await store.journal('rotation', id)
    const applied = journal.filter((entry) => entry.outcome === 'applied')
    const found = new Set(journal.map((entry) => entry.detail?.['mark']))
    const extra = (stored?.head.revision ?? 0) - revision

    expect(marks.filter((mark) => !found.has(mark))).toEqual([])
    expect(chainIsWhole(journal)).toBe(true)
    expect(applied).toHaveLength(stored?.head.revision ?? -1)
    expect((stored?.record as Sample | undefined)?.text).toContain(applied.at(-1)?.detail?.['mark'])
    // Written and not yet answered when it was killed: at most one, for it is one at a time.
    expect([0, 1]).toContain(extra)
    answered.set(id, { revision: revision + extra, marks })
    tally.unanswered += extra
  }
  expect(items.map((head) => head.id)).toEqual(expect.arrayContaining(Array.from(answered.keys())))
  await store.close()
}

async function torment(folder: string, rounds: number, draw: () => number, tally: Tally) {
  const answered: Answered = new Map()
  for (let round = 0; round < rounds; round += 1) {
    const child = startChild(script, 'load', folder, `${round}`)
    await killAtRandom(child, draw)
    tally.kills += 1
    tally.answered += remember(child.said(), answered)
    tally.cutWrites += cutWrites(folder)
    await inspect(folder, answered, tally)
  }
}

const cutWrites = (folder: string): number => {
  try {
    return readdirSync(join(folder, 'rotation')).filter((name) => name.endsWith('.tmp')).length
  } catch {
    return 0
  }
}

test(
  `${KILLS} processes killed while they write: nothing answered is lost, nothing is unreadable`,
  { timeout: 240_000 },
  async () => {
    const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31))
    process.stdout.write(`crash test: CRASH_SEED=${seed}\n`)
    const tally: Tally = { answered: 0, kills: 0, cutWrites: 0, unanswered: 0 }
    const folders = Array.from({ length: FOLDERS }, () => newFolder())
    await Promise.all(
      Array.from({ length: SIDE_BY_SIDE }, async (_, side) => {
        for (let index = side; index < FOLDERS; index += SIDE_BY_SIDE) {
          const draw = random(seed + index)
          await torment(folders[index] ?? '', KILLS / FOLDERS, draw, tally)
        }
      }),
    )
    process.stdout.write(`crash test: ${JSON.stringify(tally)}\n`)
    expect(tally.kills).toBe(KILLS)
    // Else nothing was tested: the kills must have come in the middle of writes, and of many.
    expect(tally.answered).toBeGreaterThan(KILLS)
    expect(tally.cutWrites).toBeGreaterThan(KILLS / 4)
    for (const folder of folders) rmSync(folder, { recursive: true })
  },
)
