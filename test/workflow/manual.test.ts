/** A portal that people read out: what they say is their word, and a second person looks at it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Journey, Order } from './journey.ts'
import { asTyped, begin, deletions, isLive, PILOT, waitUntil } from './journey.ts'
import type { Person } from './person.ts'
import { codeOf } from './person.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
let second: Person
beforeAll(async () => {
  stage = await openStage()
  second = await stage.person('approver', ['acme'])
})
afterAll(() => stage.close())

/** As far as step 4, with a token somebody made in the portal by hand. */
async function toVerify(order: Order = {}): Promise<Journey> {
  const j = await begin(stage, { manual: true, ...order })
  const made = stage.provider.practice.tokens.create({ name: 'by hand' })
  j.fresh = { id: made.token.id, value: made.value.reveal() }
  const created = await j.must('create', { token: j.fresh.value })
  expect(created.body['token']).toBeNull()
  j.idp.enterToken(asTyped('okta', j.fresh.value))
  j.idp.save()
  await j.must('update-idp')
  await j.test()
  return j
}

/** What the portal shows now, typed by a person. */
async function typeReading(j: Journey, by = j.by): Promise<void> {
  const shown = (id: string): string | null => {
    const at = stage.provider.practice.tokens.list().find((t) => t.id === id)?.lastUsedAt ?? null
    return at === null ? null : new Date(at).toISOString()
  }
  const reading = {
    oldLastUsedAt: shown(j.old.token.id),
    newLastUsedAt: shown(j.fresh.id),
    readAt: new Date(stage.now.ms).toISOString(),
  }
  const answer = await j.call('verify', { reading }, by)
  expect(answer.status, answer.text).toBe(200)
}

async function toReadings(j: Journey): Promise<void> {
  const canary = await j.must('canary')
  waitUntil(stage, canary.body['earliest'])
  const value = String(canary.body['value'])
  const event = await j.idp.provision({ userName: PILOT, change: { title: value } })
  stage.advance(2_000)
  await typeReading(j)
  await j.must('verify', {
    event: {
      operation: 'update',
      subject: PILOT,
      occurredAt: new Date(event.at).toISOString(),
      outcome: 'success',
      source: 'Okta system log',
      reference: event.reference,
    },
  })
}

describe('a manual portal', () => {
  it('says what came along with a token that was pasted into a start or a creation', async () => {
    const j = await begin(stage, { manual: true })
    const made = stage.provider.practice.tokens.create({ name: 'by hand' })
    const created = await j.must('create', { token: `“${made.value.reveal()}”` })
    expect(created.body['corrections']).toMatchObject([{ kind: 'smart-quotes' }])
    await j.must('abandon', { reason: 'Only the words were of interest.' })
    const body = { connectionId: j.connectionId, oldToken: { token: `${j.old.value}\n` } }
    const started = await j.by.send('POST', '/v1/rotations', { body })
    expect([started.status, started.body['corrections']]).toMatchObject([
      201,
      [{ kind: 'trailing-newline' }],
    ])
    expect(started.text + created.text).not.toContain(j.old.value)
  })

  it('needs an event, a reading and a second person, then ends with a 401 that was seen', async () => {
    const j = await toVerify()
    expect(await j.tryRevoking()).toEqual(
      expect.arrayContaining(['provisioning-event-verified', 'new-token-in-use']),
    )
    await toReadings(j)
    expect(await j.tryRevoking(await nameOf(j))).toEqual(['second-person-approved'])
    expect(codeOf(await j.call('approve'))).toBe('same-person')
    expect((await j.call('approve', {}, second)).status).toBe(200)
    const confirmed = await j.must('revoke', { oldToken: await nameOf(j) })
    expect(confirmed.body).toMatchObject({ status: 'active', step: 'revoke' })
    expect(deletions(stage)).toEqual([])

    const early = await j.call('confirm-revoked')
    expect([early.status, codeOf(early)]).toEqual([409, 'still-answers'])
    stage.provider.practice.tokens.revoke(j.old.token.id)
    const done = await j.must('confirm-revoked')
    expect(done.body).toMatchObject({
      status: 'completed',
      proof: { witness: 'observed', portalShows: 'not-asked', retiredAnswered: 401 },
    })
    const certificate = await j.by.send('GET', `${j.path}/certificate`)
    expect(certificate.body['complete']).toBe(true)
    expect(certificate.text).toContain('"attested"')
  })

  it('lets an approval lapse with the next thing somebody says', async () => {
    const j = await toVerify()
    await toReadings(j)
    expect((await j.call('approve', {}, second)).status).toBe(200)
    stage.advance(60_000)
    await typeReading(j)
    expect(await j.tryRevoking(await nameOf(j))).toEqual(['second-person-approved'])
    expect((await j.call('approve', {}, second)).status).toBe(200)
    expect(await j.tryRevoking(await nameOf(j))).toEqual([])
  })

  it('does not let who gave the reading approve it, whoever started', async () => {
    const j = await toVerify()
    const reader = await stage.person('admin', ['acme'])
    await toReadings(j)
    await typeReading(j, reader)
    expect(codeOf(await j.call('approve', {}, reader))).toBe('same-person')
    expect(codeOf(await j.call('approve'))).toBe('same-person')
    expect((await j.call('approve', {}, second)).status).toBe(200)
  })

  it('lets a reading grow old', async () => {
    const j = await toVerify()
    await toReadings(j)
    expect((await j.call('approve', {}, second)).status).toBe(200)
    stage.advance(16 * 60_000)
    expect(await j.tryRevoking(await nameOf(j))).toEqual(['old-token-quiet'])
  })

  it('asks the old token only when its value is at hand; otherwise it is somebody’s word', async () => {
    const j = await toVerify({ named: 'hint' })
    await toReadings(j)
    expect((await j.call('approve', {}, second)).status).toBe(200)
    await j.must('revoke', { oldToken: j.old.token.prefix })
    const wrong = await j.call('confirm-revoked', { token: j.fresh.value })
    expect(wrong.status, wrong.text).toBeGreaterThanOrEqual(400)
    expect(isLive(stage, j.old.token.id)).toBe(true)
    stage.provider.practice.tokens.revoke(j.old.token.id)
    const done = await j.must('confirm-revoked')
    expect(done.body).toMatchObject({
      status: 'completed',
      proof: { witness: 'attested', retiredAnswered: null, keptAnswered: 200 },
    })
  })

  it('takes no reading that cannot be true', async () => {
    const j = await toVerify()
    const at = (offset: number): string => new Date(stage.now.ms + offset).toISOString()
    for (const reading of [
      { oldLastUsedAt: null, newLastUsedAt: at(3_600_000), readAt: at(0) },
      { oldLastUsedAt: null, newLastUsedAt: at(0), readAt: at(3_600_000) },
    ]) {
      expect(codeOf(await j.call('verify', { reading }))).toBe('reading-impossible')
    }
  })

  it('does not create for the person, and does not take the old token as the new one', async () => {
    const j = await begin(stage, { manual: true })
    expect(codeOf(await j.call('create', { expiresInDays: 90 }))).toBe('portal-not-connected')
    expect(codeOf(await j.call('create', { token: j.old.value }))).toBe('old-token-given')
    const list = await j.by.send('GET', `/v1/connections/${j.connectionId}/tokens`)
    expect([list.status, codeOf(list)]).toEqual([409, 'portal-not-connected'])
  })
})

const nameOf = async (j: Journey): Promise<string> => {
  const { oldToken } = (await j.view()).body as { oldToken: Record<string, string | null> }
  return oldToken['id'] ?? oldToken['fingerprint'] ?? String(oldToken['hint'])
}
