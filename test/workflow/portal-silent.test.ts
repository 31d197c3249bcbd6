/** A portal that leaves the last use out: of tokens never used, or of all. Neither may pass for silence. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { begin, deletions, isLive, unmetIn } from './journey.ts'
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

type Row = Record<string, unknown>

/** Takes `last_used_at` out of the rows of which this is true. */
function leavingOut(silent: (row: Row) => boolean): void {
  stage.provider.tap = async (passing) => {
    const response = await passing.answer()
    if (passing.method !== 'GET' || !passing.path.endsWith('/scim/tokens')) return response
    const { tokens } = (await response.json()) as { tokens: Row[] }
    const rows = tokens.map(({ last_used_at: used, ...row }) =>
      silent({ ...row, last_used_at: used }) ? row : { ...row, last_used_at: used },
    )
    return Response.json({ tokens: rows }, { headers: response.headers })
  }
}

describe('a portal without a last use', () => {
  it('where it is only left out of tokens never used, is rotated as any other', async () => {
    leavingOut((row) => row['last_used_at'] === null)
    const j = await begin(stage)
    await j.toVerified()
    expect(await j.tryRevoking()).toEqual([])
  })

  it('where it is never shown, keeps the gate shut however much is proven otherwise', async () => {
    leavingOut(() => true)
    const j = await begin(stage)
    await j.create()
    await j.updateIdp()
    await j.test()
    expect(unmetIn(await j.provisionPilot())).toContain('new-token-in-use')
    stage.advance(3_600_000)
    expect(unmetIn(await j.must('verify'))).toContain('new-token-in-use')
    expect(await j.tryRevoking()).toContain('new-token-in-use')
    expect(deletions(stage)).not.toContain(j.old.token.id)
    expect(isLive(stage, j.old.token.id)).toBe(true)
  })

  it('does not show that the new token is untouched: it is not taken back unproven', async () => {
    leavingOut(() => true)
    const j = await begin(stage)
    await j.create()
    const turned = await j.must('roll-back', { reason: 'the change window is over' })
    expect(turned.body).toMatchObject({ status: 'active', direction: 'back', step: 'update-idp' })
    expect(isLive(stage, j.fresh.id)).toBe(true)
  })
})
