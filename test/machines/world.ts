/** Histories that end well, drawn at random: forward and back, observed and told, with every kind of portal and policy. */
import * as fc from 'fast-check'
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CUT,
  NEW_PRINT,
  OLD_PRINT,
  approved,
  ben,
  confirmed,
  created,
  input,
  logged,
  piloted,
  read,
  reading,
  revoked,
  t,
  tested,
  told,
  turnedBack,
  updated,
  use,
} from './event.ts'

/** A world in which the rotation goes well, drawn at random. */
export const world = fc.record({
  back: fc.boolean(),
  observable: fc.boolean(),
  grain: fc.constantFrom(0, 1_000, 60_000, 300_000),
  quiet: fc.constantFrom(0, 60_000, 300_000, 2_400_000),
  second: fc.constantFrom('never', 'when-attested', 'always'),
  lastBefore: fc.integer({ min: 1, max: 40_000 }),
  evidence: fc.constantFrom('log', 'modified'),
  late: fc.integer({ min: 0, max: 30_000 }),
})
export type World = ReturnType<typeof world.generate>['value']

export const settings = (w: World): StartInput =>
  input({
    observable: w.observable,
    granularityMs: w.grain,
    quietMs: w.quiet,
    secondPerson: w.second as 'never',
  })

/** `old` and `fresh` are the two tokens' last uses; the kept one comes first in `look`. */
export function history(w: World): RotationEvent[] {
  const keptPrint = w.back ? OLD_PRINT : NEW_PRINT
  const retiredPrint = w.back ? NEW_PRINT : OLD_PRINT
  const retired = CUT - w.lastBefore
  const look = (at: number, kept: number | null) => {
    const [old, fresh] = w.back ? [kept, retired] : [retired, kept]
    return w.observable ? reading(at, old, fresh) : told(at, old, fresh)
  }
  const testedAt = CUT + 10_000
  const wrote = testedAt + w.grain + 20_000
  const due = Math.max(CUT + Math.max(w.quiet, w.grain), retired + w.grain + w.quiet, wrote) + 5_000
  const now = due + w.late
  const seen = w.observable ? look(testedAt - 100, testedAt - 950) : null
  const attempt: RotationEvent[] = [
    updated(CUT, { reading: look(CUT - 50, null) }),
    tested(testedAt, { fingerprint: keptPrint, baseline: seen }),
    w.evidence === 'log'
      ? logged(wrote + 300, wrote)
      : piloted(wrote + 300, { lastModified: t(wrote), use: use(wrote + 200, wrote + 250) }),
    read(look(w.observable ? wrote + 150 : due, wrote)),
    approved(due + 50, ben),
    confirmed(now + 100, w.observable ? look(now + 60, wrote) : null, { named: retiredPrint }),
    revoked(
      now + 400,
      w.observable ? {} : { witness: 'attested', portalShows: 'not-asked' },
      w.back ? 'new-token.revoked' : 'old-token.revoked',
    ),
  ]
  // The pilot is read after the portal, or our own use would hide the IdP's.
  const [cut, test, evidence, shown, ...rest] = attempt as [
    RotationEvent,
    RotationEvent,
    RotationEvent,
    RotationEvent,
    ...RotationEvent[],
  ]
  const main = [cut, test, shown, evidence, ...rest]
  if (!w.back) return [created(10_000), ...main]
  return [created(10_000), updated(20_000), turnedBack(30_000), ...main]
}
