/** `npm run screenshots`: what README shows, taken from the program as it is. Writes `docs/screenshots`. */
import { fileURLToPath } from 'node:url'
import process from 'node:process'
import type { Page } from 'playwright-core'
import { launch } from '../e2e/chrome.ts'
import { prepareChrome } from '../e2e/setup.ts'
import { scenes } from './scene.ts'
import { terminalPage } from './terminal.ts'
import { walkInTerminal } from './terminal-walk.ts'

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const browser = await launch(await prepareChrome())

/** README shows the part that is read first; the rest is for the program itself. */
const TALLEST = 1500

async function shoot(page: Page, name: string): Promise<void> {
  const { width = 1100 } = page.viewportSize() ?? {}
  const tall = await page.evaluate<number>('document.documentElement.scrollHeight')
  const clip = { x: 0, y: 0, width, height: Math.min(tall, TALLEST) }
  await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: true, clip })
  process.stdout.write(`docs/screenshots/${name}.png\n`)
}

try {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 700 },
    timezoneId: 'UTC',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  for await (const name of scenes(page)) await shoot(page, name)
  // A page of its own: the program's would forbid the style inside.
  const terminal = await context.newPage()
  await terminal.setContent(await terminalPage(await walkInTerminal()))
  await terminal.setViewportSize({ width: 900, height: 100 })
  await shoot(terminal, 'terminal-walk')
} finally {
  await browser.close()
}
