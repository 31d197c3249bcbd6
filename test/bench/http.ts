/** What the whole program costs: reads, steps, starts and memory, each against something measured beside it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// The package brings no types of its own.
// @ts-expect-error
import untyped from 'autocannon'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { median, rowOf } from './row.ts'
import type { Row } from './row.ts'
import { sampleRotation, seeded } from './seed.ts'
import { KEY, startBare, startInterlock } from './server-process.ts'
import { step, walkToTest } from './walk.ts'

interface Shot {
  requests: { average: number }
  non2xx: number
  errors: number
}
type Autocannon = (order: {
  url: string
  connections: number
  duration: number
  headers: Record<string, string>
}) => Promise<Shot>
const autocannon = untyped as Autocannon

const MANY = 10_000
const FEW = 100
const START_ROUNDS = 5
const READ_ROUNDS = 5
const STEP_ROUNDS = 120

export async function httpRows(): Promise<Row[]> {
  const sample = await sampleRotation()
  const many = await seeded(sample, MANY)
  const few = await seeded(sample, FEW)
  const none = await mkdtemp(join(tmpdir(), 'interlock-bench-'))
  try {
    return [
      ...(await startRows(many.folder, none)),
      await readRow(many.folder, many.ids[MANY / 2] ?? ''),
      await stepRow(many.folder, few.folder),
    ]
  } finally {
    for (const folder of [many.folder, few.folder, none]) await rm(folder, { recursive: true })
  }
}

/** In turns, so that whatever else the machine does falls on both alike. */
async function startRows(many: string, none: string): Promise<Row[]> {
  const times: { full: number; empty: number }[] = []
  const resident: number[] = []
  for (let round = 0; round < START_ROUNDS; round += 1) {
    const empty = await startInterlock(none)
    await empty.stop()
    const full = await startInterlock(many)
    await fetch(`${full.url}/v1/rotations?limit=200`, { headers: bearer })
    resident.push(full.residentMb() ?? Number.NaN)
    await full.stop()
    times.push({ full: full.startedMs, empty: empty.startedMs })
  }
  const each = (pick: (time: { full: number; empty: number }) => number): string =>
    `${(median(times.map(pick)) / 1000).toFixed(2)} s`
  return [
    rowOf(
      `start with ${MANY} rotations ÷ start with none`,
      median(times.map(({ full, empty }) => full / empty)),
      '<= 3',
      `${each((t) => t.full)} and ${each((t) => t.empty)}, the whole process`,
    ),
    rowOf(
      `resident memory with ${MANY} rotations, MB`,
      median(resident),
      '<= 200',
      'of the server process, after a page of 200 was read',
    ),
  ]
}

/** GET /v1/rotations/{id} of a finished rotation against a bare route that answers the same JSON. */
async function readRow(folder: string, id: string): Promise<Row> {
  const interlock = await startInterlock(folder)
  const path = `/v1/rotations/${id}`
  const shown = await fetch(`${interlock.url}${path}`, { headers: bearer })
  const file = join(folder, '..', `interlock-bench-${id}.json`)
  await writeFile(file, await shown.text())
  const bare = await startBare(file)
  try {
    const rates: { ours: number; bare: number }[] = []
    for (let round = 0; round <= READ_ROUNDS; round += 1) {
      const ours = await perSecond(`${interlock.url}${path}`)
      const theirs = await perSecond(`${bare.url}/thing`)
      // The first round warms both up.
      if (round > 0) rates.push({ ours, bare: theirs })
    }
    const rate = (pick: (r: { ours: number; bare: number }) => number): string =>
      `${Math.round(median(rates.map(pick)))}/s`
    return rowOf(
      'reads/s of a rotation ÷ a bare Hono JSON route',
      median(rates.map(({ ours, bare: theirs }) => ours / theirs)),
      '>= 0.6',
      `${rate((r) => r.ours)} and ${rate((r) => r.bare)}`,
    )
  } finally {
    await interlock.stop()
    await bare.stop()
    await rm(file)
  }
}

async function perSecond(url: string): Promise<number> {
  const result = await autocannon({ url, connections: 8, duration: 2, headers: bearer })
  if (result.non2xx > 0 || result.errors > 0) throw new Error('a read was not answered')
  return result.requests.average
}

/** The same step by turns on both: a commit, and what has to be found for it. */
async function stepRow(many: string, few: string): Promise<Row> {
  const full = await opened(many)
  const small = await opened(few)
  try {
    const times: { full: number; small: number }[] = []
    for (let round = 0; round < STEP_ROUNDS; round += 1) {
      const fullFirst = round % 2 === 0
      const early = fullFirst ? await timed(full) : 0
      const other = await timed(small)
      times.push({ full: fullFirst ? early : await timed(full), small: other })
    }
    const each = (pick: (time: { full: number; small: number }) => number): string =>
      `${median(times.map(pick)).toFixed(1)} ms`
    return rowOf(
      `a step over HTTP with ${MANY} rotations ÷ with ${FEW}`,
      median(times.map((t) => t.full)) / median(times.map((t) => t.small)),
      '<= 1.2',
      `${each((t) => t.full)} and ${each((t) => t.small)}`,
    )
  } finally {
    await full.stage.close()
    await small.stage.close()
  }
}

interface Opened {
  stage: Stage
  id: string
}

async function opened(folder: string): Promise<Opened> {
  const stage = await openStage()
  await stage.reopen(folder)
  const { rotationId } = await walkToTest(stage)
  for (let round = 0; round < 10; round += 1) await timed({ stage, id: rotationId })
  return { stage, id: rotationId }
}

/** Halt and resume: read, change, commit, view, twice, and nothing of another machine's time in it. */
async function timed({ stage, id }: Opened): Promise<number> {
  const began = performance.now()
  await step(stage, id, 'halt', { reason: 'bench' })
  await step(stage, id, 'resume', { reason: 'bench' })
  return performance.now() - began
}

const bearer = { Authorization: `Bearer ${KEY}` }
