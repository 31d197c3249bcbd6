/** Two people at once, or one who presses twice: one thing happens, and everybody is told the truth. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { begin, connect, deletions } from './journey.ts'
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
