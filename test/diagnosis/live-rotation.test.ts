/** The same faults in the middle of a rotation: its test names them, and stays where it is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { noFaults } from '../../src/practice/fault.ts'
import type { Faults } from '../../src/practice/fault.ts'
import { begin } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => stage.close())
afterEach(() => void Object.assign(stage.provider.practice.faults, noFaults()))

interface Case {
  fault: string
  first: string
  set(faults: Faults, newToken: string): void
}

const CASES: Case[] = [
  { fault: 'revoked', first: 'token-revoked', set: (f, id) => (f.revokedToken = [id]) },
  { fault: 'expired', first: 'token-expired', set: (f, id) => (f.expired = [id]) },
  {
    fault: 'discovery behind auth',
    first: 'discovery-behind-auth',
    set: (f) => (f.discoveryBehindAuth = true),
  },
  { fault: 'a web page', first: 'web-page-instead-of-scim', set: (f) => (f.htmlErrorPage = 502) },
  { fault: '429', first: 'throttled', set: (f) => (f.throttled429 = 30) },
  { fault: 'the portal is down', first: 'portal-not-seen', set: (f) => (f.portalDown = true) },
]

const HALTING: Case[] = [
  {
    fault: 'wrong environment',
    first: 'wrong-environment',
    set: (f) => (f.wrongEnvironment = 'staging.portal.example'),
  },
  { fault: 'redirect', first: 'redirected-elsewhere', set: (f) => (f.redirectTo = 'b.example') },
]

const tested = async (example: Case) => {
  const journey = await begin(stage)
  await journey.create()
  await journey.updateIdp()
  example.set(stage.provider.practice.faults, journey.fresh.id)
  const answer = await journey.call('test')
  expect(answer.status, answer.text).toBe(200)
  const findings = answer.body['findings'] as { code: string; stopRollout: boolean }[]
  return { answer, first: findings[0], journey }
}

describe('the test of a rotation', () => {
  it.each(CASES)('$fault → $first, and step 3 is not left', async (example) => {
    const { answer, first } = await tested(example)
    expect(first?.code, answer.text).toBe(example.first)
    expect([answer.body['status'], answer.body['step']]).toEqual(['active', 'test'])
  })

  it.each(HALTING)('$fault → $first, and the rotation halts', async (example) => {
    const { answer, first, journey } = await tested(example)
    expect(first, answer.text).toMatchObject({ code: example.first, stopRollout: true })
    expect(answer.body['status']).toBe('halted')
    const held = await stage.owner.send('GET', `/v1/connections/${journey.connectionId}`)
    expect(held.body['hold']).not.toBeNull()
  })

  it('groups that are off are named, and do not keep the rotation from going on', async () => {
    const { answer, first } = await tested({
      fault: '',
      first: '',
      set: (f) => (f.groupsOff = 403),
    })
    expect(first?.code).toBe('groups-off')
    expect(answer.body['step']).toBe('verify')
  })

  it('Bearer twice in what was pasted is named', async () => {
    const journey = await begin(stage)
    await journey.create()
    await journey.updateIdp()
    const answer = await journey.call('test', { token: `Bearer Bearer ${journey.fresh.value}` })
    const findings = answer.body['findings'] as { code: string }[]
    expect(findings[0]?.code, answer.text).toBe('doubled-bearer')
  })
})

describe('a token that only looks like one of the rotation', () => {
  it('is told from it by the fingerprint, and the environment is not blamed', async () => {
    const { connectionId, old } = await begin(stage)
    const answer = await stage.owner.send('POST', `/v1/connections/${connectionId}/checks`, {
      body: { token: old.value.slice(0, -6) },
    })
    const findings = answer.body['findings'] as { code: string; likelihood: string }[]
    expect(findings[0]).toMatchObject({ code: 'token-truncated', likelihood: 'certain' })
    expect(findings.map(({ code }) => code)).not.toContain('wrong-environment')
  })
})
