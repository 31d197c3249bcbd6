/** The whole way with each IdP, and on the wire the difference between its test and an event. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IdpHand, IdpKind } from '../../src/practice/idp-contract.ts'
import { answers, begin, deletions, PILOT, unmetIn, waitUntil } from './journey.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const writes = (idp: IdpHand): string[] =>
  idp.requests.filter((r) => r.method !== 'GET').map((r) => `${r.method} ${shape(r.path)}`)
const shape = (path: string): string => path.replace(/\/Users\/[^/?]+/, '/Users/{id}')

const CASES: readonly { kind: IdpKind; test: RegExp; event: string }[] = [
  { kind: 'okta', test: /^\/Users\?startIndex=1&count=2$/, event: 'PUT /Users/{id}' },
  {
    kind: 'entra',
    test: /^\/Users\?filter=userName eq "[0-9a-f-]{36}"$/,
    event: 'PATCH /Users/{id}',
  },
  { kind: 'onelogin', test: /^\/Users\?startIndex=1&count=1$/, event: 'PUT /Users/{id}' },
]

describe.each(CASES)('a rotation with $kind', ({ kind, test, event }) => {
  it('is verified by the event, not by the test, and ends with 401 and 200', async () => {
    const j = await begin(stage, { idp: kind })
    await j.create()
    expect(await answers(stage, j.old.value)).toBe(200)
    await j.updateIdp()
    await j.test()

    // The IdP's own test: green, authenticated with the new token, and no event.
    const canary = await j.must('canary')
    waitUntil(stage, canary.body['earliest'])
    const before = writes(j.idp).length
    expect(await j.idp.testConnection()).toEqual({ green: true, httpStatus: 200 })
    expect(j.idp.requests.some((r) => test.test(r.path))).toBe(true)
    expect(writes(j.idp)).toHaveLength(before)
    const probed = await j.must('verify')
    expect(unmetIn(probed)).toContain('provisioning-event-verified')
    expect(probed.body['verified']).toBeNull()

    // A real change: a write, and only now the gate opens.
    const looked = await j.provisionPilot()
    expect(writes(j.idp).slice(before)).toEqual([event])
    expect(unmetIn(looked)).toEqual([])
    expect(looked.body['verified']).toBe('E7')
    expect(deletions(stage)).not.toContain(j.old.token.id)

    const done = await j.must('revoke', { oldToken: j.old.token.id })
    expect(done.body).toMatchObject({
      status: 'completed',
      step: 'done',
      proof: {
        witness: 'observed',
        portalShows: 'revoked',
        retiredAnswered: 401,
        keptAnswered: 200,
      },
    })
    expect(deletions(stage)).toContain(j.old.token.id)
    expect(await answers(stage, j.old.value)).toBe(401)
    expect(await answers(stage, j.fresh.value)).toBe(200)
    const certificate = await j.by.send('GET', `${j.path}/certificate`)
    expect(certificate.body).toMatchObject({ complete: true, format: 'interlock/certificate' })
    const journal = async (query = '') =>
      (await j.by.send('GET', `${j.path}/journal${query}`)).body as {
        items: unknown[]
        nextCursor: string | null
      }
    const whole = await journal()
    expect(whole.nextCursor).toBeNull()
    const paged: unknown[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await journal(`?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(page.items.length).toBeLessThanOrEqual(4)
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(whole.items)
    expect(paged.length).toBeGreaterThan(8)
    for (const [query, status] of [
      ['limit=0', 422],
      ['cursor=bm8', 400],
    ]) {
      expect((await j.by.send('GET', `${j.path}/journal?${query}`)).status).toBe(status)
    }
    const after = await j.idp.provision({ userName: PILOT, change: { title: 'Engineer' } })
    expect(after.outcome).toBe('success')
  })
})
