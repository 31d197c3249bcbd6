/** A rotation that has ended is read from what was made once: nobody sees more by it, and it never changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { begin, unmetIn } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { codeOf } from '../workflow/person.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createEndedViews } from '../../src/http/ended-view.ts'

let stage: Stage
let done: Journey
beforeAll(async () => {
  stage = await openStage()
  done = await begin(stage)
  await done.toVerified()
  await done.must('revoke', { oldToken: done.old.token.id })
})
afterAll(() => stage.close())

describe('a rotation that has ended', () => {
  it('reads the same again and again, also after a restart and in another year', async () => {
    const first = await done.view()
    const second = await done.view()
    expect(first.body['status']).toBe('completed')
    expect(second.text).toBe(first.text)
    expect(second.headers.get('ETag')).toBe(first.headers.get('ETag'))
    expect(second.headers.get('Content-Type')).toContain('application/json')
    // The new token expires after 90 days; that unmakes nothing that was proven.
    stage.advance(400 * 86_400_000)
    await stage.restart()
    const later = await done.view()
    expect(later.text).toBe(first.text)
    expect(unmetIn(later)).toEqual([])
    const listed = await stage.owner.send('GET', '/v1/rotations')
    expect(listed.body['items']).toEqual([first.body])
  })

  it('is still nobody’s but its tenant’s, however often it was read', async () => {
    await done.view()
    const stranger = await stage.person('owner', ['globex'])
    const friend = await stage.person('auditor', ['acme'])
    const support = await stage.person('support', ['acme'])
    const hidden = await stranger.send('GET', done.path)
    expect([hidden.status, codeOf(hidden)]).toEqual([404, 'not-found'])
    expect((await support.send('GET', done.path)).status).toBe(403)
    expect((await friend.send('GET', done.path)).text).toBe((await done.view()).text)
  })

  it('is not taken for one that goes on: a running rotation is always read afresh', async () => {
    const running = await begin(stage)
    const before = await running.view()
    await running.must('halt', { reason: 'once' })
    expect((await running.view()).body['status']).toBe('halted')
    await running.must('abandon', { reason: 'twice' })
    const after = await running.view()
    expect(after.body['status']).toBe('abandoned')
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
  })
})

describe('what is kept of ended rotations', () => {
  it('is bounded, and the one unused for longest goes first', () => {
    const views = createEndedViews(30)
    const view = (text: string) => ({ tenantId: 'acme', revision: 1, text })
    for (const id of ['a', 'b', 'c']) views.set(id, view('0123456789'))
    expect(views.get('a')?.text).toBe('0123456789')
    views.set('d', view('0123456789'))
    expect(['a', 'b', 'c', 'd'].map((id) => views.get(id) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ])
    views.set('a', view('x'.repeat(31)))
    expect(['a', 'b', 'c', 'd'].filter((id) => views.get(id) !== undefined)).toEqual([])
  })
})
