/** The scenes, one after the other: each is set by the program's own verbs, then shown in the browser. */
import type { Page } from 'playwright-core'
import { openCase } from '../escalation/case.ts'
import { begin, PILOT, waitUntil } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { createPerson } from '../workflow/person.ts'
import type { Person } from '../workflow/person.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Yields a name whenever the page stands as it is to be shown. */
export async function* scenes(page: Page): AsyncGenerator<string> {
  const stage = await openStage({ tenants: ['acme', 'globex', 'initech', 'umbrella'] })
  const { url } = stage.interlock
  try {
    const ada = await person(stage, 'ada@acme.example')
    await umbrella(stage, ada)
    await initech(stage, ada)
    await globex(stage, ada)
    const blocked = await acme(stage, ada)
    await page.goto(`${url}/sign-in`)
    await page.getByLabel('Your key').fill(ada.key)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('.needing').waitFor()
    yield 'home'
    await page.goto(`${url}/rotations/${blocked.id}`)
    yield 'rotation-blocked'
    const bundle = await escalated(ada, blocked)
    await page.goto(`${url}/bundles/${bundle}`)
    yield 'bundle'
    await savedAtLast(stage, blocked)
    await page.goto(`${url}/rotations/${blocked.id}`)
    yield 'rotation-ready'
    const shown = (await page.locator('.now p code').first().textContent()) ?? ''
    await page.getByLabel(/Last four characters/).fill(shown.slice(-4))
    await page.getByRole('button', { name: 'Revoke the old token' }).click()
    await page.getByRole('heading', { name: 'Rotated' }).waitFor()
    yield 'rotation-done'
  } finally {
    await stage.close()
  }
}

async function person(stage: Stage, name: string): Promise<Person> {
  const body = { name, role: 'admin', tenants: 'all' }
  const made = await stage.owner.send('POST', '/v1/keys', { body })
  return createPerson(() => stage.interlock.url, String(made.body['key']))
}

/** Rotated, and quiet since. */
async function umbrella(stage: Stage, by: Person): Promise<void> {
  const j = await begin(stage, { by, tenantId: 'umbrella' })
  await j.toVerified()
  await j.must('revoke', { oldToken: j.old.token.id })
}

/** Rotated, with a token that ends soon. */
async function initech(stage: Stage, by: Person): Promise<void> {
  const j = await begin(stage, { by, tenantId: 'initech', idp: 'onelogin' })
  const created = await j.must('create', { expiresInDays: 16 })
  const rotation = created.body['rotation'] as { newToken: { id: string } }
  j.fresh = { id: rotation.newToken.id, value: String(created.body['token']) }
  await j.updateIdp()
  await j.test()
  await j.provisionPilot()
  await j.must('revoke', { oldToken: j.old.token.id })
  stage.advance(7 * DAY)
}

/** An event arrived in another tenant. */
async function globex(stage: Stage, by: Person): Promise<void> {
  const j = await begin(stage, { by, tenantId: 'globex', idp: 'entra' })
  await j.toVerified()
  await j.must('verify', {
    event: {
      operation: 'update',
      subject: PILOT,
      occurredAt: new Date(stage.now.ms).toISOString(),
      outcome: 'success',
      source: 'Entra provisioning log',
      reference: 'change-0815',
      tenantId: 'globex-eu',
    },
  })
}

/** The new token was tested at the IdP and not saved: the old one goes on being used. */
async function acme(stage: Stage, by: Person): Promise<Journey> {
  const j = await begin(stage, { by, quietMinutes: 5, granularitySeconds: 60 })
  stage.advance(3 * MINUTE)
  await j.create()
  stage.advance(4 * MINUTE)
  await j.must('update-idp')
  stage.advance(2 * MINUTE)
  await j.test()
  const canary = await j.must('canary')
  waitUntil(stage, canary.body['earliest'])
  stage.advance(4 * MINUTE)
  await j.idp.provision({ userName: PILOT, change: { title: String(canary.body['value']) } })
  stage.advance(2 * MINUTE)
  await j.must('verify')
  stage.advance(MINUTE)
  return j
}

async function savedAtLast(stage: Stage, j: Journey): Promise<void> {
  await j.updateIdp()
  stage.advance(2 * MINUTE)
  await j.test()
  await j.provisionPilot()
}

/** The case of the token that was not saved, as support gets it. */
async function escalated(by: Person, j: Journey): Promise<string> {
  const made = await openCase(by, { rotationId: j.id })
  const occurredAt = new Date(Date.parse('2026-12-01T12:18:00Z')).toISOString()
  await made.patch({ operation: 'update', httpStatus: 'none', occurredAt })
  const sent = await made.must('submit')
  return (sent.body['bundle'] as { id: string }).id
}
