/** Each fault switched on at a live provider: the first finding of the first checks names it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '../../src/access/scope.ts'
import { noFaults } from '../../src/practice/fault.ts'
import { checkConnection } from '../../src/workflow/check.ts'
import { SYSTEM } from '../../src/workflow/context.ts'
import { begin, connect } from '../workflow/journey.ts'
import { codeOf } from '../workflow/person.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'

interface Case {
  fault: string
  first: string
  /** Whether it must stop the rollout. */
  stops?: true
  prepare(stage: Stage, token: { id: string; value: string }): string | void
}

const CASES: Case[] = [
  {
    fault: 'meta.location names another environment',
    first: 'wrong-environment',
    stops: true,
    prepare: (stage) => {
      stage.provider.practice.faults.wrongEnvironment = 'staging.portal.example'
    },
  },
  {
    fault: 'the token is past its expiry',
    first: 'token-expired',
    prepare: (stage, token) => {
      stage.provider.practice.faults.expired = [token.id]
    },
  },
  {
    fault: 'the token is revoked',
    first: 'token-revoked',
    prepare: (stage, token) => {
      stage.provider.practice.faults.revokedToken = [token.id]
    },
  },
  {
    fault: 'the token is another tenant’s',
    first: 'wrong-tenant',
    stops: true,
    prepare: (stage) =>
      stage.provider.practice.tokens.create({ tenantId: 'globex' }).value.reveal(),
  },
  {
    fault: 'no such token, and it is refused',
    first: 'token-not-in-portal',
    prepare: () => `scim_${'never0made'.repeat(4)}`,
  },
  {
    fault: 'Bearer twice',
    first: 'doubled-bearer',
    prepare: (_, token) => `Bearer Bearer ${token.value}`,
  },
  {
    fault: 'groups are off (403)',
    first: 'groups-off',
    prepare: (stage) => {
      stage.provider.practice.faults.groupsOff = 403
    },
  },
  {
    fault: 'groups are off (404)',
    first: 'groups-off',
    prepare: (stage) => {
      stage.provider.practice.faults.groupsOff = 404
    },
  },
  {
    fault: 'discovery asks for a token',
    first: 'discovery-behind-auth',
    prepare: (stage) => {
      stage.provider.practice.faults.discoveryBehindAuth = true
    },
  },
  {
    fault: 'a web page instead of SCIM',
    first: 'web-page-instead-of-scim',
    prepare: (stage) => {
      stage.provider.practice.faults.htmlErrorPage = 502
    },
  },
  {
    fault: 'too many requests',
    first: 'throttled',
    prepare: (stage) => {
      stage.provider.practice.faults.throttled429 = 30
    },
  },
  {
    fault: 'a redirect to another host',
    first: 'redirected-elsewhere',
    stops: true,
    prepare: (stage) => {
      stage.provider.practice.faults.redirectTo = 'elsewhere.example'
    },
  },
  {
    fault: 'a web page instead of SCIM, and instead of the portal as well',
    first: 'web-page-instead-of-scim',
    prepare: (stage) => {
      Object.assign(stage.provider.practice.faults, { htmlErrorPage: 503, reach: 'both' })
    },
  },
  {
    fault: 'too many requests, for the portal as well',
    first: 'throttled',
    prepare: (stage) => {
      Object.assign(stage.provider.practice.faults, { throttled429: 30, reach: 'both' })
    },
  },
  {
    fault: 'a redirect to another host, of the portal as well',
    first: 'redirected-elsewhere',
    stops: true,
    prepare: (stage) => {
      Object.assign(stage.provider.practice.faults, { redirectTo: 'other.example', reach: 'both' })
    },
  },
  {
    fault: 'the portal does not answer, and the token is revoked',
    first: 'unauthorized',
    prepare: (stage, token) => {
      Object.assign(stage.provider.practice.faults, { portalDown: true, revokedToken: [token.id] })
    },
  },
  {
    fault: 'the token was cut in the middle',
    first: 'token-truncated',
    prepare: (_, token) => token.value.slice(0, 20),
  },
  {
    fault: 'the token lost its end',
    first: 'token-truncated',
    prepare: (_, token) => token.value.slice(0, -6),
  },
  {
    fault: 'the portal does not answer, and all else is well',
    first: 'portal-not-seen',
    prepare: (stage) => {
      stage.provider.practice.faults.portalDown = true
    },
  },
  {
    fault: 'the portal user may not list tokens',
    first: 'portal-not-seen',
    prepare: (stage) => {
      stage.provider.practice.faults.portalForbidden = true
    },
  },
  {
    fault: 'a body without end',
    first: 'answer-too-large',
    prepare: (stage) => {
      stage.provider.practice.faults.hugeBody = 5 * 1024 * 1024
    },
  },
]

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => stage.close())
afterEach(() => void Object.assign(stage.provider.practice.faults, noFaults()))

const check = async (connectionId: string, token: string) =>
  stage.owner.send('POST', `/v1/connections/${connectionId}/checks`, { body: { token } })

const firstOf = (body: Record<string, unknown>) =>
  (body['findings'] as { code: string; stopRollout: boolean; next: string }[])[0]

describe('a fault at the provider', () => {
  it.each(CASES)('$fault → $first', async (example) => {
    const { first, stops } = example
    const { connectionId, old } = await connect(stage)
    const token = example.prepare(stage, { id: old.token.id, value: old.value }) ?? old.value
    const answer = await check(connectionId, token)
    expect(answer.status, answer.text).toBe(200)
    const found = firstOf(answer.body)
    expect(found?.code, answer.text).toBe(first)
    expect(found?.stopRollout).toBe(stops ?? false)
    expect(found?.next.length).toBeGreaterThan(10)
    const held = await stage.owner.send('GET', `/v1/connections/${connectionId}`)
    expect(held.body['hold'] !== null).toBe(stops ?? false)
  })

  it('an answer slower than the limit → timed-out', async () => {
    const { connectionId, old } = await connect(stage)
    stage.provider.practice.faults.slow = 2_000
    const { deps } = stage.interlock
    const impatient = {
      ...deps,
      scim: {
        ...deps.scim,
        firstChecks: (order: Parameters<typeof deps.scim.firstChecks>[0]) =>
          deps.scim.firstChecks({ ...order, timeoutMs: 100 }),
      },
      actor: SYSTEM,
      scope: scopeOf('all'),
    }
    const seen = await checkConnection(impatient, connectionId, { token: old.value })
    expect(seen.findings[0]?.code).toBe('timed-out')
  })

  it('nothing wrong → nothing found, and the portal proves that it is the same environment', async () => {
    const { connectionId, old } = await connect(stage)
    const answer = await check(connectionId, old.value)
    expect(answer.body['findings']).toEqual([])
    const checks = answer.body['checks'] as { name: string; outcome: string; detail: string }[]
    expect(checks.map((c) => [c.name, c.outcome])).toEqual([
      ['discovery', 'pass'],
      ['list-users', 'pass'],
      ['list-groups', 'pass'],
      ['token-metadata', 'pass'],
      ['environment', 'pass'],
    ])
    expect(checks[3]?.detail).toContain('moved with ours')
  })
})

describe('a wrong tenant', () => {
  it('halts the running rotation, blocks the next, and only a named person’s reason lifts it', async () => {
    const journey = await begin(stage)
    const other = stage.provider.practice.tokens.create({ tenantId: 'globex' }).value.reveal()
    await check(journey.connectionId, other)
    expect((await journey.view()).body).toMatchObject({ status: 'halted' })
    await journey.must('abandon', { reason: 'the wrong tenant was seen' })
    const start = () =>
      stage.owner.send('POST', '/v1/rotations', {
        body: { connectionId: journey.connectionId, oldToken: { id: journey.old.token.id } },
      })
    const refused = await start()
    expect([refused.status, codeOf(refused)]).toEqual([409, 'tenant-mismatch'])
    expect(String(refused.body['detail'])).toContain('acme was expected')

    const path = `/v1/connections/${journey.connectionId}`
    const { headers } = await stage.owner.send('GET', path)
    const ifMatch = headers.get('ETag') ?? ''
    const bare = await stage.owner.send('POST', `${path}/confirm-tenant`, { ifMatch, body: {} })
    expect(bare.status).toBe(422)
    const body = { reason: 'the token in the form was from globex; acme is right' }
    const lifted = await stage.owner.send('POST', `${path}/confirm-tenant`, { ifMatch, body })
    expect([lifted.status, lifted.body['hold']]).toEqual([200, null])
    expect((await start()).status).toBe(201)
  })

  it('is recognised by a fingerprint of another tenant’s rotation, though the token is refused', async () => {
    const theirs = await begin(stage, { tenantId: 'globex' })
    stage.provider.practice.tokens.revoke(theirs.old.token.id, 'globex')
    const { connectionId } = await connect(stage)
    const answer = await check(connectionId, theirs.old.value)
    expect(firstOf(answer.body)).toMatchObject({ code: 'wrong-tenant', stopRollout: true })
  })

  it('is taken from a person as well, without a revision, and halts at once', async () => {
    const journey = await begin(stage)
    const path = `/v1/connections/${journey.connectionId}`
    const said = await stage.owner.send('POST', `${path}/report-mismatch`, {
      body: { found: 'globex-eu' },
    })
    expect(said.body['hold'], said.text).toMatchObject({
      mismatches: [{ source: 'person', expected: 'acme', found: 'globex-eu' }],
    })
    const { body } = await journey.view()
    expect(body).toMatchObject({ status: 'halted', next: { action: 'resume' } })
    const again = await stage.owner.send('POST', `${path}/report-mismatch`, {
      body: { found: 'globex-us' },
    })
    expect(JSON.stringify(again.body['hold'])).toContain('globex-us')
  })

  it('is recognised by the tenant the portal names, at the check, at the start and while verifying', async () => {
    // Its name counts only where somebody here goes by it: a portal may have words of its own.
    const { faults } = stage.provider.practice
    const quiet = await connect(stage)
    faults.tenantName = 'org-4711'
    expect((await check(quiet.connectionId, quiet.old.value)).body['findings']).toEqual([])
    faults.tenantName = null
    await connect(stage, { tenantId: 'globex' })
    const running = await begin(stage)
    await running.create()
    await running.updateIdp()
    await running.test()

    faults.tenantName = 'globex'
    const answer = await check(quiet.connectionId, quiet.old.value)
    expect(firstOf(answer.body)).toMatchObject({ code: 'wrong-tenant', stopRollout: true })
    const seen = await stage.owner.send('GET', `/v1/connections/${quiet.connectionId}`)
    expect(seen.body['hold']).toMatchObject({
      mismatches: [{ source: 'portal-tenant', expected: 'acme', found: 'globex' }],
    })
    const looked = await running.call('verify')
    expect(looked.body, looked.text).toMatchObject({ status: 'halted' })

    const fresh = await connect(stage)
    const start = await stage.owner.send('POST', '/v1/rotations', {
      body: { connectionId: fresh.connectionId, oldToken: { id: fresh.old.token.id } },
    })
    expect([start.status, codeOf(start)]).toEqual([409, 'tenant-mismatch'])
    expect(String(start.body['detail'])).toContain('globex was found')
  })
})
