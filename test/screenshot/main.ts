/** `npm run screenshots`: what README shows, taken from the program as it is. Writes `docs/screenshots`. */
import { fileURLToPath } from 'node:url'
import process from 'node:process'
import type { Page } from 'playwright-core'
import { launch } from '../e2e/chrome.ts'
import { prepareChrome } from '../e2e/setup.ts'
import { scenes } from './scene.ts'
import { terminalPage } from './terminal.ts'

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const browser = await launch(await prepareChrome())

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: true })
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
  await page.setContent(await terminalPage('hello \u001b[32mworld\u001b[0m'))
  await page.setViewportSize({ width: 940, height: 100 })
  await shoot(page, 'terminal-walk')
} finally {
  await browser.close()
}
