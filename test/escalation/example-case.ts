/** Five cases as they happen, each walked on the practice provider: what broke, what the administrator did, and the bundle that came of it. */
import type { IdpKind } from '../../src/practice/idp-contract.ts'
import { openExampleStage } from './example-stage.ts'
import type { ExampleStage } from './example-stage.ts'

const PILOT = 'pilot@acme.example'

/** → the case's id, complete and ready. */
type Walk = (stage: ExampleStage) => Promise<string>

async function connected(
  stage: ExampleStage,
  idp: IdpKind,
): Promise<{ connectionId: string; token: { id: string; value: string } }> {
  const { practice, url } = stage.provider
  const made = practice.tokens.create({ name: `${idp}-prod`, tenantId: 'acme', expiresInDays: 30 })
  const connection = await stage.send('POST', '/v1/connections', {
    tenantId: 'acme',
    name: 'Production',
    idp,
    scimBaseUrl: `${url}/scim/v2`,
    pilotUser: PILOT,
    portal: {
      kind: 'axonflow',
      url,
      credential: practice.state.tenants.get('acme')?.credential.reveal(),
      granularitySeconds: 60,
    },
    policy: { quietMinutes: 40 },
  })
  const token = { id: made.token.id, value: made.value.reveal() }
  return { connectionId: String(connection.body['id']), token }
}

const typed = (idp: IdpKind, value: string): string => (idp === 'okta' ? `Bearer ${value}` : value)

async function provision(stage: ExampleStage, idp: IdpKind, value: string, title: string) {
  const hand = stage.idp(idp)
  hand.enterToken(typed(idp, value))
  hand.save()
  return hand.provision({ userName: PILOT, change: { title } })
}

async function report(
  stage: ExampleStage,
  about: { connectionId?: string; rotationId?: string },
  answers: object,
): Promise<string> {
  const opened = await stage.send('POST', '/v1/escalations', about)
  const id = String(opened.body['id'])
  await stage.send('PATCH', `/v1/escalations/${id}`, answers)
  return id
}

const revokedTooEarly: Walk = async (stage) => {
  const { connectionId, token } = await connected(stage, 'okta')
  await provision(stage, 'okta', token.value, 'Engineer')
  stage.wait(30)
  const rotation = await stage.send('POST', '/v1/rotations', {
    connectionId,
    oldToken: { id: token.id },
  })
  const rotationId = String(rotation.body['id'])
  await stage.send('POST', `/v1/rotations/${rotationId}/create`)
  stage.wait(45)
  stage.provider.practice.tokens.revoke(token.id, 'acme')
  stage.wait(20)
  const failed = await provision(stage, 'okta', token.value, 'Manager')
  const occurredAt = stage.at()
  stage.wait(15)
  return report(
    stage,
    { rotationId },
    {
      operation: 'update',
      occurredAt,
      httpStatus: failed.httpStatus,
      note: 'The old token was removed from the portal while tidying up.\nNobody had entered the new one in Okta yet.',
    },
  )
}

const wrongTenant: Walk = async (stage) => {
  const { connectionId } = await connected(stage, 'entra')
  const { tokens } = stage.provider.practice
  const foreign = tokens.create({ name: 'entra', tenantId: 'globex' })
  stage.wait(10)
  const made = await provision(stage, 'entra', foreign.value.reveal(), 'Engineer')
  const occurredAt = stage.at()
  stage.wait(25)
  await stage.send('POST', `/v1/connections/${connectionId}/checks`, {
    token: foreign.value.reveal(),
  })
  stage.wait(5)
  return report(
    stage,
    { connectionId },
    {
      operation: 'create',
      occurredAt,
      httpStatus: made.httpStatus,
      note: 'Entra reports success, and the users do not appear in our directory.',
    },
  )
}

const groupsFail: Walk = async (stage) => {
  const { connectionId, token } = await connected(stage, 'onelogin')
  await provision(stage, 'onelogin', token.value, 'Engineer')
  stage.provider.practice.faults.groupsOff = 403
  stage.wait(20)
  await stage.send('POST', `/v1/connections/${connectionId}/checks`, { token: token.value })
  stage.wait(5)
  return report(
    stage,
    { connectionId },
    { note: 'Users arrive. None of the mapped groups does, since the first day.' },
  )
}

const expired: Walk = async (stage) => {
  const { connectionId, token } = await connected(stage, 'okta')
  await provision(stage, 'okta', token.value, 'Engineer')
  stage.wait(30 * 24 * 60 + 7 * 60)
  const failed = await provision(stage, 'okta', token.value, 'Manager')
  const occurredAt = stage.at()
  stage.wait(35)
  await stage.send('POST', `/v1/connections/${connectionId}/checks`, { token: token.value })
  stage.wait(2)
  return report(
    stage,
    { connectionId },
    { operation: 'update', occurredAt, httpStatus: failed.httpStatus },
  )
}

const duplicates: Walk = async (stage) => {
  const { connectionId, token } = await connected(stage, 'entra')
  const create = () =>
    fetch(`${stage.provider.url}/scim/v2/Users`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token.value}`,
        'Content-Type': 'application/scim+json',
      },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'jo@acme.example',
        name: { familyName: 'Doe', givenName: 'Jo' },
      }),
    })
  await (await create()).text()
  stage.wait(55)
  const refused = await create()
  const { scimType } = (await refused.json()) as { scimType: string }
  const occurredAt = stage.at()
  stage.wait(12)
  await stage.send('POST', `/v1/connections/${connectionId}/checks`, { token: token.value })
  stage.wait(3)
  return report(
    stage,
    { connectionId },
    {
      operation: 'create',
      occurredAt,
      httpStatus: refused.status,
      scimType,
      correlationId: '7d9c1f52-2f0e-4a8e-9a6b-3c1d5e7f9a10',
      note: 'Some of our users had been made by hand before provisioning was set up.',
    },
  )
}

export const EXAMPLES: Readonly<Record<string, Walk>> = {
  'revoked-too-early': revokedTooEarly,
  'wrong-tenant': wrongTenant,
  'groups-fail': groupsFail,
  expired,
  duplicates,
}

/** `bundle.json` of a submitted example, as it came. */
export async function walkExample(walk: Walk): Promise<string> {
  const stage = await openExampleStage()
  try {
    const id = await walk(stage)
    const done = await stage.send('POST', `/v1/escalations/${id}/submit`)
    const { id: bundleId } = done.body['bundle'] as { id: string }
    const kept = await stage.kim.send('GET', `/v1/bundles/${bundleId}.json`)
    if (kept.status !== 200) throw new Error(kept.text)
    return kept.text
  } finally {
    await stage.close()
  }
}
