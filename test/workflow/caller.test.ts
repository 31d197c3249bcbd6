/** Who calls, how often at once, and with what pasted into the field. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_MESSAGES } from '../../src/scim/token-message.ts'
import type { TokenFault } from '../../src/scim/token-message.ts'
import { begin, connect, deletions, unmetIn } from './journey.ts'
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

const statuses = (answers: readonly Answer[]): number[] =>
  answers.map((a) => a.status).sort((a, b) => a - b)

describe('two people at once', () => {
  it('pressing the same button: one wins, the other gets 412 with the revision that holds', async () => {
    const j = await begin(stage)
    const press = () => j.by.send('POST', `${j.path}/create`, { body: {}, ifMatch: '"1"' })
    const pressed = await Promise.all([press(), press(), press()])
    expect(statuses(pressed)).toEqual([200, 412, 412])
    const late = pressed.find((a) => a.status === 412)
    expect(codeOf(late!)).toBe('stale-revision')
    expect(late!.headers.get('ETag')).toBe(`"${String(late!.body['currentRevision'])}"`)
    const made = stage.provider.practice.tokens.list().filter((t) => t.name.includes(j.id))
    expect(made.filter((t) => t.revokedAt === null)).toHaveLength(1)
  })

  it('revoking: the portal gets one DELETE', async () => {
    const j = await begin(stage)
    await j.toVerified()
    const ifMatch = (await j.view()).headers.get('ETag') ?? ''
    const body = { oldToken: j.old.token.id }
    const press = () => j.by.send('POST', `${j.path}/revoke`, { body, ifMatch })
    expect(statuses(await Promise.all([press(), press()]))).toEqual([200, 412])
    expect(deletions(stage).filter((id) => id === j.old.token.id)).toHaveLength(1)
  })

  it('starting: one rotation runs', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { by, connectionId, old } = await connect(stage)
      const start = () =>
        by.send('POST', '/v1/rotations', {
          body: { connectionId, oldToken: { id: old.token.id } },
        })
      const started = await Promise.all([start(), start(), start(), start()])
      expect(statuses(started)[0], JSON.stringify(started.map((s) => s.text))).toBe(201)
      for (const late of started.filter((s) => s.status !== 201)) {
        expect([late.status, codeOf(late)]).toEqual([409, 'rotation-in-progress'])
      }
      const query = `?connectionId=${connectionId}&status=active`
      const active = await by.send('GET', `/v1/rotations${query}`)
      expect(active.body['items']).toHaveLength(1)
      const again = await start()
      expect(codeOf(again)).toBe('rotation-in-progress')
    }
  })

  it('starting while another start is half done: still one, whichever it is', async () => {
    const { by, connectionId, old } = await connect(stage)
    const start = () =>
      by.send('POST', '/v1/rotations', { body: { connectionId, oldToken: { id: old.token.id } } })
    const { store } = stage.interlock
    const commit = store.commit.bind(store)
    let release = (): void => undefined
    const overtaken = new Promise<void>((resolve) => (release = resolve))
    let held = false
    store.commit = async (...order) => {
      const isFirst = !held && order[0] === 'rotation' && order[2] === 0
      held ||= isFirst
      if (isFirst) await overtaken
      return commit(...order)
    }
    const slow = start()
    await expect.poll(() => held).toBe(true)
    const fast = await start()
    release()
    store.commit = commit
    const both = [await slow, fast]
    expect(statuses(both)).toEqual([201, 409])
    expect(both.map(codeOf)).toContain('rotation-in-progress')
    const active = await by.send('GET', `/v1/rotations?connectionId=${connectionId}&status=active`)
    const won = both.find((a) => a.status === 201)
    expect((active.body['items'] as { id: string }[]).map((r) => r.id)).toEqual([won?.body['id']])
    const ended = await by.send(
      'GET',
      `/v1/rotations?connectionId=${connectionId}&status=abandoned`,
    )
    expect(ended.body['items']).toHaveLength(1)
    expect(ended.text).toContain('Its start was cut off')
  })

  it('without saying what they looked at: 428', async () => {
    const j = await begin(stage)
    const blind = await j.by.send('POST', `${j.path}/create`, { body: {} })
    expect([blind.status, codeOf(blind)]).toEqual([428, 'precondition-required'])
  })
})

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

  it('in its usual wrappings is taken as what it is', async () => {
    const wrappings = [
      'Bearer @',
      'Bearer Bearer @',
      '"@"',
      '“@”',
      '  @\n',
      'Authorization: Bearer @',
    ]
    for (const wrapping of wrappings) {
      const tested = await j.must('test', { token: wrapping.replace('@', j.fresh.value) })
      expect(tested.body['step'], wrapping).toBe('verify')
      const old = await j.call('test', { token: wrapping.replace('@', j.old.value) })
      expect(codeOf(old), wrapping).toBe('old-token-given')
    }
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
