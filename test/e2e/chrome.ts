/** One browser per test file, and pages in it that reach nothing but this machine. */
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import type { Chrome } from './setup.ts'

const ARGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--no-first-run']

export const launch = ({ path, env }: Chrome): Promise<Browser> =>
  chromium.launch({ executablePath: path, args: ARGS, env: { ...process.env, ...env } })

export interface Window {
  page: Page
  context: BrowserContext
  /** What the page logged, threw, or asked of another machine: has to stay empty. */
  faults: string[]
}

/** Registers the browser's life with the test file; → opens a window of its own in it. */
export function withChrome(): (options?: BrowserContextOptions) => Promise<Window> {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(inject('chrome'))
  })
  afterAll(async () => browser.close())
  return async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const faults: string[] = []
    await context.route(
      (url) => url.hostname !== '127.0.0.1',
      (route) => {
        faults.push(`asked ${route.request().url()}`)
        return route.abort()
      },
    )
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(`threw ${error.message}`))
    page.on('console', (message) => {
      // A refused form is answered 4xx, and Chromium notes that as an error.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
        faults.push(`logged ${message.text()}`)
      }
    })
    return { page, context, faults }
  }
}
