/** `npm start`: reads the settings, starts Interlock, prints the sign-in link once, drains on SIGTERM. */
import process from 'node:process'
import { compose } from './compose.ts'
import type { Interlock } from './compose.ts'
import { ConfigError, readConfig } from './config.ts'
import { createLog, traceOf } from './log.ts'
import { FolderLocked } from './store/folder-lock.ts'
import { UnreadableRecord } from './store/contract.ts'
import { FolderUnusable } from './store/shelf.ts'

const line = (text: string): void => void process.stderr.write(`${text}\n`)

/** `interlock serve --json`: the same for a program. The log on standard output is JSON lines anyway. */
const json = process.argv.includes('--json')

async function main(): Promise<void> {
  const config = readConfig(process.env, { practice: process.argv.includes('--practice') })
  const log = createLog(config.logLevel)
  // Listened for before anything is started: a signal during the start must drain as well.
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  const interlock = await compose(config, { log })
  log.info({ url: interlock.url, practice: interlock.practice !== null }, 'listening')
  tellStart(interlock)
  await asked
  await interlock.close()
  process.exit(0)
}

/** On standard error also as JSON: a sign-in link does not belong into a log. */
function tellStart({ url, practice, signInUrl }: Interlock): void {
  const docs = `${url}/docs`
  const rehearsal = practice === null ? null : `${url}/practice/`
  if (json) return line(JSON.stringify({ url, docs, practice: rehearsal, signInUrl }))
  line(`Interlock listens on ${url} (API: ${docs})`)
  if (rehearsal !== null) line(`Practice provider: ${rehearsal}`)
  if (signInUrl !== null) line(`Sign in once, within 15 minutes: ${signInUrl}`)
}

/** As every other command says it. */
function refuse(message: string, exit: number): number {
  const error = { code: 'not-started', message, next: '', exit }
  if (json) process.stdout.write(`${JSON.stringify({ error })}\n`)
  else line(message)
  return exit
}

/** What the operator can mend is one line; anything else shows where it happened, without its message. */
function explain(error: unknown): number {
  if (error instanceof ConfigError) return refuse(error.message, 2)
  if (error instanceof FolderUnusable) {
    return refuse(`STORE_URL names a folder that ${error.message}`, 2)
  }
  if (error instanceof FolderLocked || error instanceof UnreadableRecord) {
    return refuse(error.message, 1)
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    return refuse('PORT is taken: stop what listens there, or set PORT to another one.', 2)
  }
  return refuse(`Interlock could not start: ${JSON.stringify(traceOf(error))}`, 1)
}

main().catch((error: unknown) => {
  process.exit(explain(error))
})
