/** Three rotations that go well, told as events, and the kernel to tell them to. */
import { decide, start } from '../../machines/kernel.ts'
import type { Decision, StartInput } from '../../machines/kernel.ts'
import type { RotationRecord } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CONFIRMED,
  CUT,
  DUE,
  NEW_PRINT,
  OLD_LAST,
  OLD_PRINT,
  TESTED,
  WROTE,
  ann,
  approved,
  confirmed,
  created,
  input,
  logged,
  read,
  reading,
  revoked,
  tested,
  told,
  turnedBack,
  updated,
} from './event.ts'

/** Every event of a rotation that goes well, in order, with a portal that can be read. */
export function goodStory(): RotationEvent[] {
  return [
    created(10_000),
    updated(CUT, { reading: reading(CUT - 50, OLD_LAST, null) }),
    tested(TESTED, { baseline: reading(TESTED - 100, OLD_LAST, TESTED - 950) }),
    logged(WROTE + 500, WROTE),
    read(reading(WROTE + 1_000, OLD_LAST, WROTE)),
    confirmed(CONFIRMED, reading(CONFIRMED - 200, OLD_LAST, WROTE)),
    revoked(CONFIRMED + 500),
  ]
}

/** The same with a portal that only people can read, and so with a second person. */
export function toldStory(): RotationEvent[] {
  return [
    created(10_000),
    updated(CUT),
    tested(TESTED),
    logged(WROTE + 500, WROTE, {}, ann),
    read(told(DUE, OLD_LAST, WROTE)),
    approved(DUE + 500),
    confirmed(CONFIRMED, null),
    revoked(CONFIRMED + 500, { witness: 'attested', portalShows: 'not-asked' }),
  ]
}

/** Rolling back after the cutover: the roles exchanged. */
export function backStory(): RotationEvent[] {
  return [
    created(10_000),
    updated(50_000, { reading: reading(49_950, 40_000, null) }),
    tested(60_000, { baseline: reading(59_900, 40_000, 59_050) }),
    turnedBack(70_000, reading(69_900, 40_000, OLD_LAST)),
    updated(CUT, { reading: reading(CUT - 50, 40_000, OLD_LAST) }),
    tested(TESTED, {
      fingerprint: OLD_PRINT,
      baseline: reading(TESTED - 100, TESTED - 950, OLD_LAST),
    }),
    logged(WROTE + 500, WROTE),
    read(reading(WROTE + 1_000, WROTE, OLD_LAST)),
    confirmed(CONFIRMED, reading(CONFIRMED - 200, WROTE, OLD_LAST), { named: NEW_PRINT }),
    revoked(CONFIRMED + 500, {}, 'new-token.revoked'),
  ]
}

export interface Told {
  record: RotationRecord
  decisions: Decision[]
}

/** Tells the events to the kernel; what it refuses changes nothing. */
export function tell(events: readonly RotationEvent[], from: StartInput = input()): Told {
  let record = start(from)
  const decisions: Decision[] = []
  for (const event of events) {
    const decision = decide(record, event)
    decisions.push(decision)
    if (decision.ok) record = decision.record
  }
  return { record, decisions }
}

/** The codes of what was unmet at the last confirmation, or why it was refused at all. */
export function blockedBy(events: readonly RotationEvent[], from: StartInput = input()): string[] {
  const { decisions } = tell(events, from)
  const index = events.findLastIndex((event) => event.type === 'revocation.confirmed')
  const decision = decisions[index]
  if (decision === undefined || decision.ok) return []
  return decision.code === 'revocation-blocked'
    ? decision.unmet.map((r) => r.code)
    : [decision.code]
}
