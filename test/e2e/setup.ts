/**
 * The browser of the end-to-end tests: an installed one by CHROME_PATH, or the one that npm brought.
 * The latter is unpacked once, with the libraries it needs, into a folder of its own, so that neither
 * two workers nor somebody else's half-written copy can come between.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

export interface Chrome {
  path: string
  env: Record<string, string>
}

declare module 'vitest' {
  interface ProvidedContext {
    chrome: Chrome
  }
}

const PLACE = fileURLToPath(
  new URL('../../node_modules/.cache/interlock-chromium', import.meta.url),
)

export async function prepareChrome(): Promise<Chrome> {
  const installed = process.env['CHROME_PATH']
  if (installed !== undefined && installed !== '') return { path: installed, env: {} }
  if (!existsSync(`${PLACE}/whole`)) await unpack()
  const chrome = {
    path: `${PLACE}/chromium`,
    env: { LD_LIBRARY_PATH: `${PLACE}/al2023/lib`, FONTCONFIG_PATH: `${PLACE}/fonts` },
  }
  // Says at once, and in its own words, what a machine lacks.
  execFileSync(chrome.path, ['--version'], { env: { ...process.env, ...chrome.env } })
  return chrome
}

/** The package unpacks into the temporary folder, and its libraries only where it believes itself on Amazon Linux. */
async function unpack(): Promise<void> {
  const half = `${PLACE}.${process.pid}`
  mkdirSync(half, { recursive: true })
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' })
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    await chromium.executablePath()
    writeFileSync(`${half}/whole`, '')
  } finally {
    process.env = before
  }
  rmSync(PLACE, { recursive: true, force: true })
  renameSync(half, PLACE)
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('chrome', await prepareChrome())
}
