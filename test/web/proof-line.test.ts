/** The picture of the proof: whose marks stand where, and that its words say the same. */
import { describe, expect, it } from 'vitest'
import { proofLine, quietShare, ticks, told } from '../../src/web/proof-line.ts'
import type { RotationView } from '../../src/workflow/rotation-view.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 24, 16, minute)).toISOString()
const now = Date.parse(at(40))

const evidence = (level: string, minute: number, admissible: boolean, kind = 'canary') => ({
  level,
  kind,
  witness: 'observed',
  occurredAt: at(minute),
  observedAt: at(minute),
  admissible,
  why: 'because.',
  by: { name: 'x' },
})

/** Cutover at 16:14; the old token was used at `oldUse`. */
const viewOf = (oldUse: number | null, more: object = {}): RotationView =>
  ({
    direction: 'forward',
    startedAt: at(2),
    cutoverAt: at(14),
    oldToken: { hint: 'm2Qa', lastUsedAt: oldUse === null ? null : at(oldUse) },
    newToken: { hint: 'x9Kd', lastUsedAt: at(20) },
    ownUses: [{ startedAt: at(16) }],
    evidence: [],
    quiet: null,
    proof: null,
    ending: null,
    ...more,
  }) as unknown as RotationView

describe('the line', () => {
  it('is not drawn before the cutover', () => {
    expect(proofLine(viewOf(1, { cutoverAt: null }), now)).toBeNull()
  })

  it('shows that the old token was used after the cutover, and says so', () => {
    const late = proofLine(viewOf(31), now)
    const old = late?.marks.find(({ row }) => row === 'old')
    expect(old).toMatchObject({ kind: 'theirs', at: at(31) })
    expect(old?.words).toMatch(/after the cutover: something still holds it/)
    expect(proofLine(viewOf(9), now)?.marks.find(({ row }) => row === 'old')?.words).not.toMatch(
      /after the cutover/,
    )
  })

  it('draws our own uses as ours, and what does not count as void', () => {
    const evidenceOf = [
      evidence('E3', 20, true, 'portal-use'),
      evidence('E5', 20, false),
      evidence('E4', 22, true, 'idp-log'),
      evidence('E1', 16, false, 'own-test'),
    ]
    const marks = proofLine(viewOf(9, { evidence: evidenceOf }), now)?.marks ?? []
    expect(marks.map(({ row, kind, at: when }) => `${row} ${kind} ${when.slice(14, 16)}`)).toEqual([
      'old theirs 09',
      'new ours 16',
      'new theirs 20',
      'event void 20',
      'event theirs 22',
    ])
  })

  it('exchanges the two tokens when it goes back', () => {
    const marks = proofLine(viewOf(9, { direction: 'back' }), now)?.marks ?? []
    expect(marks.find(({ kind }) => kind === 'ours')?.row).toBe('old')
    expect(marks.find(({ kind }) => kind === 'theirs')).toMatchObject({ row: 'new', at: at(20) })
  })

  it('holds every mark, and is not pressed flat by a window of hours', () => {
    const quiet = { since: at(14), until: new Date(now + 6 * 3_600_000).toISOString() }
    const line = proofLine(viewOf(31, { quiet }), now)
    if (line === null) throw new Error('no line')
    expect(line.to).toBeLessThan(now + 3_600_000)
    for (const mark of line.marks) {
      expect(Date.parse(mark.at)).toBeGreaterThanOrEqual(line.from)
      expect(Date.parse(mark.at)).toBeLessThanOrEqual(line.to)
    }
    const short = { since: at(14), until: at(44) }
    expect(proofLine(viewOf(31, { quiet: short }), now)?.to).toBe(Date.parse(at(44)))
    expect(ticks(line).map((tick) => Date.parse(tick) >= line.from)).not.toContain(false)
  })

  it('in words says the cutover, and repeated own uses once', () => {
    const ownUses = [16, 17, 18].map((minute) => ({ startedAt: at(minute) }))
    const line = proofLine(viewOf(9, { ownUses }), now)
    if (line === null) throw new Error('no line')
    const words = told(line).map(({ words }) => words)
    expect(words.filter((text) => text.includes('Interlock itself'))).toHaveLength(1)
    expect(words[1]).toMatch(/cutover/)
    expect(line.marks.filter(({ kind }) => kind === 'ours')).toHaveLength(3)
  })
})

it.each([
  [14, 44, 14, 0],
  [14, 44, 29, 0.5],
  [14, 44, 60, 1],
  [14, 44, 10, 0],
  [14, 14, 14, 1],
])('of a window from :%i to :%i at :%i the share %f is over', (since, until, when, share) => {
  expect(quietShare({ since: at(since), until: at(until) }, Date.parse(at(when)))).toBeCloseTo(
    share,
  )
})
