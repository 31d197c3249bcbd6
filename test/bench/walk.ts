/** One whole rotation over HTTP, for a realistic record; and one that is left at step 3, for the step row. */
import { createIdp } from '../../src/practice/idp.ts'
import type { Answer } from '../workflow/person.ts'
import type { Stage } from '../workflow/stage.ts'

const PILOT = 'pilot@acme.example'

export interface Walked {
  rotationId: string
  connectionId: string
}

export async function walkToTest(stage: Stage): Promise<Walked & { oldId: string; value: string }> {
  const { practice, url } = stage.provider
  const old = practice.tokens.create({ name: 'okta-prod' })
  const connection = await must(
    stage.owner.send('POST', '/v1/connections', {
      body: {
        tenantId: 'acme',
        name: 'Okta production',
        environment: 'production',
        idp: 'okta',
        scimBaseUrl: `${url}/scim/v2`,
        pilotUser: PILOT,
        portal: {
          kind: 'axonflow',
          url,
          credential: practice.state.tenants.get('acme')?.credential.reveal(),
          granularitySeconds: 1,
        },
        policy: { quietMinutes: 0 },
      },
    }),
  )
  const connectionId = String(connection.body['id'])
  const body = { connectionId, oldToken: { token: old.value.reveal() } }
  const started = await must(stage.owner.send('POST', '/v1/rotations', { body }))
  const rotationId = String(started.body['id'])
  const created = await step(stage, rotationId, 'create', {})
  await step(stage, rotationId, 'update-idp', {})
  return { rotationId, connectionId, oldId: old.token.id, value: String(created.body['token']) }
}

export async function walk(stage: Stage): Promise<Walked> {
  const { rotationId, connectionId, oldId, value } = await walkToTest(stage)
  const clock = stage.interlock.deps.clock
  const idp = createIdp('okta', { baseUrl: `${stage.provider.url}/scim/v2`, clock })
  idp.enterToken(`Bearer ${value}`)
  idp.save()
  await step(stage, rotationId, 'test', {})
  const canary = await step(stage, rotationId, 'canary', {})
  stage.advance(2_000)
  await idp.provision({ userName: PILOT, change: { title: String(canary.body['value']) } })
  await step(stage, rotationId, 'verify', {})
  stage.advance(2_000)
  await step(stage, rotationId, 'verify', {})
  const done = await step(stage, rotationId, 'revoke', { oldToken: oldId })
  if (done.body['status'] !== 'completed') throw new Error('the sample rotation did not complete')
  return { rotationId, connectionId }
}

export async function step(stage: Stage, id: string, name: string, body: unknown): Promise<Answer> {
  const path = `/v1/rotations/${id}`
  const ifMatch = (await stage.owner.send('GET', path)).headers.get('ETag') ?? ''
  return must(stage.owner.send('POST', `${path}/${name}`, { body, ifMatch }))
}

async function must(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer
  if (got.status > 299) throw new Error(`the bench got ${got.status}: ${got.text}`)
  return got
}
