/**
 * `npm run demo`: one whole rotation against the practice provider, over HTTP, on a temporary store.
 * It tries to revoke too early at each step. Exit code 0 only if everything it says happened.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { createApiCaller } from './api-call.ts'
import type { Answer, ApiCaller } from './api-call.ts'
import { createIdp } from './idp.ts'
import type { IdpHand } from './idp-contract.ts'
import { createPractice } from './practice.ts'
import type { Practice } from './practice.ts'

const KEY = 'ilk_demo_key_that_lives_for_one_minute_only_00'
const PILOT = 'pilot@acme.example'

class DemoFailed extends Error {}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

function must(holds: boolean, what: string): void {
  if (!holds) throw new DemoFailed(what)
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-demo-'))
  const practice = createPractice({ tenants: ['acme'], throttleSeconds: 1 })
  const config = readConfig({
    PORT: '0',
    STORE_URL: `file:${folder}`,
    INTERLOCK_BOOTSTRAP_KEY: KEY,
    INTERLOCK_PRACTICE: '1',
  })
  const interlock = await compose(config, { log: createLog('silent'), practice })
  try {
    const base = `${interlock.url}/practice`
    const api = createApiCaller(interlock.url, KEY)
    const idp = createIdp('okta', { baseUrl: `${base}/scim/v2` })
    await rotate({ api, idp, practice, base })
  } finally {
    await interlock.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Stage {
  api: ApiCaller
  idp: IdpHand
  practice: Practice
  base: string
}

async function rotate(stage: Stage): Promise<void> {
  const { api, idp, practice, base } = stage
  const old = practice.tokens.create({ name: 'okta-prod' })
  idp.enterToken(`Bearer ${old.value.reveal()}`)
  idp.save()
  await idp.provision({ userName: PILOT, change: { title: 'Engineer' } })
  say('Before: Okta provisions Acme with the old token.')

  const tenant = practice.state.tenants.get('acme')
  const connection = await expecting(
    201,
    api.post('/v1/connections', {
      tenantId: 'acme',
      name: 'Okta production',
      environment: 'practice',
      idp: 'okta',
      scimBaseUrl: `${base}/scim/v2`,
      pilotUser: PILOT,
      portal: {
        kind: 'axonflow',
        url: base,
        credential: tenant?.credential.reveal(),
        granularitySeconds: 1,
      },
      policy: { quietMinutes: 0 },
    }),
  )
  const started = await expecting(
    201,
    api.post('/v1/rotations', {
      connectionId: connection.body['id'],
      oldToken: { token: old.value.reveal() },
    }),
  )
  const path = `/v1/rotations/${String(started.body['id'])}`
  const tooEarly = (step: string) => refusedRevocation(stage, path, old.token.id, step)

  await tooEarly('1 create')
  const created = await expecting(200, api.post(`${path}/create`, { expiresInDays: 90 }))
  const value = String(created.body['token'])
  must(value.startsWith('scim_'), 'the new token was shown once')
  say('1 create      the new token is shown once')

  await tooEarly('2 update')
  idp.enterToken(`Bearer ${value}`)
  await idp.testConnection()
  say('              Okta’s own test is green, and proves nothing yet')
  idp.save()
  await expecting(200, api.post(`${path}/update-idp`, {}))
  say('2 update      the IdP holds the new token: the cutover')

  await tooEarly('3 test')
  const tested = await expecting(200, api.post(`${path}/test`, {}))
  must(tested.body['step'] === 'verify', 'the test passed')
  say('3 test        discovery and an authenticated list, with the new token')

  await tooEarly('4 verify')
  const canary = await expecting(200, api.post(`${path}/canary`, {}))
  await until(String(canary.body['earliest']))
  await idp.provision({ userName: PILOT, change: { title: String(canary.body['value']) } })
  const rotation = await untilReady(api, path)
  say(`4 verify      a real event by the new token: ${String(rotation['verified'])}`)

  const revoked = await expecting(200, api.post(`${path}/revoke`, { oldToken: old.token.id }))
  const proof = revoked.body['proof'] as Record<string, unknown>
  must(revoked.body['status'] === 'completed', 'the rotation is completed')
  must(proof['retiredAnswered'] === 401, 'Interlock saw the old token answer 401')
  must(proof['keptAnswered'] === 200, 'Interlock saw the new token answer 200')
  await proveByHand(stage, old.value.reveal(), value)
  say('5 revoke      the old token answers 401, the new one 200')

  const certificate = await expecting(200, api.get(`${path}/certificate`))
  must(certificate.body['complete'] === true, 'the certificate is complete')
  say('')
  say(await certificateText(stage, path))
}

async function expecting(status: number, answer: Promise<Answer>): Promise<Answer> {
  const got = await answer
  must(
    got.status === status,
    `${status} was expected, ${got.status} (${String(got.body['type'])}) came`,
  )
  return got
}

async function refusedRevocation(
  stage: Stage,
  path: string,
  id: string,
  step: string,
): Promise<void> {
  const refused = await stage.api.post(`${path}/revoke`, { oldToken: id })
  const unmet = (refused.body['unmet'] ?? []) as { code: string }[]
  must(refused.status === 409 && unmet.length > 0, `revoking at ${step} is refused`)
  must(
    stage.practice.tokens.list().some((t) => t.id === id && t.revokedAt === null),
    'the old token lives',
  )
  say(`  too early at ${step}: 409, missing ${unmet.map((r) => r.code).join(', ')}`)
}

async function untilReady(api: ApiCaller, path: string): Promise<Record<string, unknown>> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const looked = await expecting(200, api.post(`${path}/verify`, {}))
    const requirements = looked.body['requirements'] as { met: boolean; earliest?: string }[]
    const open = requirements.filter((r) => !r.met)
    if (open.length === 0) return looked.body
    await until(
      open
        .flatMap((r) => r.earliest ?? [])
        .toSorted()
        .at(-1) ?? '',
    )
  }
  throw new DemoFailed('the requirements were never met')
}

const until = (earliest: string): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(100, (Date.parse(earliest) || 0) - Date.now() + 20))
  })

async function proveByHand(stage: Stage, old: string, value: string): Promise<void> {
  const ask = async (token: string): Promise<number> =>
    (await fetch(`${stage.base}/scim/v2/Users`, { headers: { Authorization: `Bearer ${token}` } }))
      .status
  must((await ask(old)) === 401, 'the old token answers 401')
  must((await ask(value)) === 200, 'the new token answers 200')
}

async function certificateText(stage: Stage, path: string): Promise<string> {
  const url = stage.base.replace(/\/practice$/, '')
  const response = await fetch(`${url}${path}/certificate`, {
    headers: { Authorization: `Bearer ${KEY}`, Accept: 'text/markdown' },
  })
  return response.text()
}

main().catch((error: unknown) => {
  say(
    error instanceof DemoFailed
      ? `It did not happen: ${error.message}`
      : `The demo broke: ${String(error)}`,
  )
  process.exitCode = 1
})
