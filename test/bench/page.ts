/** What the home page costs with very many connections, against the same page with a few. */
import { rm } from 'node:fs/promises'
import { createBrowser } from '../web/browser.ts'
import type { Browser } from '../web/browser.ts'
import { median, rowOf } from './row.ts'
import type { Row } from './row.ts'
import { sampleRotation, seeded } from './seed.ts'
import { KEY, startInterlock } from './server-process.ts'
import type { Running } from './server-process.ts'

const MANY = 5_000
const FEW = 10
const ROUNDS = 60

export async function pageRows(): Promise<Row[]> {
  const sample = await sampleRotation()
  const many = await seeded(sample, MANY, 1)
  const few = await seeded(sample, FEW, 1)
  const full = await startInterlock(many.folder)
  const small = await startInterlock(few.folder)
  try {
    const [one, other] = [await settled(full), await settled(small)]
    const times: { full: number; small: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push({ full: await timed(one), small: await timed(other) })
    }
    const each = (pick: (time: { full: number; small: number }) => number): string =>
      `${median(times.map(pick)).toFixed(1)} ms`
    return [
      rowOf(
        `home page with ${MANY} connections ÷ with ${FEW}`,
        median(times.map((t) => t.full)) / median(times.map((t) => t.small)),
        '<= 5',
        `${each((t) => t.full)} and ${each((t) => t.small)}, over HTTP`,
      ),
    ]
  } finally {
    await full.stop()
    await small.stop()
    for (const { folder } of [many, few]) await rm(folder, { recursive: true })
  }
}

/** Signed in, warmed up, and with every connection's summary read. */
async function settled({ url }: Running): Promise<Browser> {
  const browser = createBrowser(() => url)
  await browser.signIn(KEY)
  for (let round = 0; round < 20; round += 1) await timed(browser)
  const until = performance.now() + 120_000
  while ((await browser.open('/')).text.includes('is still being read')) {
    if (performance.now() > until) throw new Error('the summaries were not read')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return browser
}

async function timed(browser: Browser): Promise<number> {
  const began = performance.now()
  const { status, text } = await browser.open('/')
  if (status !== 200 || !text.includes('All quiet')) throw new Error('the home page was not drawn')
  return performance.now() - began
}
