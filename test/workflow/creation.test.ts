/** Step 1 when it is repeated, refused or cut off; and tokens that die without us. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { begin, connect, deletions, isLive, requirementsOf, unmetIn } from './journey.ts'
import { codeOf } from './person.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const named = (rotation: string) =>
  stage.provider.practice.tokens.list().filter((t) => t.name.startsWith(`interlock-${rotation}`))
const isCreation = (p: { method: string; path: string }): boolean =>
  p.method === 'POST' && p.path === '/api/v1/scim/tokens'
const broken = () => new Response('bad gateway', { status: 502 })

describe('creating the new token', () => {
  it('twice starts again with the second one; the first is named and left alone', async () => {
    const j = await begin(stage)
    await j.create()
    const first = j.fresh.id
    await j.updateIdp()
    await j.test()
    await j.create()
    expect(j.fresh.id).not.toBe(first)
    const view = (await j.view()).body
    expect(view).toMatchObject({ step: 'update-idp', cutoverAt: null, superseded: [{ id: first }] })
    expect(await j.tryRevoking()).toContain('connection-tested')
    await j.updateIdp()
    await j.test()
    expect(unmetIn(await j.provisionPilot())).toEqual([])
    const done = await j.must('revoke', { oldToken: j.old.token.id })
    const { instructions } = done.body['next'] as { instructions: string[] }
    expect(instructions.join(' ')).toContain('Earlier new tokens')
    expect(deletions(stage)).toEqual([j.old.token.id])
    expect(isLive(stage, first)).toBe(true)
  })

  it('that breaks off after the portal made it: the next attempt revokes the orphan', async () => {
    const j = await begin(stage)
    stage.provider.tap = async (passing) => {
      const answer = await passing.answer()
      return isCreation(passing) ? broken() : answer
    }
    const failed = await j.call('create', {})
    expect([failed.status, codeOf(failed)]).toEqual([502, 'portal-failed'])
    stage.provider.tap = null
    const [orphan] = named(j.id)
    expect(orphan?.revokedAt).toBeNull()
    await j.create()
    expect(deletions(stage)).toEqual([orphan?.id])
    expect(named(j.id).filter((t) => t.revokedAt === null)).toHaveLength(1)
    expect((await j.view()).body).toMatchObject({ newToken: { id: j.fresh.id }, superseded: [] })
  })

  it('that a kill cuts off is cleaned up at the next start', async () => {
    const j = await begin(stage)
    let killed = ''
    stage.provider.tap = async (passing) => {
      const answer = await passing.answer()
      if (!isCreation(passing)) return answer
      killed = await stage.snapshot()
      return broken()
    }
    await j.call('create', {})
    stage.provider.tap = null
    const [orphan] = named(j.id)
    await stage.reopen(killed)
    expect(deletions(stage)).toEqual([orphan?.id])
    expect(isLive(stage, j.old.token.id)).toBe(true)
    const journal = await j.by.send('GET', `${j.path}/journal`)
    expect(journal.text).toContain('orphan-revoked')
    await j.create()
    expect(
      named(j.id)
        .filter((t) => t.revokedAt === null)
        .map((t) => t.id),
    ).toEqual([j.fresh.id])
  })

  it('that is refused leaves nothing behind', async () => {
    const j = await begin(stage)
    stage.provider.practice.faults.portalForbidden = true
    const refused = await j.call('create', {})
    expect(refused.body).toMatchObject({ status: 502, fault: 'portal-forbidden' })
    stage.provider.practice.faults.portalForbidden = false
    await j.create()
    expect(named(j.id)).toHaveLength(1)
    expect(deletions(stage)).toEqual([])
  })

  it('shows its value once: a repeat with the same idempotency key does not', async () => {
    const j = await begin(stage)
    const send = () =>
      j.by.send('POST', `${j.path}/create`, {
        body: {},
        ifMatch: '"1"',
        headers: { 'Idempotency-Key': 'once' },
      })
    const [first, again] = [await send(), await send()]
    expect(String(first.body['token'])).toMatch(/^scim_/)
    expect([again.status, again.body['token']]).toEqual([200, null])
    expect(again.body['shownAt']).toEqual(expect.any(String))
    expect(named(j.id)).toHaveLength(1)
  })
})

describe('a portal without an overlap', () => {
  it('starts no rotation', async () => {
    const { by, connectionId, old } = await connect(stage)
    const start = () =>
      by.send('POST', '/v1/rotations', {
        body: { connectionId, oldToken: { id: old.token.id } },
      })
    const overlap = async (kind: string): Promise<void> => {
      const seen = await by.send('GET', `/v1/connections/${connectionId}`)
      const ifMatch = seen.headers.get('ETag') ?? ''
      const body = { portal: { kind: 'axonflow', overlap: kind } }
      const done = await by.send('PATCH', `/v1/connections/${connectionId}`, { body, ifMatch })
      expect(done.status, done.text).toBe(200)
    }
    for (const kind of ['replace', 'grace-window', 'staged']) {
      await overlap(kind)
      expect(codeOf(await start()), kind).toBe('no-overlap')
    }
    await overlap('two-slots')
    const second = stage.provider.practice.tokens.create({ name: 'takes the second slot' })
    expect(codeOf(await start())).toBe('no-overlap')
    stage.provider.practice.tokens.revoke(second.token.id)
    expect((await start()).status).toBe(201)
  })
})

describe('tokens that die without us', () => {
  it('the old one, revoked behind our back: noticed, said, and the proof for the new one still asked', async () => {
    const j = await begin(stage)
    await j.create()
    await j.updateIdp()
    await j.test()
    stage.provider.practice.tokens.revoke(j.old.token.id)
    const looked = await j.must('verify')
    expect(looked.body['oldTokenLost']).toMatchObject({ how: 'revoked' })
    expect(await j.tryRevoking()).toEqual(['provisioning-event-verified', 'new-token-in-use'])
    const verified = await j.provisionPilot()
    const quiet = requirementsOf(verified).find((r) => r.code === 'old-token-quiet')
    expect(quiet).toMatchObject({ met: true, seen: expect.stringContaining('gone already') })
    const done = await j.must('revoke', { oldToken: j.old.token.id })
    expect(done.body).toMatchObject({ status: 'completed', proof: { retiredAnswered: 401 } })
    expect(deletions(stage)).toEqual([])
  })

  it('the old one, dead before the start: said at once', async () => {
    const { by, connectionId, old } = await connect(stage)
    stage.provider.practice.tokens.revoke(old.token.id)
    const started = await by.send('POST', '/v1/rotations', {
      body: { connectionId, oldToken: { id: old.token.id } },
    })
    expect(started.status, started.text).toBe(201)
    expect(started.body['oldTokenLost']).toMatchObject({ how: 'revoked' })
  })

  it('the new one, expired or revoked: the old one cannot be revoked', async () => {
    const j = await begin(stage)
    await j.toVerified()
    const { faults } = stage.provider.practice
    faults.expired = [j.fresh.id]
    expect(await j.tryRevoking()).toEqual(['new-token-live'])
    faults.expired = []
    faults.revokedToken = [j.fresh.id]
    expect(await j.tryRevoking()).toEqual(['new-token-live'])
    faults.revokedToken = []
    expect(deletions(stage)).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
  })
})
