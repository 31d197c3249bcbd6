/** Interlock in front of the practice provider, with a clock that stands still unless it is moved: what it writes is the same each time. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { createIdp } from '../../src/practice/idp.ts'
import type { IdpHand, IdpKind } from '../../src/practice/idp-contract.ts'
import { openProvider } from '../workflow/provider.ts'
import type { Provider } from '../workflow/provider.ts'
import { createPerson } from '../workflow/person.ts'
import type { Answer, Person } from '../workflow/person.ts'

const OWNER = 'ilk_owner_of_the_examples_0123456789abcdef'
const SECRET = 'the examples are made with this secret, each time'

export interface ExampleStage {
  provider: Provider
  kim: Person
  now: { ms: number }
  /** Minutes. */
  wait(minutes: number): void
  /** `2026-11-24T08:00:00.000Z`, of this moment. */
  at(): string
  idp(kind: IdpKind): IdpHand
  send(method: string, path: string, body?: unknown): Promise<Answer>
  close(): Promise<void>
}

export async function openExampleStage(): Promise<ExampleStage> {
  const now = { ms: Date.parse('2026-11-24T08:00:00.000Z') }
  const clock = (): number => now.ms
  const provider = await openProvider(clock, { tenants: ['acme', 'globex'] })
  const folder = await mkdtemp(join(tmpdir(), 'interlock-example-'))
  const config = readConfig({
    PORT: '0',
    STORE_URL: `file:${folder}`,
    INTERLOCK_SECRET: SECRET,
    INTERLOCK_BOOTSTRAP_KEY: OWNER,
    INTERLOCK_ALLOW_TARGETS: provider.host,
    INTERLOCK_PRACTICE: '0',
  })
  const interlock = await compose(config, { clock, log: createLog('silent') })
  const url = (): string => interlock.url
  const owner = createPerson(url, OWNER)
  const made = await owner.send('POST', '/v1/keys', {
    body: { name: 'Kim Weber', role: 'admin', tenants: ['acme'] },
  })
  const kim = createPerson(url, String(made.body['key']))
  return {
    provider,
    kim,
    now,
    wait(minutes) {
      now.ms += minutes * 60_000
    },
    at: () => new Date(now.ms).toISOString(),
    idp: (kind) => createIdp(kind, { baseUrl: `${provider.url}/scim/v2`, clock }),
    async send(method, path, body = {}) {
      const seen =
        method === 'POST' && path.split('/').length < 4 ? null : await kim.send('GET', own(path))
      const ifMatch = seen?.headers.get('ETag') ?? undefined
      const answer = await kim.send(method, path, {
        body,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      })
      if (answer.status >= 300)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
      return answer
    },
    async close() {
      await interlock.close()
      await provider.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The thing that a call on it changes. */
const own = (path: string): string => path.split('/').slice(0, 4).join('/')
