/** Who calls, and with what pasted into the field. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_MESSAGES } from '../../src/scim/token-message.ts'
import type { TokenCorrection, TokenFault } from '../../src/scim/token-message.ts'
import { begin, unmetIn } from './journey.ts'
import type { Journey } from './journey.ts'
import { codeOf } from './person.ts'
import type { Answer } from './person.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('what is pasted as a token', () => {
  const WRONG: readonly [string, TokenFault][] = [
    ['   ', 'empty'],
    ['Bearer', 'bearer-only'],
    ['scim_', 'prefix-only'],
    ['ilk_0123456789abcdef0123456789abcdef', 'own-key'],
    ['scim_••••••••', 'masked'],
    ['scim_0123456789…', 'truncated'],
    ['"scim_0123456789abcdef', 'unbalanced-quote'],
    ['scim_01234\n56789abcdef', 'inner-newline'],
    ['scim_01234 56789abcdef', 'inner-space'],
    ['scim_01234\u200b56789abcdef', 'invisible-character'],
    ['scim_01234é56789abcdef', 'not-ascii'],
    ['scim_01234{56789}abcdef', 'not-token-characters'],
    ['scim_1', 'too-short'],
  ]

  let j: Journey
  beforeAll(async () => {
    j = await begin(stage)
    await j.create()
    await j.updateIdp()
  })

  it.each(WRONG)('%j is refused by name, without repeating it', async (pasted, fault) => {
    const answer = await j.call('test', { token: pasted })
    expect([answer.status, codeOf(answer)]).toEqual([422, 'token-unusable'])
    expect(answer.body).toMatchObject({
      detail: TOKEN_MESSAGES[fault],
      errors: [{ path: 'token', kind: fault }],
    })
    if (pasted.length > 8) expect(answer.text).not.toContain(pasted.slice(5))
  })

  const WRAPPED: readonly [string, TokenCorrection[]][] = [
    ['Bearer @', ['leading-bearer']],
    ['Bearer Bearer @', ['doubled-bearer']],
    ['"@"', ['quotes']],
    ['“@”', ['smart-quotes']],
    ['@\n', ['trailing-newline']],
    ['  @', ['surrounding-space']],
    ['Authorization: Bearer @', ['header-name', 'leading-bearer']],
  ]

  it('in its usual wrappings is taken as what it is, and each is said', async () => {
    for (const [wrapping, names] of WRAPPED) {
      const token = wrapping.replace('@', j.fresh.value)
      const corrections = names.map((kind) => ({ kind, message: TOKEN_MESSAGES[kind] }))
      const tested = await j.must('test', { token })
      expect(tested.body['step'], wrapping).toBe('verify')
      expect(tested.body['corrections'], wrapping).toEqual(corrections)
      const checks = `/v1/connections/${j.connectionId}/checks`
      const checked = await j.by.send('POST', checks, { body: { token } })
      expect(checked.body['corrections'], wrapping).toEqual(corrections)
      const old = await j.call('test', { token: wrapping.replace('@', j.old.value) })
      expect(codeOf(old), wrapping).toBe('old-token-given')
    }
    const plain = await j.must('test', { token: j.fresh.value })
    expect(plain.body).not.toHaveProperty('corrections')
  })

  it('cut short is told from a stranger’s, while the whole of it is in memory and after', async () => {
    const whole = j.fresh.value
    const detailOf = async (token: string) => {
      const answer = await j.call('test', { token })
      expect(codeOf(answer)).toBe('token-not-recognised')
      return answer.body['detail']
    }
    const cut = [whole.slice(0, -4), whole.slice(4)]
    for (const token of cut) expect(await detailOf(token)).toContain('not the whole of it')
    expect(await detailOf(`${whole}x`)).not.toContain('not the whole of it')
    stage.interlock.deps.vault.wipe(j.id)
    expect(await detailOf(whole.slice(0, -4))).toContain('not the whole of it')
    expect(await detailOf('scim_0123456789abcdef')).not.toContain('not the whole of it')
    await j.must('test', { token: whole })
  })
})

describe('the first checks', () => {
  it('do not disturb the old token’s silence once the IdP was updated', async () => {
    const j = await begin(stage)
    const checks = `/v1/connections/${j.connectionId}/checks`
    const early = await j.by.send('POST', checks, { body: { token: j.old.value } })
    expect(early.status, early.text).toBe(200)
    await j.create()
    await j.updateIdp()
    const uses = () =>
      stage.provider.practice.requests.entries.filter((r) => r.tokenId === j.old.token.id).length
    const before = uses()
    const late = await j.by.send('POST', checks, { body: { token: j.old.value } })
    expect([late.status, codeOf(late)]).toEqual([422, 'old-token-given'])
    expect(uses()).toBe(before)
    await j.test()
    const own = await j.by.send('POST', checks, { body: { token: j.fresh.value } })
    expect(own.status).toBe(200)
    // Our own check is not the IdP.
    stage.advance(5_000)
    expect(unmetIn(await j.must('verify'))).toContain('new-token-in-use')
  })
})

describe('another base URL', () => {
  it('in the middle sends the rotation back, and the proof of the first place is gone', async () => {
    const j = await begin(stage)
    await j.toVerified()
    const at = `/v1/connections/${j.connectionId}`
    const patch = async (body: unknown) => {
      const ifMatch = (await j.by.send('GET', at)).headers.get('ETag') ?? ''
      return j.by.send('PATCH', at, { body, ifMatch })
    }
    const moved = await patch({ scimBaseUrl: `${stage.provider.url}/elsewhere/scim/v2` })
    expect(moved.status, moved.text).toBe(200)
    const view = await j.view()
    expect(view.body).toMatchObject({ step: 'update-idp', cutoverAt: null, verified: null })
    expect(await j.tryRevoking()).toContain('provisioning-event-verified')
    const evidence = view.body['evidence'] as { admissible: boolean }[]
    expect(evidence.every((e) => !e.admissible)).toBe(true)
    // And back again: still all to be proven anew.
    await patch({ scimBaseUrl: `${stage.provider.url}/scim/v2` })
    await j.must('update-idp')
    await j.test()
    expect(await j.tryRevoking()).toContain('provisioning-event-verified')
    expect((await patch({ idp: 'entra' })).body['type']).toContain('connection-in-use')
    expect(unmetIn(await j.provisionPilot())).toEqual([])
  })
})

describe('what must not be seen', () => {
  it('the portal’s credential is in no answer', async () => {
    const credential = stage.provider.practice.state.tenants.get('acme')?.credential.reveal() ?? ''
    expect(credential.length).toBeGreaterThan(20)
    expect(stage.heard.length).toBeGreaterThan(100)
    expect(stage.heard.filter((h) => h.text.includes(credential))).toEqual([])
    expect(stage.heard.some((h) => h.text.includes('"hasCredential":true'))).toBe(true)
  })

  it('another tenant’s rotation looks exactly like one that does not exist', async () => {
    const j = await begin(stage)
    const stranger = await stage.person('admin', ['globex'])
    const calls = [
      ['GET', '', undefined],
      ['GET', '/journal', undefined],
      ['GET', '/certificate', undefined],
      ['GET', '/stream', undefined],
      ['POST', '/create', {}],
      ['POST', '/update-idp', {}],
      ['POST', '/test', {}],
      ['POST', '/canary', {}],
      ['POST', '/verify', {}],
      ['POST', '/revoke', { oldToken: j.old.token.id }],
      ['POST', '/confirm-revoked', {}],
      ['POST', '/approve', {}],
      ['POST', '/halt', { reason: 'x' }],
      ['POST', '/resume', { reason: 'x' }],
      ['POST', '/roll-back', { reason: 'x' }],
      ['POST', '/abandon', { reason: 'x' }],
    ] as const
    for (const [method, tail, body] of calls) {
      const sent = { ...(body === undefined ? {} : { body }), ifMatch: '"1"' }
      const theirs = await stranger.send(method, `${j.path}${tail}`, sent)
      const nobodys = await stranger.send(method, `/v1/rotations/rot_nothing${tail}`, sent)
      const bare = (a: Answer): unknown => ({ ...a.body, requestId: '' })
      expect([theirs.status, bare(theirs)], tail).toEqual([404, bare(nobodys)])
    }
    const at = `/v1/connections/${j.connectionId}`
    for (const [method, path, body] of [
      ['GET', at, undefined],
      ['PATCH', at, { name: 'mine' }],
      ['DELETE', at, undefined],
      ['GET', `${at}/tokens`, undefined],
      ['POST', `${at}/checks`, {}],
      ['POST', '/v1/rotations', { connectionId: j.connectionId, oldToken: { id: 'x' } }],
    ] as const) {
      const sent = { ...(body === undefined ? {} : { body }), ifMatch: '"1"' }
      expect((await stranger.send(method, path, sent)).status, `${method} ${path}`).toBe(404)
    }
    for (const list of ['/v1/rotations', '/v1/connections']) {
      expect((await stranger.send('GET', list)).body['items'], list).toEqual([])
    }
    expect((await j.view()).body['revision']).toBe(1)
  })
})
