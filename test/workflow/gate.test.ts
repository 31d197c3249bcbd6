/** The old token cannot be revoked one moment too early, whatever is pressed and whatever is green. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  asTyped,
  begin,
  deletions,
  isLive,
  PILOT,
  requirementsOf,
  unmetIn,
  waitUntil,
} from './journey.ts'
import type { Journey } from './journey.ts'
import { codeOf } from './person.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const MEASURED = ['provisioning-event-verified', 'new-token-in-use', 'old-token-quiet']
const NOTHING_YET = ['connection-tested', 'tenant-confirmed', ...MEASURED]

describe('revoking too early', () => {
  it('is refused at every step with exactly what is missing then', async () => {
    const j = await begin(stage)
    expect(await j.tryRevoking()).toEqual([...NOTHING_YET, 'new-token-live'])
    await j.create()
    expect(await j.tryRevoking()).toEqual([...NOTHING_YET, 'new-token-live'])
    await j.updateIdp()
    expect(await j.tryRevoking()).toEqual(NOTHING_YET)
    await j.test()
    expect(await j.tryRevoking()).toEqual(MEASURED)
    await j.must('canary')
    expect(await j.tryRevoking()).toEqual(MEASURED)
    // Time alone makes the old token quiet, and nothing else.
    stage.advance(3_600_000)
    expect(await j.tryRevoking()).toEqual(MEASURED.slice(0, 2))
    await j.must('halt', { reason: 'lunch' })
    // Halted, nobody even looks at the portal: nothing is known to be quiet.
    expect(await j.tryRevoking()).toEqual(['tenant-confirmed', ...MEASURED])
    await j.must('resume', { reason: 'back' })
    await j.provisionPilot()
    expect(deletions(stage)).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
    expect(deletions(stage)).toEqual([j.old.token.id])
  })

  it('says for each what was seen, what would satisfy it, who, and journals the refusal', async () => {
    const j = await begin(stage)
    const refused = await j.call('revoke', { oldToken: j.old.token.id })
    expect(refused.status).toBe(409)
    for (const r of refused.body['unmet'] as Record<string, unknown>[]) {
      for (const part of ['detail', 'seen', 'unblock', 'who']) {
        expect(String(r[part]).length, `${String(r['code'])} ${part}`).toBeGreaterThan(5)
      }
    }
    const journal = await j.by.send('GET', `${j.path}/journal`)
    const entries = journal.body['items'] as Record<string, unknown>[]
    expect(entries.at(-1)).toMatchObject({
      event: 'revocation.confirmed',
      outcome: 'refused',
      detail: { code: 'revocation-blocked', unmet: unmetIn(refused) },
    })
  })

  it('takes no other name for the old token: not the new one’s, not half of its own', async () => {
    const j = await begin(stage)
    await j.toVerified()
    for (const name of [j.fresh.id, j.old.token.id.slice(0, -1), j.old.token.prefix, 'tok_other']) {
      expect(await j.tryRevoking(name), name).toEqual(['old-token-named'])
    }
    expect(isLive(stage, j.old.token.id)).toBe(true)
  })
})

describe('an IdP that was tested and not saved', () => {
  it('goes on with the old token: its silence is missing, and a new cutover mends it', async () => {
    const j = await begin(stage)
    await j.create()
    j.idp.enterToken(asTyped('okta', j.fresh.value))
    expect((await j.idp.testConnection()).green).toBe(true)
    await j.must('update-idp')
    await j.test()
    expect((await j.idp.testConnection()).green).toBe(true)
    const looked = await j.provisionPilot()
    expect(j.idp.state()).toMatchObject({ form: 'tested', formIsSaved: false })
    expect(unmetIn(looked)).toContain('old-token-quiet')
    const quiet = requirementsOf(looked).find((r) => r.code === 'old-token-quiet')
    expect(quiet).toMatchObject({ who: 'idp-admin' })
    expect(quiet?.seen).toMatch(/^Used at .*, after the IdP was updated/)
    expect(quiet?.unblock).toContain('Save the new token')
    // No waiting helps.
    stage.advance(3 * 3_600_000)
    await j.must('verify')
    expect(await j.tryRevoking()).toContain('old-token-quiet')

    j.idp.save()
    await j.must('update-idp')
    await j.test()
    expect(unmetIn(await j.provisionPilot())).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
  })

  it('is not fooled by a write with the old token and a probe with the new one at once', async () => {
    const j = await begin(stage)
    await j.create()
    await j.must('update-idp')
    await j.test()
    const canary = await j.must('canary')
    waitUntil(stage, canary.body['earliest'])
    await j.idp.provision({ userName: PILOT, change: { title: String(canary.body['value']) } })
    j.idp.enterToken(asTyped('okta', j.fresh.value))
    await j.idp.testConnection()
    await j.must('verify')
    stage.advance(10_000)
    expect(unmetIn(await j.must('verify'))).toEqual(
      expect.arrayContaining(['provisioning-event-verified', 'old-token-quiet']),
    )
    expect(await j.tryRevoking()).toContain('old-token-quiet')
  })
})

describe('events that somebody types', () => {
  let j: Journey
  beforeEach(async () => {
    j = await begin(stage)
    await j.create()
    await j.updateIdp()
    await j.test()
    stage.advance(5_000)
  })
  const at = (offsetMs = -1000): string => new Date(stage.now.ms + offsetMs).toISOString()
  const event = (over: Record<string, unknown> = {}) => ({
    event: {
      operation: 'update',
      subject: PILOT,
      occurredAt: at(),
      outcome: 'success',
      source: 'Okta system log',
      reference: 'evt-1',
      ...over,
    },
  })

  it('never count when they are a read, a failure, a skip, somebody else, too early or to come', async () => {
    const cutover = String((await j.view()).body['cutoverAt'])
    const never = [
      { operation: 'read' },
      { outcome: 'failure' },
      { outcome: 'skipped' },
      { subject: 'somebody@acme.example' },
      { occurredAt: cutover },
      { occurredAt: at(-86_400_000) },
      { occurredAt: at(3_600_000) },
      { tokenId: j.old.token.id },
    ]
    for (const [index, over] of never.entries()) {
      const told = await j.must('verify', event({ reference: `never-${index}`, ...over }))
      const evidence = told.body['evidence'] as { level: string; admissible: boolean }[]
      expect(evidence.at(-1), JSON.stringify(over)).toMatchObject({
        level: 'E4',
        admissible: false,
      })
      expect(unmetIn(told)).toContain('provisioning-event-verified')
    }
    expect(await j.tryRevoking()).toContain('provisioning-event-verified')
  })

  it('of another tenant halt the rotation', async () => {
    const told = await j.must('verify', event({ tenantId: 'globex' }))
    expect(told.body).toMatchObject({ status: 'halted', halted: { cause: 'tenant-mismatch' } })
    expect(await j.tryRevoking()).toContain('tenant-confirmed')
  })

  it('count once, as somebody’s word, and then ask for a second person', async () => {
    const token = `Bearer ${j.fresh.value}`
    await fetch(`${stage.provider.url}/scim/v2/Users`, { headers: { Authorization: token } })
    const told = await j.must('verify', event({ occurredAt: at(-100) }))
    const again = await j.must('verify', event({ occurredAt: at(-100) }))
    const evidence = again.body['evidence'] as { level: string; admissible: boolean }[]
    expect(evidence.filter((e) => e.level === 'E4').map((e) => e.admissible)).toEqual([true, false])
    expect(unmetIn(told)).toContain('second-person-approved')
    await j.must('verify')
    expect(await j.tryRevoking()).toEqual(['second-person-approved'])
    expect(codeOf(await j.call('approve'))).toBe('same-person')
    const second = await stage.person('approver', ['acme'])
    expect((await j.call('approve', {}, second)).status).toBe(200)
    expect(await j.tryRevoking()).toEqual([])
  })

  it('are not needed, and a typed reading is not taken, where the portal can be seen', async () => {
    const reading = { oldLastUsedAt: null, newLastUsedAt: at(), readAt: at(0) }
    expect(codeOf(await j.call('verify', { reading }))).toBe('reading-not-accepted')
  })
})
