/** How evidence is graded where what it is compared with is absent, or stands at the boundary. */
import { describe, expect, test } from 'vitest'
import { gradePilot, gradeReported, portalUse } from '../../machines/rotation.evidence.ts'
import type { Evidence, Facts } from '../../machines/rotation.facts.ts'
import { gradePortalUse, ours } from '../../machines/rotation.use.ts'
import {
  CONFIRMED,
  GRAIN,
  OLD_LAST,
  WROTE,
  ann,
  logged,
  piloted,
  program,
  reading,
  t,
  told,
  use,
} from './event.ts'
import { evidence, whole } from './whole.ts'

describe('their clock by ours', () => {
  const at = Date.parse(t(WROTE))
  const span = (lowMs: number, highMs: number) => {
    const { from, to } = ours(t(WROTE), { lowMs, highMs })
    return [from - at, to - at]
  }
  test.each([
    ['equal, as far as can be told', -500, 700, 0, 0],
    ['equal at the upper end', -500, 0, 0, 0],
    ['equal at the lower end', 0, 700, 0, 0],
    ['behind', -700, -1, 1, 700],
    ['ahead', 1, 700, -700, -1],
  ])('%s', (_, low, high, from, to) => {
    expect(span(low, high)).toEqual([from, to])
  })
})

describe('an event in the log', () => {
  const counted = (more: Partial<Facts>, tokenId: string | null = null) =>
    gradeReported(whole(more), logged(CONFIRMED, WROTE, { tokenId }).event, t(CONFIRMED)).admissible
  test('made with a token, while there is none', () => {
    expect(counted({ newToken: null, evidence: [] }, 'tok-x')).toBe(false)
  })
  test('is not the same as one about nobody', () => {
    expect(counted({ evidence: [evidence('E4', WROTE, { subject: null })] })).toBe(true)
    expect(counted({ evidence: [evidence('E4', WROTE)] })).toBe(false)
  })
})

describe('the pilot', () => {
  const canary: Facts['canary'] = {
    value: 'interlock-7K3Q',
    attribute: 'title',
    issuedAt: t(WROTE),
    earliest: t(WROTE),
  }
  const shown = (all: Evidence[]) =>
    gradePilot(whole({ canary, evidence: all }), piloted(CONFIRMED, { canaryPresent: true }))
  test('shows each canary once', () => {
    const reference = canary.value
    const kind = 'canary' as const
    expect(shown([])).toMatchObject({ level: 'E5', kind, reference })
    expect(shown([evidence('E5', WROTE, { kind, reference })])).toBeNull()
    expect(shown([evidence('E5', WROTE, { kind, reference: 'interlock-AAAA' })])).not.toBeNull()
    expect(shown([evidence('E4', WROTE, { reference })])).not.toBeNull()
  })
  test('changed after the cutover, where no test said how it stood before', () => {
    const changed = (lastModified: string | null) =>
      gradePilot(whole({ test: null, evidence: [] }), piloted(CONFIRMED, { lastModified }))
    expect(changed(t(WROTE))).toMatchObject({ kind: 'last-modified', occurredAt: t(WROTE) })
    expect(changed(null)).toBeNull()
  })
})

describe('a use that the portal shows', () => {
  const kind = 'portal-use' as const
  const from = (all: Evidence[], seen = reading(CONFIRMED, OLD_LAST, WROTE)) =>
    portalUse(whole({ evidence: all, ownUses: [], baseline: null }), seen)
  test('is entered once, among whatever else there is', () => {
    expect(from([evidence('E3', WROTE, { kind })])).toBeNull()
    expect(from([evidence('E4', WROTE), evidence('E3', WROTE, { kind })])).toBeNull()
    expect(from([evidence('E3', WROTE - 1, { kind })])).toMatchObject({ occurredAt: t(WROTE) })
    expect(from([evidence('E4', WROTE)])).toMatchObject({ kind, occurredAt: t(WROTE) })
  })
  test('by the word of whoever read it', () => {
    expect(from([])).toMatchObject({ witness: 'observed', by: program })
    const word = from([], told(CONFIRMED, OLD_LAST, WROTE))
    expect(word).toMatchObject({ witness: 'attested', by: ann })
  })
})

describe('a use against the reading after our own latest one', () => {
  const LATEST = WROTE
  const own = [use(LATEST - 100, LATEST)]
  const grade = (last: number, baseline: Facts['baseline'], ownUses = own) =>
    gradePortalUse(whole({ baseline, ownUses }), reading(CONFIRMED, OLD_LAST, last))
  const after = (readAt: number, mark: number) => reading(readAt, OLD_LAST, mark)
  test('nothing new', () => {
    expect(grade(LATEST - 50, after(LATEST + 10, LATEST - 50))).toBeNull()
  })
  test('a baseline from before that use says nothing', () => {
    expect(grade(LATEST - 50, after(LATEST - 1, LATEST - 50))?.admissible).toBe(false)
    expect(grade(LATEST - 50, after(LATEST, LATEST - 50))).toBeNull()
  })
  test('nor does one while we used nothing: then the use is somebody else’s', () => {
    expect(grade(WROTE, after(WROTE + 10, WROTE), [])?.admissible).toBe(true)
  })
  test('moved past our own, before the portal had the time to show ours', () => {
    const baseline = after(LATEST + 10, LATEST - 50)
    expect(grade(LATEST + 1, baseline)?.why).toContain('moved on after our own last use')
    expect(grade(LATEST, baseline)?.admissible).toBe(false)
    const settled = after(LATEST + GRAIN, LATEST - 50)
    expect(grade(LATEST, settled)?.why).toContain('moved on after our own last use')
  })
})
