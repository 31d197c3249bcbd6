/** `npm start`: reads the settings, starts Interlock, prints the sign-in link once, drains on SIGTERM. */
import process from 'node:process'
import { compose } from './compose.ts'
import { ConfigError, readConfig } from './config.ts'
import { createLog, traceOf } from './log.ts'
import { FolderLocked } from './store/folder-lock.ts'
import { UnreadableRecord } from './store/contract.ts'
import { FolderUnusable } from './store/shelf.ts'

const line = (text: string): void => void process.stderr.write(`${text}\n`)

async function main(): Promise<void> {
  const config = readConfig(process.env, { practice: process.argv.includes('--practice') })
  const log = createLog(config.logLevel)
  // Listened for before anything is started: a signal during the start must drain as well.
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  const interlock = await compose(config, { log })
  log.info({ url: interlock.url, practice: interlock.practice !== null }, 'listening')
  line(`Interlock listens on ${interlock.url} (API: ${interlock.url}/docs)`)
  if (interlock.practice !== null) line(`Practice provider: ${interlock.url}/practice/`)
  if (interlock.signInUrl !== null) {
    line(`Sign in once, within 15 minutes: ${interlock.signInUrl}`)
  }
  await asked
  await interlock.close()
  process.exit(0)
}

/** What the operator can mend is one line; anything else shows where it happened, without its message. */
function explain(error: unknown): number {
  if (error instanceof ConfigError) {
    line(error.message)
    return 2
  }
  if (error instanceof FolderUnusable) {
    line(`STORE_URL names a folder that ${error.message}`)
    return 2
  }
  if (error instanceof FolderLocked || error instanceof UnreadableRecord) {
    line(error.message)
    return 1
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    line('PORT is taken: stop what listens there, or set PORT to another one.')
    return 2
  }
  line(`Interlock could not start: ${JSON.stringify(traceOf(error))}`)
  return 1
}

main().catch((error: unknown) => {
  process.exit(explain(error))
})
