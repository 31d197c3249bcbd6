/** Stopped, killed, or left alone by the portal in the middle: nothing is lost and nothing is repeated. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { begin, connect, deletions, isLive, unmetIn } from './journey.ts'
import { codeOf } from './person.ts'
import type { Passing } from './provider.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const scimUses = (id: string): number =>
  stage.provider.practice.requests.entries.filter((r) => r.door === 'scim' && r.tokenId === id)
    .length
const isDelete = (p: Passing): boolean => p.method === 'DELETE'
const broken = () => new Response('bad gateway', { status: 502 })

describe('a restart', () => {
  it('asks for the token again, knows it by its fingerprint, and takes no other', async () => {
    const j = await begin(stage)
    await j.create()
    await j.updateIdp()
    await stage.restart()
    expect(codeOf(await j.call('test'))).toBe('token-needed')
    const before = scimUses(j.old.token.id)
    const old = await j.call('test', { token: `Bearer ${j.old.value}` })
    expect([old.status, codeOf(old)]).toEqual([422, 'old-token-given'])
    const other = await j.call('test', { token: 'scim_somebody-elses-token-0123456789' })
    expect([other.status, codeOf(other)]).toEqual([409, 'token-not-recognised'])
    expect(scimUses(j.old.token.id)).toBe(before)
    const tested = await j.must('test', { token: ` Bearer ${j.fresh.value}\n` })
    expect(tested.body['step']).toBe('verify')
    expect(unmetIn(await j.provisionPilot())).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
  })

  it('keeps what was proven, and revokes without the values', async () => {
    const j = await begin(stage)
    const before = await j.toVerified()
    await stage.restart()
    const after = await j.view()
    expect(after.body['evidence']).toEqual(before.body['evidence'])
    const done = await j.must('revoke', { oldToken: j.old.token.id })
    expect(done.body).toMatchObject({
      status: 'completed',
      proof: { witness: 'observed', portalShows: 'revoked', retiredAnswered: null },
    })
  })

  it('forgets the values by itself after four hours', async () => {
    const j = await begin(stage)
    await j.create()
    await j.updateIdp()
    stage.advance(241 * 60_000)
    expect(codeOf(await j.call('test'))).toBe('token-needed')
  })
})

describe('a kill in the middle of the revocation', () => {
  it('after the portal did it: the next start records it', async () => {
    const j = await begin(stage)
    await j.toVerified()
    let killed = ''
    stage.provider.tap = async (passing) => {
      const answer = await passing.answer()
      if (isDelete(passing)) killed = await stage.snapshot()
      return answer
    }
    await j.call('revoke', { oldToken: j.old.token.id })
    stage.provider.tap = null
    await stage.reopen(killed)
    expect((await j.view()).body).toMatchObject({
      status: 'completed',
      proof: { witness: 'observed', portalShows: 'revoked' },
    })
    expect(deletions(stage)).toEqual([j.old.token.id])
  })

  it('before the portal did it: nothing is repeated by itself, the person confirms again', async () => {
    const j = await begin(stage)
    await j.toVerified()
    let killed = ''
    stage.provider.tap = async (passing) => {
      if (!isDelete(passing)) return passing.answer()
      killed = await stage.snapshot()
      return broken()
    }
    await j.call('revoke', { oldToken: j.old.token.id })
    stage.provider.tap = null
    await stage.reopen(killed)
    expect(deletions(stage)).toEqual([])
    expect((await j.view()).body).toMatchObject({ status: 'active', step: 'revoke' })
    const done = await j.must('revoke', { oldToken: j.old.token.id })
    expect(done.body['status']).toBe('completed')
    expect(deletions(stage)).toEqual([j.old.token.id])
  })

  it('that left it open checks everything again: an old token used since is not revoked', async () => {
    const j = await begin(stage)
    await j.toVerified()
    let killed = ''
    stage.provider.tap = async (passing) => {
      if (!isDelete(passing)) return passing.answer()
      killed = await stage.snapshot()
      return broken()
    }
    await j.call('revoke', { oldToken: j.old.token.id })
    stage.provider.tap = null
    await stage.reopen(killed)
    stage.advance(10_000)
    const token = `Bearer ${j.old.value}`
    await fetch(`${stage.provider.url}/scim/v2/Users`, { headers: { Authorization: token } })
    expect(await j.tryRevoking()).toContain('old-token-quiet')
    expect(deletions(stage)).toEqual([])
  })
})

describe('a portal that does not answer', () => {
  const down = (is: boolean): void => {
    stage.provider.practice.faults.portalDown = is
  }

  it('stops each step that needs it, with its name, and none is spoilt by it', async () => {
    const { by, connectionId, old } = await connect(stage)
    down(true)
    const start = await by.send('POST', '/v1/rotations', {
      body: { connectionId, oldToken: { id: old.token.id } },
    })
    expect([start.status, start.body['fault']]).toEqual([502, 'portal-unreachable'])
    const list = await by.send('GET', `/v1/connections/${connectionId}/tokens`)
    expect([list.status, codeOf(list)]).toEqual([502, 'portal-failed'])
    down(false)

    const j = await begin(stage)
    down(true)
    expect(codeOf(await j.call('create', {}))).toBe('portal-failed')
    down(false)
    await j.create()
    down(true)
    await j.updateIdp()
    const tested = await j.must('test')
    expect(tested.body).toMatchObject({ step: 'test', test: { failed: ['token-metadata'] } })
    down(false)
    await j.test()
    down(true)
    expect(codeOf(await j.call('verify'))).toBe('portal-failed')
    down(false)
    expect(unmetIn(await j.provisionPilot())).toEqual([])
    down(true)
    const refused = await j.call('revoke', { oldToken: j.old.token.id })
    expect(unmetIn(refused)).toEqual(['old-token-quiet'])
    expect(String((refused.body['unmet'] as { seen: string }[])[0]?.seen)).toContain('not read')
    down(false)
    expect(deletions(stage)).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
  })

  it('nor its DELETE: the old token lives, the fault is named, and it is tried again by hand', async () => {
    const j = await begin(stage)
    await j.toVerified()
    stage.provider.tap = async (passing) => (isDelete(passing) ? broken() : passing.answer())
    const failed = await j.call('revoke', { oldToken: j.old.token.id })
    expect([failed.status, failed.body['fault']]).toEqual([502, 'portal-unreachable'])
    stage.provider.tap = null
    const view = (await j.view()).body
    expect(view).toMatchObject({ step: 'verify', revocation: { fault: 'portal-unreachable' } })
    expect(isLive(stage, j.old.token.id)).toBe(true)
    expect(await j.tryRevoking()).toEqual([])
  })

  it('that claims to have revoked and still lists it is not believed', async () => {
    const j = await begin(stage)
    await j.toVerified()
    stage.provider.tap = async (passing) =>
      isDelete(passing) ? new Response(null, { status: 204 }) : passing.answer()
    const failed = await j.call('revoke', { oldToken: j.old.token.id })
    expect([failed.status, failed.body['fault']]).toEqual([502, 'still-listed'])
    stage.provider.tap = null
    expect((await j.view()).body).toMatchObject({ status: 'active', proof: null })
  })

  it('nor while the old token still opens the door: nothing is recorded as revoked', async () => {
    const j = await begin(stage)
    await j.toVerified()
    const { faults } = stage.provider.practice
    let lies = false
    stage.provider.tap = async (passing) => {
      if (isDelete(passing)) {
        lies = true
        return new Response(null, { status: 204 })
      }
      const lists = lies && passing.path === '/api/v1/scim/tokens'
      // Listed as revoked, and accepted all the same: a cache in front of the SCIM endpoints.
      faults.revokedToken = lists ? [j.old.token.id] : []
      const answer = await passing.answer()
      faults.revokedToken = []
      return answer
    }
    const failed = await j.call('revoke', { oldToken: j.old.token.id })
    stage.provider.tap = null
    expect([failed.status, codeOf(failed)]).toEqual([409, 'still-answers'])
    const view = await j.view()
    expect(view.body).toMatchObject({ status: 'active', step: 'revoke', proof: null })
    // Once the cache has let go of it, the same button ends it, and the portal gets no second DELETE.
    const before = deletions(stage).length
    faults.revokedToken = [j.old.token.id]
    const done = await j.must('revoke', { oldToken: j.old.token.id })
    expect(done.body).toMatchObject({ status: 'completed', proof: { retiredAnswered: 401 } })
    expect(deletions(stage)).toHaveLength(before)
  })
})
