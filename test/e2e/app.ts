/** Interlock as `npm start` runs it, practice provider included, on a folder and a port of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { compose } from '../../src/compose.ts'
import type { Interlock } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { createPractice } from '../../src/practice/practice.ts'
import type { Practice } from '../../src/practice/practice.ts'

export interface App {
  url: string
  interlock: Interlock
  practice: Practice
  /** A key with this role, for all tenants. */
  key(role: 'owner' | 'admin' | 'approver' | 'support' | 'auditor', name?: string): Promise<string>
  log: string[]
  close(): Promise<void>
}

export async function openApp(settings: Record<string, string> = {}): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-e2e-'))
  const log: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString())
      done()
    },
  })
  const practice = createPractice()
  const config = readConfig(
    { PORT: '0', STORE_URL: `file:${folder}`, INTERLOCK_PRACTICE: '1', ...settings },
    { practice: true },
  )
  const interlock = await compose(config, { log: createLog('info', sink), practice })
  const by = { kind: 'system', id: 'test', name: 'Test' } as const
  return {
    url: interlock.url,
    interlock,
    practice,
    log,
    async key(role, name = `the ${role}`) {
      const order = { name, role, tenants: 'all', expiresAt: null } as const
      return (await interlock.keys.mint(order, by)).value.reveal()
    },
    async close() {
      await interlock.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
