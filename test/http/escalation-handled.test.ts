/** Whatever door a token comes through, it is known from then on: found in a note, in any dress. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ANSWERS, openCase } from '../escalation/case.ts'
import type { Case } from '../escalation/case.ts'
import { begin, connect, waitUntil } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'

const DAY = 86_400_000
let stage: Stage
let one: Case
let journey: Journey
beforeAll(async () => {
  stage = await openStage()
  journey = await begin(stage, { named: 'id' })
  one = await openCase(stage.owner, { connectionId: journey.connectionId })
})
afterAll(() => stage.close())

/** The middle of it, turned round, in capitals and spaced: only who knows it can tell. */
const dressed = (value: string): string =>
  Array.from(value.replaceAll(/[^A-Za-z0-9]/g, '').slice(-24))
    .toReversed()
    .join(' ')
    .toUpperCase()

async function isKnown(value: string): Promise<boolean> {
  const answer = await one.patch({ note: `See ${dressed(value)} there` })
  const errors = (answer.body['errors'] ?? []) as { kind: string }[]
  return errors.some(({ kind }) => kind === 'known-token')
}

it('typed for the checks, though the checks fail', async () => {
  const value = `scim_${'qL7xW2aZ3kP9'.repeat(3)}`
  expect(await isKnown(value)).toBe(false)
  await stage.owner.send('POST', `/v1/connections/${journey.connectionId}/checks`, {
    body: { token: value },
  })
  expect(await isKnown(value)).toBe(true)
})

it('named as the old one by its value, though the start is refused', async () => {
  const { connectionId, old } = await connect(stage)
  expect(await isKnown(old.value)).toBe(false)
  stage.provider.practice.faults.portalDown = true
  const body = { connectionId, oldToken: { token: old.value } }
  const started = await stage.owner.send('POST', '/v1/rotations', { body })
  stage.provider.practice.faults.portalDown = false
  // The portal is asked first: nothing of the token was looked at, and it is typed in again later.
  expect(started.status).toBe(502)
  await stage.owner.send('POST', '/v1/rotations', { body })
  expect(await isKnown(old.value)).toBe(true)
})

it('made by the portal', async () => {
  await journey.create()
  expect(await isKnown(journey.fresh.value)).toBe(true)
})

it('given as the portal’s credential, though the connection is refused', async () => {
  const credential = 'pc-93hf72kd81ms64nb50vx'
  expect(await isKnown(credential)).toBe(false)
  await stage.owner.send('POST', '/v1/connections', {
    body: {
      tenantId: 'acme',
      name: 'x',
      idp: 'okta',
      scimBaseUrl: `${stage.provider.url}/scim/v2`,
      portal: { kind: 'axonflow', url: stage.provider.url, credential },
    },
  })
  expect(await isKnown(credential)).toBe(true)
})

it('made or shown as an access key', async () => {
  const made = await stage.person('auditor', ['acme'])
  expect(await isKnown(made.key)).toBe(true)
  expect(await isKnown(stage.owner.key)).toBe(true)
})

it(
  'is known after a restart, and forgotten a month after it ended',
  { timeout: 30_000 },
  async () => {
    await journey.updateIdp()
    await journey.must('test')
    const looked = await journey.provisionPilot()
    expect(looked.body['verified']).toBe('E7')
    const kept = journey.fresh.value
    await journey.must('revoke', { oldToken: journey.old.token.id })
    await stage.restart()
    const plain = async (value: string): Promise<boolean> => {
      const answer = await one.patch({ ...ANSWERS, note: `See ${value.slice(5)} there` })
      const errors = (answer.body['errors'] ?? []) as { kind: string }[]
      return errors.some(({ kind }) => kind === 'known-token')
    }
    expect(await plain(kept)).toBe(true)
    waitUntil(stage, new Date(stage.now.ms + 120 * DAY).toISOString())
    // Ninety days of life and thirty more: the new one has ended as well.
    expect(await plain(kept)).toBe(false)
  },
)
