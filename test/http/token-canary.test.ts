/** After a whole rotation with failures and refusals: no value stands anywhere, in any form. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asTyped, begin } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { openStage, OWNER_KEY } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { formsOf, sightings } from './token-canary.ts'

let stage: Stage
let journey: Journey
let superseded = ''
let approverKey = ''
const text: string[] = []

beforeAll(async () => {
  stage = await openStage()
  const approver = await stage.person('approver')
  approverKey = approver.key
  const j = (journey = await begin(stage))
  const { faults } = stage.provider.practice
  await j.tryRevoking()

  // Creation: refused, broken off, repeated with an idempotency key, then superseded.
  faults.portalForbidden = true
  await j.call('create', {})
  faults.portalForbidden = false
  stage.provider.tap = async (passing) => {
    const answer = await passing.answer()
    return passing.method === 'POST' ? new Response(null, { status: 502 }) : answer
  }
  await j.call('create', {})
  stage.provider.tap = null
  await j.create()
  superseded = j.fresh.value
  const ifMatch = (await j.view()).headers.get('ETag') ?? ''
  const again = () =>
    j.by.send('POST', `${j.path}/create`, {
      body: {},
      ifMatch,
      headers: { 'Idempotency-Key': 'canary' },
    })
  const created = await again()
  const rotation = created.body['rotation'] as { newToken: { id: string } }
  j.fresh = { id: rotation.newToken.id, value: String(created.body['token']) }
  expect((await again()).body['token']).toBeNull()

  // Values pasted where they do not belong, and in every wrapping.
  const { value } = j.fresh
  const junk = [value, j.old.value, OWNER_KEY]
  for (const pasted of junk) {
    await j.call(pasted, {})
    await j.by.send('GET', `/v1/rotations/${pasted}`)
    await j.by.send('GET', `/v1/rotations?cursor=${pasted}`)
    await j.call('test', { tokenn: pasted, token: 7 })
    await j.call('test', { token: `${pasted} ${pasted}` })
    await j.call('revoke', { oldToken: pasted })
    await j.by.send('POST', '/v1/rotations', {
      body: { connectionId: j.connectionId, oldToken: { token: pasted } },
    })
    await fetch(`${stage.interlock.url}/v1/rotations`, {
      headers: { Authorization: `Bearer ${pasted}` },
    }).then(async (answer) => text.push(await answer.text(), JSON.stringify([...answer.headers])))
  }

  // Restart, failing tests, a wrong environment, a DELETE that fails, then the end.
  j.idp.enterToken(asTyped('okta', value))
  j.idp.save()
  await j.must('update-idp')
  await stage.restart()
  await j.call('test')
  await j.call('test', { token: j.old.value })
  faults.htmlErrorPage = 503
  await j.call('test', { token: value })
  faults.htmlErrorPage = null
  faults.wrongEnvironment = 'staging.example'
  await j.call('test', { token: `Bearer "${value}"` })
  faults.wrongEnvironment = null
  await j.must('resume', { reason: 'looked at' })
  await j.must('test', { token: `Authorization: Bearer ${value}\n` })
  const checks = `/v1/connections/${j.connectionId}/checks`
  for (const token of [value, j.old.value, `${value}…`]) {
    await j.by.send('POST', checks, { body: { token } })
  }
  await j.provisionPilot()
  await j.must('revoke', { oldToken: value }, 422)
  stage.provider.tap = async (passing) =>
    passing.method === 'DELETE' ? new Response(value, { status: 500 }) : passing.answer()
  await j.call('revoke', { oldToken: j.old.token.id })
  stage.provider.tap = null
  const done = await j.must('revoke', { oldToken: j.old.token.id })
  expect(done.body['status']).toBe('completed')
  for (const path of [
    `${j.path}/certificate`,
    `${j.path}/journal`,
    '/v1/audit?limit=200',
    '/v1/connections',
    `/v1/connections/${j.connectionId}/tokens`,
    '/v1/keys',
    '/metrics',
    '/openapi.json',
  ]) {
    expect((await j.by.send('GET', path)).status, path).toBe(200)
  }
  const markdown = await j.by.send('GET', `${j.path}/certificate`, {
    headers: { Accept: 'text/markdown' },
  })
  expect(markdown.text).toContain('# Rotation')
})
afterAll(() => stage.close())

const values = (): Map<string, string> =>
  new Map([
    ['old token', journey.old.value],
    ['new token', journey.fresh.value],
    ['superseded token', superseded],
    ['portal credential', credential()],
    ['owner key', OWNER_KEY],
    ['approver key', approverKey],
    ['interlock secret', 'what only the tests know, longer than 32 characters'],
  ])
const credential = (): string =>
  stage.provider.practice.state.tenants.get('acme')?.credential.reveal() ?? ''

describe('the search', () => {
  it('finds each form wherever it stands, and nothing in innocent text', () => {
    const value = journey.fresh.value
    const known = new Map([['it', value]])
    for (const [name, form] of formsOf(value)) {
      expect(form.length, name).toBeGreaterThan(20)
      expect(sightings(`before ${form} after`, known), name).toContain(`it: ${name}`)
    }
    for (const lead of ['', 'a', 'ab', 'abc']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${lead}{"token":"${value}"}`).toString(encoding)
        expect(sightings(encoded, known).length, `${encoding} after ${lead}`).toBeGreaterThan(0)
      }
    }
    expect(sightings(JSON.stringify(known.size), known)).toEqual([])
  })
})

describe('no value stands', () => {
  it('in the store’s folder', async () => {
    const files = await readdir(stage.folder, { recursive: true, withFileTypes: true })
    const paths = files.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name))
    expect(paths.length).toBeGreaterThan(4)
    for (const path of paths) {
      expect(sightings(await readFile(path, 'latin1'), values()), path).toEqual([])
    }
  })

  it('in the log', () => {
    expect(stage.log.length).toBeGreaterThan(40)
    expect(sightings(stage.log.join('\n'), values())).toEqual([])
  })

  it('in any answer but the one that shows it', () => {
    expect(stage.heard.length).toBeGreaterThan(60)
    const seen = new Map<string, string[]>()
    for (const { call, text, headers } of stage.heard) {
      for (const sighting of sightings(`${text}\n${headers}`, values())) {
        seen.set(sighting, [...(seen.get(sighting) ?? []), call])
      }
    }
    const create = `POST ${journey.path}/create 200`
    expect(Object.fromEntries(seen)).toEqual({
      'new token: raw': [create],
      'superseded token: raw': [create],
      'approver key: raw': ['POST /v1/keys 201'],
    })
    expect(sightings(text.join('\n'), values())).toEqual([])
  })

  it('in the provider’s own log, so that the rehearsal leaks nothing either', () => {
    const log = JSON.stringify(stage.provider.practice.requests.entries)
    expect(sightings(log, values())).toEqual([])
  })
})
