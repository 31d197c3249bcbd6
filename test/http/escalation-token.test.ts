/**
 * A token planted in any input, by any route, in any encoding: it is refused, or what comes of it is
 * without it. Afterwards nothing of any of them is in the store, the log, an answer or the metrics.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../src/secret.ts'
import { ANSWERS, openCase } from '../escalation/case.ts'
import type { Case } from '../escalation/case.ts'
import { benignIds } from '../support/benign-id.ts'
import { chance, newSeed } from '../support/chance.ts'
import { CONTEXTS } from '../support/context.ts'
import { ENCODED } from '../support/encoding.ts'
import { leaks } from '../support/leak-oracle.ts'
import { plant, TOKEN_KINDS } from '../support/token-kind.ts'
import type { Planted } from '../support/token-kind.ts'
import { begin } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { codeOf } from '../workflow/person.ts'
import type { Answer } from '../workflow/person.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'

const seed = newSeed()
const draw = chance(seed)
const planted: Planted[] = []
let stage: Stage
let journey: Journey
let one: Case
beforeAll(async () => {
  stage = await openStage()
  journey = await begin(stage)
  await journey.create()
  await journey.updateIdp()
  await journey.test()
  one = await openCase(stage.owner, { rotationId: journey.id })
  await one.patch(ANSWERS)
}, 60_000)
afterAll(() => stage.close())

type Place = (x: string) => Promise<Answer>
const post = (path: string, body: unknown): Promise<Answer> =>
  stage.owner.send('POST', path, { body })

async function change(method: string, path: string, own: string, body: unknown): Promise<Answer> {
  const seen = await stage.owner.send('GET', own)
  return stage.owner.send(method, path, { body, ifMatch: seen.headers.get('ETag') ?? '"1"' })
}
const step = (name: string, body: unknown) => journey.call(name, body)
const connection = (over: object) =>
  post('/v1/connections', {
    tenantId: 'acme',
    name: 'Okta',
    idp: 'okta',
    scimBaseUrl: `${stage.provider.url}/scim/v2`,
    portal: { kind: 'manual' },
    ...over,
  })
const mine = () => `/v1/connections/${journey.connectionId}`
const event = (over: object) => ({
  event: {
    operation: 'update',
    subject: 'pilot@acme.example',
    occurredAt: new Date(stage.now.ms).toISOString(),
    outcome: 'success',
    source: 'Okta System Log',
    reference: 'evt-1',
    ...over,
  },
})

/** Every input that is not meant to hold a token. */
const PLACES: Readonly<Record<string, Place>> = {
  'connection name': (x) => connection({ name: x }),
  'connection tenant': (x) => connection({ tenantId: x }),
  'connection environment': (x) => connection({ environment: x }),
  'connection pilot': (x) => connection({ pilotUser: x }),
  'connection screen': (x) => connection({ idpScreen: x }),
  'connection base URL': (x) =>
    connection({ scimBaseUrl: `${stage.provider.url}/t/${encodeURIComponent(x)}/scim/v2` }),
  'connection portal URL': (x) =>
    connection({
      portal: { kind: 'axonflow', url: `${stage.provider.url}/${x}`, credential: 'c' },
    }),
  'connection unknown field': (x) => connection({ [x]: x }),
  'connection changed name': (x) => change('PATCH', mine(), mine(), { name: x }),
  'connection confirmed': (x) => change('POST', `${mine()}/confirm-tenant`, mine(), { reason: x }),
  'connection mismatch': (x) => post(`${mine()}/report-mismatch`, { found: x }),
  'old token id': (x) =>
    post('/v1/rotations', { connectionId: journey.connectionId, oldToken: { id: x } }),
  'old token hint': (x) =>
    post('/v1/rotations', { connectionId: journey.connectionId, oldToken: { hint: x } }),
  'created token id': (x) => step('create', { tokenId: x, hint: 'a1b2' }),
  'created token hint': (x) => step('create', { tokenId: 'tok_9', hint: x }),
  'rotation note': (x) => step('update-idp', { note: x }),
  'event subject': (x) => step('verify', event({ subject: x })),
  'event source': (x) => step('verify', event({ source: x })),
  'event reference': (x) => step('verify', event({ reference: x })),
  'event token id': (x) => step('verify', event({ tokenId: x })),
  'event tenant': (x) => step('verify', event({ tenantId: x })),
  'token named': (x) => step('revoke', { oldToken: x }),
  'halt reason': (x) => step('halt', { reason: x }),
  'resume reason': (x) => step('resume', { reason: x }),
  'roll-back reason': (x) => step('roll-back', { reason: x }),
  'abandon reason': (x) => step('abandon', { reason: x }),
  'key name': (x) => post('/v1/keys', { name: x, role: 'auditor', tenants: ['acme'] }),
  'key tenant': (x) => post('/v1/keys', { name: 'x', role: 'auditor', tenants: [x] }),
  'diagnosis scimType': (x) => post('/v1/diagnoses', { httpStatus: 400, scimType: x }),
  'diagnosis screen': (x) => post('/v1/diagnoses', { httpStatus: 400, idpScreen: x }),
  'case connection': (x) => post('/v1/escalations', { connectionId: x }),
  'case rotation': (x) => post('/v1/escalations', { rotationId: x }),
  'case tenant': (x) => one.patch({ tenantId: x }),
  'case base URL': (x) => one.patch({ scimBaseUrl: x }),
  'case base URL host': (x) => one.patch({ scimBaseUrl: `https://${x}.example/scim/v2` }),
  'case base URL path': (x) => one.patch({ scimBaseUrl: `https://portal.example/${x}/scim/v2` }),
  'case status': (x) => one.patch({ httpStatus: x }),
  'case time': (x) => one.patch({ occurredAt: x }),
  'case scimType': (x) => one.patch({ scimType: x }),
  'case correlation id': (x) => one.patch({ correlationId: x }),
  'case note': (x) => one.patch({ note: x }),
  'case note in a sentence': (x) => one.patch({ note: `We entered ${x} on Monday.` }),
  'case unknown field': (x) => one.patch({ [x]: 1 }),
  'case asked back': (x) => one.call('request-info', { note: x }),
  'case resolved': (x) => one.call('resolve', { note: x }),
  'case withdrawn': (x) => one.call('withdraw', { note: x }),
  'a path': (x) => stage.owner.send('GET', `/v1/rotations/${encodeURIComponent(x)}`),
  'a query': (x) => stage.owner.send('GET', `/v1/rotations?status=${encodeURIComponent(x)}`),
  'a query’s name': (x) => stage.owner.send('GET', `/v1/keys?${encodeURIComponent(x)}=1`),
  'a cursor': (x) => stage.owner.send('GET', `/v1/keys?cursor=${encodeURIComponent(x)}`),
  'no JSON': (x) =>
    stage.owner.send('POST', '/v1/keys', {
      body: x,
      headers: { 'Idempotency-Key': 'x'.repeat(8) + draw.below(1e9) },
    }),
}
/** The fields that take one kind of value only, and no free text. */
const TYPED = Object.keys(PLACES).filter((name) =>
  /^(case (tenant|base URL.*|status|time|scimType|correlation id|connection)|diagnosis.*|connection screen)$/.test(
    name,
  ),
)

async function send(name: string, text: string): Promise<Answer> {
  const place = PLACES[name]
  if (place === undefined) throw new Error(name)
  return place(text)
}

describe('a token that Interlock has handled', () => {
  it('is refused everywhere, in every encoding', { timeout: 120_000 }, async () => {
    const codes = new Map<string, number>()
    const accepted: string[] = []
    for (const name of Object.keys(PLACES)) {
      for (const encoding of [...ENCODED.filter(() => draw.below(6) === 0), null]) {
        const kind = draw.pick(['scim-base64url', 'scim-hex', 'scim-base62', 'base62-32'])
        const token = plant(kind, draw)
        planted.push(token)
        stage.interlock.deps.tokens.remember(new Secret(token.value))
        const text = encoding === null ? token.value : encoding.write(token.value, draw)
        const answer = await send(name, text)
        codes.set(codeOf(answer), (codes.get(codeOf(answer)) ?? 0) + 1)
        if (answer.status < 400) accepted.push(`${name}, ${encoding?.name ?? 'as it is'}`)
      }
    }
    expect(accepted, `seed ${seed}`).toEqual([])
    expect(codes.get('token-in-field') ?? 0).toBeGreaterThan(150)
  })
})

it('is told of where it stands, also in an address', async () => {
  const token = plant('scim-base62', draw)
  planted.push(token)
  const at = async (path: string): Promise<unknown> => {
    const answer = await stage.owner.send('GET', path)
    expect([answer.status, codeOf(answer)], path).toEqual([422, 'token-in-field'])
    return (answer.body['errors'] as { path: string }[]).map(({ path: place }) => place)
  }
  expect(await at(`/v1/rotations/${token.value}`)).toEqual(['path.3'])
  expect(await at(`/v1/bundles/${token.value}.zip`)).toEqual(['path.3'])
  expect(await at(`/v1/rotations?limit=3&status=${token.value}`)).toEqual(['query.1.1'])
  expect(await at(`/v1/nothing?${token.value}=1`)).toEqual(['query.0.0'])
})

describe('a token that nobody has seen before', () => {
  it('is not accepted by any typed field, whatever its kind', { timeout: 120_000 }, async () => {
    const accepted: string[] = []
    for (const name of TYPED) {
      for (const kind of TOKEN_KINDS) {
        const token = plant(kind, draw)
        planted.push(token)
        const answer = await send(name, token.value)
        if (answer.status < 400) accepted.push(`${name}, ${kind}`)
      }
    }
    expect(TYPED.length).toBeGreaterThan(8)
    expect(accepted, `seed ${seed}`).toEqual([])
  })

  it('is refused in free text, alone or in a sentence', { timeout: 120_000 }, async () => {
    const places = Object.keys(PLACES).filter((name) => /note|reason|name|asked/.test(name))
    const accepted: string[] = []
    let sent = 0
    for (const kind of TOKEN_KINDS) {
      for (const name of places.filter(() => draw.below(3) === 0)) {
        const token = plant(kind, draw)
        const context = draw.pick(CONTEXTS)
        // One line, as these fields want it; what has several is refused for that.
        const text = draw.below(2) === 0 ? token.value : context.write(token.value, draw)
        const answer = await send(name, text.slice(0, 1900))
        sent += 1
        if (answer.status < 400) accepted.push(`${name}, ${kind}, ${context.name}`)
        else planted.push(token)
      }
    }
    // A word-like token in prose may pass for a word: the leak check's own tests measure how many.
    expect(accepted.length / sent, `seed ${seed}: ${accepted.join('; ')}`).toBeLessThan(0.01)
  })
})

it('what is ordinary passes', { timeout: 60_000 }, async () => {
  const names = [
    'Okta production',
    'Entra ID – EU',
    'OneLogin (staging)',
    'acme-prod 2',
    'Kim’s test',
  ]
  const notes = [
    'The old token was revoked too early, and since 09:14 UTC every update fails with 401.',
    'Seit Montag schlägt die Gruppensynchronisierung fehl; Benutzer kommen an.',
    'See ticket INC0012345 and the correlation id 7d9c1f52-2f0e-4a8e-9a6b-3c1d5e7f9a10.',
    'We rotated the token on 2026-11-20, portal id tok_4711, and saved the form twice.',
    ...benignIds(draw),
  ]
  let refused = 0
  const told: string[] = []
  for (const name of names) {
    const answer = await send('connection name', name)
    expect(answer.status, name).toBe(201)
  }
  for (const note of notes) {
    const answer = await one.patch({ note })
    if (answer.status === 200) continue
    refused += 1
    told.push(note)
  }
  expect(refused / notes.length, told.join('\n')).toBeLessThan(0.05)
  const good: readonly (readonly [string, unknown])[] = [
    ['subject', 'maria.gonzalez-hernandez+scim.test@subsidiary.acme-industries.example'],
    ['subject', '00u1a2b3c4d5e6f7g8h9'],
    ['reference', 'fc0e74d2-cea9-452c-bf8d-9aec0a480aa7'],
    ['reference', 'Y3hLrJ8Wq2Zt5Vb7Nm1Kp4Xc'],
    ['source', 'Okta System Log'],
    ['tokenId', 'tok_9f3k2m1n8q7r'],
    ['tenantId', 'acme'],
  ]
  for (const [name, value] of good) {
    const answer = await step('verify', event({ [name]: value }))
    expect(codeOf(answer), `${name} ${String(value)}: ${answer.text}`).not.toBe('token-in-field')
  }
  for (const [name, value] of [
    ['tenantId', 'acme-prod.eu'],
    ['tenantId', '7d9c1f52-2f0e-4a8e-9a6b-3c1d5e7f9a10'],
    ['scimBaseUrl', 'https://acme-corp.portal.example.com/t/acme/scim/v2'],
    [
      'scimBaseUrl',
      'https://scim.us-east-1.amazonaws.com/11ab22cd33e-44ff-55aa-66bb-77cc88dd99ee/scim/v2',
    ],
    ['scimBaseUrl', 'https://login.example/7d9c1f52-2f0e-4a8e-9a6b-3c1d5e7f9a10/scim/v2'],
    ['correlationId', '8c1f0a2b3c4d5e6f-FRA'],
    ['correlationId', 'INC0012345'],
  ] as const) {
    const answer = await one.patch({ [name]: value })
    expect(answer.status, `${name} ${value}: ${answer.text}`).toBe(200)
  }
})

it('and in the end nothing of any of them is anywhere', { timeout: 60_000 }, async () => {
  await one.patch({ ...ANSWERS, tenantId: 'acme', note: 'What we typed was refused.' })
  const done = await one.must('submit')
  const { id } = done.body['bundle'] as { id: string }
  const bundle = await stage.owner.send('GET', `/v1/bundles/${id}.json`)
  const summary = await stage.owner.send('GET', `/v1/bundles/${id}.md`)
  const metrics = await (await fetch(`${stage.interlock.url}/metrics`)).text()
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
      entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'utf8')] : [],
    )
  const texts: Readonly<Record<string, string>> = {
    store: walk(stage.folder).join('\n'),
    log: stage.log.join('\n'),
    // Told apart by their request ids only, most of them are one.
    answers: [
      ...new Set(
        stage.heard.map(({ text, headers }) =>
          `${text}\n${headers}`.replaceAll(/req_[\w-]{16}|[Dd]ate[^\]]*/g, ''),
        ),
      ),
    ].join('\n'),
    bundle: bundle.text,
    summary: summary.text,
    metrics,
  }
  const secret = planted.flatMap(({ random }) => random)
  expect(planted.length).toBeGreaterThan(700)
  for (const [name, text] of Object.entries(texts)) {
    expect(text.length, name).toBeGreaterThan(500)
    expect(leaks(text, secret), `${name}, seed ${seed}`).toBe(false)
  }
  // The journal says that it happened, and the bundle passes that on.
  expect(summary.text).toContain('has to be treated as exposed')
})
