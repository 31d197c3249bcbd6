/** Cases over HTTP, from the opening to the resolution, and what each side may see and do. */
import { generateX25519Identity, Decrypter, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../src/secret.ts'
import { verifyBundle } from '../../src/support/verify.ts'
import { ANSWERS, caseOf, openCase, submitted } from '../escalation/case.ts'
import { codeOf } from '../workflow/person.ts'
import type { Person } from '../workflow/person.ts'
import { begin, connect } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'

let stage: Stage
let kim: Person
let support: Person
let connectionId: string
beforeAll(async () => {
  stage = await openStage()
  kim = await stage.person('admin', ['acme'])
  support = await stage.person('support', ['acme'])
  connectionId = (await connect(stage)).connectionId
})
afterAll(() => stage.close())

const field = (body: Record<string, unknown>, name: string) =>
  (body['fields'] as Record<string, Record<string, unknown> | null>)[name]

const bytes = async (path: string, who: Person, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${stage.interlock.url}${path}`, {
    headers: { Authorization: `Bearer ${who.key}`, ...headers },
  })
  return { answer, body: new Uint8Array(await answer.arrayBuffer()) }
}

describe('a case', () => {
  it('is filled in with what is known, each marked with where it is from', async () => {
    const opened = await kim.send('POST', '/v1/escalations', { body: { connectionId } })
    expect(opened.status).toBe(201)
    expect(opened.headers.get('ETag')).toBe('"1"')
    const { body } = opened
    expect(body['state']).toBe('collecting')
    expect(field(body, 'tenantId')).toMatchObject({ value: 'acme', witness: 'observed' })
    expect(field(body, 'scimBaseUrl')).toMatchObject({ from: 'connection', witness: 'observed' })
    expect(field(body, 'idp')).toMatchObject({ value: 'okta' })
    expect(field(body, 'discoverySucceeds')).toMatchObject({ value: true, from: 'checks' })
    expect(field(body, 'tokenRecentlyUsed')).toMatchObject({ value: true, from: 'portal' })
    expect(body['missing']).toEqual(['operation', 'occurredAt', 'httpStatus'])
    expect(body['questions']).toMatchObject([{ item: 'operation', who: 'idp-admin' }, {}, {}])
  })

  it('takes over what the latest checks saw, without using the token again', async () => {
    const { connectionId: id, old } = await connect(stage)
    stage.provider.practice.faults.groupsOff = 404
    await stage.owner.send('POST', `/v1/connections/${id}/checks`, { body: { token: old.value } })
    stage.provider.practice.faults.groupsOff = null
    const before = stage.provider.practice.requests.entries.length
    const one = await openCase(stage.owner, { connectionId: id })
    const { body } = await one.view()
    expect(body['state']).toBe('ready')
    expect(field(body, 'operation')).toMatchObject({ value: 'group-sync', from: 'diagnosis' })
    expect(field(body, 'httpStatus')).toMatchObject({ value: 404, from: 'checks' })
    const asked = stage.provider.practice.requests.entries.slice(before)
    expect(asked.map(({ door, path }) => `${door} ${path}`)).toEqual(['portal /scim/tokens'])
  })

  it('is submitted when complete, and the bundle is what the preview showed', async () => {
    const one = await openCase(kim, { connectionId })
    const count = async () =>
      (await stage.interlock.store.list('bundle', { limit: 1000 })).items.length
    const before = await count()
    const early = await one.call('submit')
    expect(await count()).toBe(before)
    expect([early.status, codeOf(early)]).toEqual([409, 'escalation-incomplete'])
    expect(early.body['missing']).toEqual(['operation', 'occurredAt', 'httpStatus'])
    const patched = await one.patch({ ...ANSWERS, note: 'Since this morning.' })
    expect(patched.body['state']).toBe('ready')
    const preview = await kim.send('GET', `${one.path}/preview`)
    const zipped = await bytes(`${one.path}/preview`, kim, { Accept: 'application/zip' })
    const { body } = await one.must('submit')
    const bundle = body['bundle'] as { id: string; sha256: string; formats: string[] }
    expect(bundle.formats).toEqual(['json', 'md', 'zip'])
    expect(preview.body['sha256']).toBe(bundle.sha256)
    const zip = await bytes(`/v1/bundles/${bundle.id}.zip`, support)
    expect(zip.answer.headers.get('Content-Type')).toBe('application/zip')
    expect(zip.body).toEqual(zipped.body)
    expect(verifyBundle(zip.body)).toMatchObject({ verdict: 'clean', findings: [] })
    const journal = await kim.send('GET', `${one.path}/journal`)
    const entries = journal.body['items'] as { event: string; outcome: string }[]
    expect(entries.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
      'escalation.opened applied',
      'escalation.submitted refused',
      'items.answered applied',
      'escalation.submitted applied',
    ])
  })

  it('goes to support, is asked back, answered, and resolved', async () => {
    const one = await openCase(kim, { connectionId })
    await one.patch(ANSWERS)
    await one.must('submit')
    const inbox = await support.send('GET', '/v1/escalations?state=submitted')
    expect((inbox.body['items'] as { id: string }[]).map(({ id }) => id)).toContain(one.id)
    await one.must('acknowledge', {}, 200, support)
    const asked = await one.must(
      'request-info',
      { items: ['httpStatus'], note: 'Which status does the provisioning log show?' },
      200,
      support,
    )
    expect(asked.body).toMatchObject({ state: 'needsInfo', missing: ['httpStatus'] })
    expect((await one.call('submit')).body['missing']).toEqual(['httpStatus'])
    expect((await one.patch({ httpStatus: 403 })).body['state']).toBe('ready')
    const again = await one.must('submit')
    expect((again.body['escalation'] as { bundles: unknown[] }).bundles).toHaveLength(2)
    await one.must('acknowledge', {}, 200, support)
    const done = await one.must('resolve', { resolution: 'permission-corrected' }, 200, support)
    expect(done.body).toMatchObject({ state: 'resolved', next: { who: 'nobody' } })
    const late = await one.call('withdraw')
    expect([late.status, codeOf(late)]).toEqual([409, 'state-not-open'])
  })

  it('may stand alone, where everything is a person’s word', async () => {
    const one = await openCase(kim)
    expect((await one.view()).body).toMatchObject({ tenantId: 'acme', connectionId: null })
    const answers = {
      ...ANSWERS,
      tenantId: '7d9c1f52-2f0e-4a8e-9a6b-3c1d5e7f9a10',
      scimBaseUrl: 'https://portal.example//scim/v2/',
      idp: 'onelogin',
      httpStatus: 'none',
      discoverySucceeds: { cannotBeKnown: 'no-access' },
      tokenRecentlyUsed: { cannotBeKnown: 'not-shown' },
    }
    const { body } = await one.patch(answers)
    expect(body['state'], JSON.stringify(body)).toBe('ready')
    expect(field(body, 'scimBaseUrl')?.['value']).toBe('https://portal.example/scim/v2')
    // Named or not, another tenant does not get the case.
    expect(body['tenantId']).toBe('acme')
    const { body: sent } = await one.must('submit')
    const { id } = sent['bundle'] as { id: string }
    const summary = await kim.send('GET', `/v1/bundles/${id}.md`)
    expect(summary.text).toContain('belongs to no connection')
    expect(summary.text).toContain('Whether discovery succeeds: nobody on this side may look at it')
    const fresh = await openCase(kim)
    expect(await fresh.call('observe').then(codeOf)).toBe('nothing-to-observe')
  })

  it('of nobody’s tenant is its opener’s, until the tenant is named', async () => {
    const both = await stage.person('admin', ['acme', 'globex'])
    const one = await openCase(both)
    expect((await one.view(kim)).status).toBe(404)
    expect((await one.view(stage.owner)).status).toBe(200)
    await one.patch({ tenantId: 'acme' })
    expect((await one.view(kim)).status).toBe(200)
    expect((await one.view(await stage.person('admin', ['globex']))).status).toBe(404)
  })

  it('says what is not seen instead of failing', async () => {
    const { connectionId: id } = await connect(stage)
    stage.provider.practice.faults.portalDown = true
    const one = await openCase(stage.owner, { connectionId: id })
    stage.provider.practice.faults.portalDown = false
    expect((await one.view()).body['missing']).toContain('tokenRecentlyUsed')
    await one.patch(ANSWERS)
    const { body } = await one.must('submit')
    const { id: bundleId } = body['bundle'] as { id: string }
    const { text } = await stage.owner.send('GET', `/v1/bundles/${bundleId}.md`)
    expect(text).toContain('The portal did not show the token, or could not be read.')
    expect(text).toContain('No first checks were run within the last day')
    const seen = await one.view()
    expect(seen.body['token']).toBeNull()
  })

  it('points out what cannot all be true', async () => {
    const one = await openCase(kim, { connectionId })
    const { body } = await one.patch({
      ...ANSWERS,
      occurredAt: new Date(stage.now.ms - 60_000).toISOString(),
      tokenRecentlyUsed: true,
      tenantId: 'globex',
    })
    const codes = (body['contradictions'] as { code: string }[]).map(({ code }) => code)
    expect(codes).toContain('tenant-not-of-connection')
    expect(body['state']).toBe('ready')
    const { text } = await kim.send('GET', `${one.path}/preview`, {
      headers: { Accept: 'text/markdown' },
    })
    expect(text).toContain('What does not fit together')
    expect(text).toContain('Provisioning reaches the wrong tenant')
  })
})

describe('a token that is learned of too late', () => {
  const word = 'thursday-lantern-harbour'

  it('in the note: no bundle, and the place is named', async () => {
    const one = await openCase(kim, { connectionId })
    expect((await one.patch({ ...ANSWERS, note: `We said ${word}.` })).status).toBe(200)
    stage.interlock.deps.tokens.remember(new Secret(word))
    const refused = await one.call('submit')
    expect([refused.status, codeOf(refused)]).toEqual([409, 'bundle-not-clean'])
    expect(refused.body['errors']).toEqual([{ path: 'note', kind: 'known-token' }])
    expect(refused.text).not.toContain('lantern')
    expect((await kim.send('GET', `${one.path}/preview`)).status).toBe(409)
    const journal = await kim.send('GET', `${one.path}/journal`)
    expect((journal.body['items'] as unknown[]).at(-1)).toMatchObject({
      event: 'escalation.submitted',
      outcome: 'refused',
      detail: { code: 'bundle-not-clean', fields: ['note known-token'] },
    })
    await one.patch({ note: null })
    await one.must('submit')
  })

  it('in what was collected: it is taken out, and the bundle says so', async () => {
    const id = 'tok_harbour-lantern-thursday'
    const started = await stage.owner.send('POST', '/v1/connections', {
      body: {
        tenantId: 'acme',
        name: 'by hand',
        idp: 'generic',
        scimBaseUrl: `${stage.provider.url}/scim/v2`,
        portal: { kind: 'manual' },
      },
    })
    const rotation = await stage.owner.send('POST', '/v1/rotations', {
      body: { connectionId: started.body['id'], oldToken: { id } },
    })
    const one = await openCase(stage.owner, { rotationId: String(rotation.body['id']) })
    await one.patch(ANSWERS)
    stage.interlock.deps.tokens.remember(new Secret(id))
    const preview = await stage.owner.send('GET', `${one.path}/preview`)
    const texts = new Map(
      (preview.body['files'] as { path: string; text: string }[]).map((f) => [f.path, f.text]),
    )
    expect([...texts.values()].join('\n')).not.toContain('lantern')
    expect(JSON.parse(texts.get('redactions.json')!)).toMatchObject({
      cut: [{ path: '/rotation/oldToken/portalId', kind: 'known-token', layer: 'known' }],
    })
    expect(JSON.parse(texts.get('bundle.json')!)).toMatchObject({
      rotation: { oldToken: { portalId: null } },
    })
  })
})

describe('the gate before anything leaves', () => {
  it('looks at the finished bytes, and is shut when a detector fails', async () => {
    const one = await openCase(kim, { connectionId })
    await one.patch(ANSWERS)
    const { deps } = stage.interlock
    const { leaks } = deps
    const suspicious =
      (path: string, text: string): typeof leaks.inspect =>
      (given, where) =>
        where.path === path && given.includes(text)
          ? [{ path, kind: 'token-like', layer: 'run', view: 'raw' }]
          : leaks.inspect(given, where)
    const failing: readonly (readonly [string, typeof leaks.inspect, string])[] = [
      ['journal.json', suspicious('journal.json', 'interlock/journal'), 'token-like'],
      ['manifest.json', suspicious('manifest.json', 'sha256'), 'token-like'],
      ['', suspicious('', 'interlock/signature'), 'token-like'],
      [
        'fields.tenantId',
        () => {
          throw new Error('x')
        },
        'detector-failed',
      ],
    ]
    for (const [path, inspect, kind] of failing) {
      deps.leaks = { ...leaks, inspect }
      const refused = await one.call('submit')
      deps.leaks = leaks
      expect([refused.status, codeOf(refused)], path).toEqual([409, 'bundle-not-clean'])
      expect(refused.body['errors']).toContainEqual({ path, kind })
    }
    expect((await one.view()).body['bundles']).toEqual([])
    await one.must('submit')
  })
})

describe('a token typed into a case', () => {
  it('is refused and named by place and kind; the case and its bundle remember that it happened', async () => {
    const one = await openCase(kim, { connectionId })
    const token = `scim_${'aZ3kP9qL7xW2'.repeat(3)}`
    const refused = await one.patch({ ...ANSWERS, note: `It is ${token}` })
    expect([refused.status, codeOf(refused)]).toEqual([422, 'token-in-field'])
    expect(refused.body['errors']).toMatchObject([{ path: 'note', kind: 'scim-bearer' }])
    expect(refused.text).not.toContain(token.slice(5, 17))
    const seen = await one.view()
    expect(seen.body).toMatchObject({ revision: 1, note: null })
    await one.patch(ANSWERS)
    const { text } = await kim.send('GET', `${one.path}/preview`, {
      headers: { Accept: 'text/markdown' },
    })
    expect(text).toContain('## Exposed')
    expect(text).toContain('note (scim-bearer)')
    expect(text).not.toContain(token.slice(5, 17))
    // Another tenant's case is not written to by whoever tries.
    const foreign = await stage.person('admin', ['globex'])
    const tried = await foreign.send('PATCH', one.path, { body: { note: token }, ifMatch: '"1"' })
    expect(tried.status).toBe(404)
  })
})

describe('a change', () => {
  it('names its revision, and its fields', async () => {
    const one = await openCase(kim, { connectionId })
    const none = await kim.send('PATCH', one.path, { body: {} })
    expect([none.status, codeOf(none)]).toEqual([428, 'precondition-required'])
    const stale = await kim.send('PATCH', one.path, { body: {}, ifMatch: '"9"' })
    expect([stale.status, codeOf(stale)]).toEqual([412, 'stale-revision'])
    for (const body of [
      { httpStatus: 99 },
      { httpStatus: 'no' },
      { operation: 'read' },
      { idp: 'ping' },
      { idp: null },
      { occurredAt: 'yesterday' },
      { tenantId: { cannotBeKnown: 'no-access' } },
      { tenantId: 'Xk29Lq' },
      { scimBaseUrl: 'https://portal.example/Xk29Lq/scim/v2' },
      { scimType: 'broken' },
      { note: 'x'.repeat(2001) },
      { note: 'a\u0007b' },
      { scimBaseUrl: 'https://kim:pw@portal.example/scim/v2' },
      { scimBaseUrl: 'https://portal.example/scim/v2?x=1' },
      { correlationId: 'aB3dE5fG7hJ9kL1mN3pQ' },
      { token: 'x' },
    ]) {
      const answer = await one.patch(body)
      expect(answer.status, JSON.stringify(body)).toBe(422)
    }
    expect((await one.view()).headers.get('ETag')).toBe('"1"')
    const spelled = await one.patch({ scimType: 'UNIQUENESS' })
    expect(spelled.body['scimType']).toBe('uniqueness')
  })

  it('that names a rotation of another connection is refused', async () => {
    const j = await begin(stage)
    const body = { connectionId, rotationId: j.id }
    const answer = await stage.owner.send('POST', '/v1/escalations', { body })
    expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid-input'])
  })
})

describe('who is who', () => {
  it('another tenant’s support sees nothing, and this one’s no rotation', async () => {
    const { escalation, bundle } = await submitted(stage, connectionId)
    const foreign = await stage.person('support', ['globex'])
    const one = caseOf(kim, escalation)
    for (const path of [one.path, `/v1/bundles/${bundle}`, `/v1/bundles/${bundle}.zip`]) {
      expect((await foreign.send('GET', path)).status, path).toBe(404)
      expect((await support.send('GET', path)).status, path).toBe(200)
    }
    const inbox = await foreign.send('GET', '/v1/escalations')
    expect(inbox.body['items']).toEqual([])
    for (const path of ['/v1/rotations', '/v1/connections', `/v1/connections/${connectionId}`]) {
      expect((await support.send('GET', path)).status, path).toBe(403)
    }
    for (const verb of ['submit', 'withdraw', 'observe']) {
      expect((await one.call(verb, {}, support)).status, verb).toBe(403)
    }
    expect((await one.patch({ note: 'x' }, support)).status).toBe(403)
    const approver = await stage.person('approver', ['acme'])
    expect((await one.call('acknowledge', {}, approver)).status).toBe(403)
  })

  it('a bundle that its case does not name is nobody’s', async () => {
    const { bundle } = await submitted(stage, connectionId)
    const stored = await stage.interlock.store.load('bundle', bundle)
    const other = stage.interlock.deps.nextId('bun')
    await stage.interlock.store.commit('bundle', other, 0, stored!.record, {
      at: new Date(stage.now.ms).toISOString(),
      actor: { kind: 'system', id: 'x', name: 'x' },
      event: 'bundle.made',
      outcome: 'applied',
    })
    expect((await stage.owner.send('GET', `/v1/bundles/${other}`)).status).toBe(404)
  })
})

describe('a bundle', () => {
  it('comes as it is asked for', async () => {
    const { bundle } = await submitted(stage, connectionId)
    const path = `/v1/bundles/${bundle}`
    const json = await kim.send('GET', path)
    expect(json.body['format']).toBe('interlock/bundle')
    expect((await kim.send('GET', `${path}.json`)).text).toBe(json.text)
    const markdown = await kim.send('GET', path, { headers: { Accept: 'text/markdown, */*' } })
    expect(markdown.headers.get('Content-Type')).toContain('text/markdown')
    expect((await kim.send('GET', `${path}.md`)).text).toBe(markdown.text)
    const zip = await bytes(path, kim, { Accept: 'application/zip' })
    expect(zip.body).toEqual((await bytes(`${path}.zip`, kim)).body)
    for (const none of [`${path}.exe`, `${path}.zip.age`, '/v1/bundles/bun_x']) {
      expect((await kim.send('GET', none)).status, none).toBe(404)
    }
    const key = await kim.send('GET', '/v1/bundles/signing-key')
    expect(key.body['keyFingerprint']).toBe(verifyBundle(zip.body).keyFingerprint)
  })

  it('survives a restart, with the same key', async () => {
    const { escalation, bundle } = await submitted(stage, connectionId)
    const before = await bytes(`/v1/bundles/${bundle}.zip`, kim)
    const key = (await kim.send('GET', '/v1/bundles/signing-key')).text
    await stage.restart()
    expect((await bytes(`/v1/bundles/${bundle}.zip`, kim)).body).toEqual(before.body)
    expect((await kim.send('GET', '/v1/bundles/signing-key')).text).toBe(key)
    expect((await caseOf(kim, escalation).view()).body['state']).toBe('submitted')
  })

  it('is sealed for support where a key of theirs is set up', async () => {
    const identity = await generateX25519Identity()
    const recipient = await identityToRecipient(identity)
    stage.interlock.deps.bundles.recipient = recipient
    const { bundle } = await submitted(stage, connectionId)
    const sealed = await bytes(`/v1/bundles/${bundle}.zip.age`, support)
    stage.interlock.deps.bundles.recipient = null
    expect(sealed.answer.status).toBe(200)
    const reader = new Decrypter()
    reader.addIdentity(identity)
    const opened = await reader.decrypt(sealed.body)
    expect(verifyBundle(opened).verdict).toBe('clean')
  })
})
