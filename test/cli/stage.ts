/** A composed server on a folder of its own, in front of a practice provider on another socket; the real clock. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../src/compose.ts'
import type { Interlock } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { createIdp } from '../../src/practice/idp.ts'
import type { IdpHand } from '../../src/practice/idp-contract.ts'
import type { PracticeOrder } from '../../src/practice/practice.ts'
import { createPerson } from '../workflow/person.ts'
import type { Person } from '../workflow/person.ts'
import { openProvider } from '../workflow/provider.ts'
import type { Provider } from '../workflow/provider.ts'

export const OWNER_KEY = 'ilk_owner_of_the_terminal_tests_0123456789'
const SECRET = 'what only the terminal tests know, more than 32 characters'
export const PILOT = 'pilot@acme.example'

export interface Stage {
  provider: Provider
  /** Null once it was stopped. */
  interlock: Interlock | null
  url: string
  folder: string
  owner: Person
  idp: IdpHand
  /** For a command on the server, and for one on the local store. */
  serverEnv: Record<string, string>
  localEnv: Record<string, string>
  stop(): Promise<void>
  close(): Promise<void>
}

export async function openStage(order: PracticeOrder = {}): Promise<Stage> {
  const provider = await openProvider(Date.now, { tenants: ['acme', 'globex'], ...order })
  const folder = await mkdtemp(join(tmpdir(), 'interlock-cli-'))
  const localEnv = {
    STORE_URL: `file:${folder}`,
    INTERLOCK_SECRET: SECRET,
    INTERLOCK_ALLOW_TARGETS: provider.host,
  }
  const interlock = await compose(
    readConfig({ ...localEnv, PORT: '0', INTERLOCK_BOOTSTRAP_KEY: OWNER_KEY }),
    { log: createLog('silent') },
  )
  const stage: Stage = {
    provider,
    interlock,
    url: interlock.url,
    folder,
    owner: createPerson(() => interlock.url, OWNER_KEY),
    idp: createIdp('okta', { baseUrl: `${provider.url}/scim/v2` }),
    serverEnv: { INTERLOCK_KEY: OWNER_KEY, INTERLOCK_URL: interlock.url },
    localEnv,
    async stop() {
      const running = stage.interlock
      stage.interlock = null
      await running?.close()
    },
    async close() {
      await stage.stop()
      await provider.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return stage
}

export interface Connected {
  connectionId: string
  old: { id: string; value: string }
}

/** A connection, and the IdP as it has worked until now: with the old token. */
export async function connect(
  stage: Stage,
  over: { manual?: boolean; tenantId?: string; idpScreen?: string | null } = {},
): Promise<Connected> {
  const { provider, idp, owner } = stage
  const tenantId = over.tenantId ?? 'acme'
  const made = provider.practice.tokens.create({ name: 'okta-prod', tenantId })
  idp.enterToken(`Bearer ${made.value.reveal()}`)
  idp.save()
  await idp.provision({ userName: PILOT, change: { title: 'Engineer' } })
  const credential = provider.practice.state.tenants.get(tenantId)?.credential.reveal()
  const screen = over.idpScreen === undefined ? 'header-auth-template' : over.idpScreen
  const answer = await owner.send('POST', '/v1/connections', {
    body: {
      tenantId,
      name: 'Okta production',
      idp: 'okta',
      ...(screen === null ? {} : { idpScreen: screen }),
      scimBaseUrl: `${provider.url}/scim/v2`,
      pilotUser: PILOT,
      portal: {
        ...(over.manual === true
          ? { kind: 'manual' }
          : { kind: 'axonflow', url: provider.url, credential }),
        granularitySeconds: 1,
      },
      policy: { quietMinutes: 0 },
    },
  })
  if (answer.status !== 201) throw new Error(answer.text)
  const old = { id: made.token.id, value: made.value.reveal() }
  return { connectionId: String(answer.body['id']), old }
}
