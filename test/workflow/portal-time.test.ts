/** Portals that show the last use late or roughly: what they hide must not open the gate. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Order } from './journey.ts'
import { begin, PILOT, requirementsOf, unmetIn, waitUntil } from './journey.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
afterEach(() => stage.close())

const THROTTLED: Order = { granularitySeconds: 300 }
const use = (token: string): Promise<unknown> =>
  fetch(`${stage.provider.url}/scim/v2/Users?count=1`, {
    headers: { Authorization: `Bearer ${token}` },
  }).then((answer) => answer.text())

describe('a portal that writes the last use every 300 seconds', () => {
  it('lets the new token rest before the canary, and says from when', async () => {
    stage = await openStage({ throttleSeconds: 300 })
    const j = await begin(stage, THROTTLED)
    stage.advance(600_000)
    await j.create()
    await j.updateIdp()
    await j.test()
    const tested = stage.now.ms
    const canary = await j.must('canary')
    const earliest = Date.parse(String(canary.body['earliest']))
    expect(earliest - tested).toBeGreaterThan(299_000)
    expect(earliest - tested).toBeLessThan(301_000)

    // Too early: the portal hides the IdP's use behind our own.
    await j.idp.provision({ userName: PILOT, change: { title: String(canary.body['value']) } })
    expect(unmetIn(await j.must('verify'))).toContain('new-token-in-use')
    stage.advance(301_000)
    const looked = await j.must('verify')
    expect(unmetIn(looked)).toEqual(['new-token-in-use'])
    // That look read the pilot with the new token: its own use must not count either.
    expect(unmetIn(await j.must('verify'))).toEqual(['new-token-in-use'])
    expect(await j.tryRevoking()).toEqual(['new-token-in-use'])

    // Again, and this time late enough to be seen.
    stage.advance(301_000)
    await j.idp.provision({ userName: PILOT, change: { title: 'once more' } })
    const seen = await j.must('verify')
    const evidence = seen.body['evidence'] as { level: string; admissible: boolean }[]
    expect(evidence.filter((e) => e.level === 'E3' && e.admissible)).toHaveLength(1)
    await j.must('verify')
    stage.advance(301_000)
    expect(await j.tryRevoking()).toEqual([])
  })

  it('goes through without a detour for who waits as told', async () => {
    stage = await openStage({ throttleSeconds: 300 })
    const j = await begin(stage, THROTTLED)
    expect(unmetIn(await j.toVerified())).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
  })

  it('opens at `earliest`, not a second before', async () => {
    stage = await openStage({ throttleSeconds: 300 })
    const j = await begin(stage, { ...THROTTLED, quietMinutes: 30 })
    await j.create()
    await j.updateIdp()
    await j.test()
    const canary = await j.must('canary')
    waitUntil(stage, canary.body['earliest'])
    await j.idp.provision({ userName: PILOT, change: { title: String(canary.body['value']) } })
    const looked = await j.must('verify')
    expect(looked.body['verified']).toBe('E6')
    const quiet = requirementsOf(looked).find((r) => !r.met)
    expect(quiet).toMatchObject({ code: 'old-token-quiet' })
    const cutover = Date.parse(String(looked.body['cutoverAt']))
    const earliest = Date.parse(quiet?.earliest ?? '')
    expect(earliest - cutover).toBeGreaterThanOrEqual(30 * 60_000)
    stage.now.ms = earliest - 1000
    expect(await j.tryRevoking()).toEqual(['old-token-quiet'])
    stage.now.ms = earliest
    expect(await j.tryRevoking()).toEqual([])
  })

  it('shows a second user of the old token late, and that is not too late', async () => {
    stage = await openStage({ throttleSeconds: 300 })
    const j = await begin(stage, THROTTLED)
    await use(j.old.value)
    await j.create()
    await j.updateIdp()
    // Hidden: less than 300 s after the use before the cutover.
    stage.advance(100_000)
    await use(j.old.value)
    await j.test()
    const looked = await j.provisionPilot()
    await use(j.old.value)
    expect(looked.body['step']).toBe('verify')
    expect(await j.tryRevoking()).toContain('old-token-quiet')
    stage.advance(86_400_000)
    expect(await j.tryRevoking()).toContain('old-token-quiet')
  })
})

describe('a portal that cuts its times to the minute', () => {
  it('is verified once minutes tell the uses apart', async () => {
    stage = await openStage({ truncateToMinute: true })
    const j = await begin(stage, { granularitySeconds: 60 })
    expect(unmetIn(await j.toVerified())).toEqual([])
    expect(await j.tryRevoking()).toEqual([])
  })

  it('does not take our own test for the IdP, in whichever second of the minute it was', async () => {
    stage = await openStage({ truncateToMinute: true })
    for (const second of [0, 1, 30, 58, 59]) {
      const j = await begin(stage, { granularitySeconds: 60 })
      await j.create()
      await j.updateIdp()
      stage.now.ms += 60_000 - (stage.now.ms % 60_000) + second * 1000
      await j.test()
      for (const wait of [0, 1000, 30_000, 61_000, 3_600_000]) {
        stage.advance(wait)
        const looked = await j.must('verify')
        expect(unmetIn(looked), `second ${second}, after ${wait}`).toContain('new-token-in-use')
      }
      expect(await j.tryRevoking()).toEqual(['provisioning-event-verified', 'new-token-in-use'])
      await j.must('abandon', { reason: 'the next second' })
    }
  })
})
