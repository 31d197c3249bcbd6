/**
 * Every use that Interlock makes of the new token is written down, also when somebody else's commit
 * came first: one that was forgotten would look like the IdP's.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { begin, unmetIn, waitUntil } from './journey.ts'
import type { Journey } from './journey.ts'
import type { Answer } from './person.ts'
import { codeOf } from './person.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => {
  stage.provider.tap = null
})
afterAll(() => stage.close())

/** Starts a call and holds it at its first request to this path, lets `meanwhile` happen, then lets it go on. */
async function overtaken(
  path: string,
  call: () => Promise<Answer>,
  meanwhile: () => Promise<unknown>,
): Promise<Answer> {
  let arrived = false
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  stage.provider.tap = async (passing) => {
    if (!arrived && passing.path === path) {
      arrived = true
      await released
    }
    return passing.answer()
  }
  const slow = call()
  await expect.poll(() => arrived).toBe(true)
  await meanwhile()
  stage.advance(5_000)
  release()
  return slow
}

async function seenFromOutside(j: Journey): Promise<unknown[]> {
  stage.advance(5_000)
  const looked = await j.must('verify')
  const evidence = looked.body['evidence'] as { level: string; admissible: boolean }[]
  expect(unmetIn(looked)).toContain('new-token-in-use')
  return evidence.filter((e) => e.level === 'E3' && e.admissible)
}

const atTest = async (): Promise<Journey> => {
  const j = await begin(stage)
  await j.create()
  await j.updateIdp()
  return j
}

describe('a use that lost the race to be recorded', () => {
  it('of a test is still ours', async () => {
    const j = await atTest()
    const ifMatch = (await j.view()).headers.get('ETag') ?? ''
    const late = await overtaken(
      '/scim/v2/ServiceProviderConfig',
      () => j.by.send('POST', `${j.path}/test`, { body: {}, ifMatch }),
      () => j.test(),
    )
    expect([late.status, codeOf(late)]).toEqual([412, 'stale-revision'])
    expect(await seenFromOutside(j)).toEqual([])
  })

  it('of a look at the pilot is still ours', async () => {
    const j = await atTest()
    await j.test()
    const canary = await j.must('canary')
    waitUntil(stage, canary.body['earliest'])
    const ifMatch = (await j.view()).headers.get('ETag') ?? ''
    const late = await overtaken(
      '/scim/v2/Users',
      () => j.by.send('POST', `${j.path}/verify`, { body: {}, ifMatch }),
      () => j.must('canary'),
    )
    expect([late.status, codeOf(late)]).toEqual([412, 'stale-revision'])
    expect(await seenFromOutside(j)).toEqual([])
  })

  it('of the first checks is still ours, and nobody is told of a revision they never sent', async () => {
    const j = await atTest()
    await j.test()
    const late = await overtaken(
      '/scim/v2/ServiceProviderConfig',
      () =>
        j.by.send('POST', `/v1/connections/${j.connectionId}/checks`, {
          body: { token: j.fresh.value },
        }),
      () => j.must('canary'),
    )
    expect(late.status, late.text).toBe(200)
    expect(await seenFromOutside(j)).toEqual([])
  })
})
