/**
 * Interlock as it is composed for real, on a folder of its own, in front of a practice provider, with
 * one clock for all of them. The clock moves by a millisecond each time somebody looks at it, and by
 * as much as a test says.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Writable } from 'node:stream'
import { compose } from '../../src/compose.ts'
import type { Interlock } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import type { Role } from '../../src/access/role.ts'
import type { Tenants } from '../../src/access/scope.ts'
import { createIdp } from '../../src/practice/idp.ts'
import type { IdpHand, IdpKind } from '../../src/practice/idp-contract.ts'
import type { PracticeOrder } from '../../src/practice/practice.ts'
import { createPerson } from './person.ts'
import type { Answer, Person } from './person.ts'
import { openProvider } from './provider.ts'
import type { Provider } from './provider.ts'

export const OWNER_KEY = 'ilk_owner_of_the_tests_0123456789abcdefgh'
const SECRET = 'what only the tests know, longer than 32 characters'

export interface Stage {
  now: { ms: number }
  provider: Provider
  interlock: Interlock
  folder: string
  owner: Person
  /** Every answer any person got, as `POST /v1/… 409` and its text. */
  heard: { call: string; text: string; headers: string }[]
  log: string[]
  advance(ms: number): void
  person(role: Role, tenants?: Tenants): Promise<Person>
  idp(kind: IdpKind): IdpHand
  /** Stops Interlock and starts it again on the same folder: what was in memory is gone. */
  restart(): Promise<void>
  /** The folder as it is on the disk at this very moment, for `reopen`. */
  snapshot(): Promise<string>
  /** Interlock as it starts from that snapshot: as if it had been killed then. */
  reopen(snapshot: string): Promise<void>
  close(): Promise<void>
}

export async function openStage(order: PracticeOrder = {}): Promise<Stage> {
  const now = { ms: Date.parse('2026-11-24T12:00:00.000Z') }
  const clock = (): number => (now.ms += 1)
  const provider = await openProvider(clock, { tenants: ['acme', 'globex'], ...order })
  const first = await mkdtemp(join(tmpdir(), 'interlock-workflow-'))
  const folders = [first]
  const log: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString())
      done()
    },
  })
  const start = (folder: string): Promise<Interlock> =>
    compose(
      readConfig({
        PORT: '0',
        STORE_URL: `file:${folder}`,
        INTERLOCK_SECRET: SECRET,
        INTERLOCK_BOOTSTRAP_KEY: OWNER_KEY,
        INTERLOCK_ALLOW_TARGETS: provider.host,
        INTERLOCK_PRACTICE: '0',
      }),
      { clock, log: createLog('trace', sink) },
    )
  const heard: Stage['heard'] = []
  const url = (): string => stage.interlock.url
  const hear = (method: string, path: string, answer: Answer): void => {
    const headers = JSON.stringify([...answer.headers])
    heard.push({ call: `${method} ${path} ${answer.status}`, text: answer.text, headers })
  }
  const stage: Stage = {
    now,
    provider,
    interlock: await start(first),
    folder: first,
    owner: createPerson(url, OWNER_KEY, hear),
    heard,
    log,
    advance(ms) {
      now.ms += ms
    },
    async person(role, tenants = 'all') {
      const made = await stage.owner.send('POST', '/v1/keys', {
        body: { name: `the ${role}`, role, tenants },
      })
      return createPerson(url, String(made.body['key']), hear)
    },
    idp: (kind) => createIdp(kind, { baseUrl: `${provider.url}/scim/v2`, clock }),
    async restart() {
      await stage.interlock.close()
      stage.interlock = await start(stage.folder)
    },
    async snapshot() {
      const copy = await mkdtemp(join(tmpdir(), 'interlock-workflow-'))
      folders.push(copy)
      const isLock = (path: string): boolean => basename(path).startsWith('lock')
      await cp(stage.folder, copy, { recursive: true, filter: (path) => !isLock(path) })
      return copy
    },
    async reopen(snapshot) {
      await stage.interlock.close()
      stage.folder = snapshot
      stage.interlock = await start(snapshot)
    },
    async close() {
      await stage.interlock.close()
      await provider.close()
      for (const folder of folders) await rm(folder, { recursive: true, force: true })
    },
  }
  return stage
}
