/**
 * A rotation told as events: the good story, and the pieces it is made of. Times are milliseconds from
 * `ORIGIN`; every piece can be spoilt by the test that uses it.
 */
import { decide, start } from '../../machines/kernel.ts'
import type { Decision, StartInput } from '../../machines/kernel.ts'
import type { RotationRecord } from '../../machines/records.ts'
import type { EventOf, RotationEvent } from '../../machines/rotation.event.ts'
import type { Proof, Reading, Sight } from '../../machines/rotation.facts.ts'
import type { Actor } from '../../machines/vocabulary.ts'

const ORIGIN = Date.UTC(2026, 2, 1, 10)
export const t = (offset: number): string => new Date(ORIGIN + offset).toISOString()

export const person = (id: string): Actor => ({ kind: 'key', id, name: id })
export const ann = person('ann')
export const ben = person('ben')
export const program: Actor = { kind: 'system', id: 'interlock', name: 'Interlock' }

export const OLD_PRINT = 'aaaaaaaaaaaaaaaa'
export const NEW_PRINT = 'bbbbbbbbbbbbbbbb'
export const OTHER_PRINT = 'cccccccccccccccc'
export const OLD = { id: 'tok-old', hint: 'scim_old', fingerprint: OLD_PRINT }
export const NEW = { id: 'tok-new', hint: 'scim_new', fingerprint: NEW_PRINT }

export const GRAIN = 60_000
export const QUIET = 300_000
/** The moments of the good story. */
export const CUT = 100_000
export const OLD_LAST = CUT - 5_000
export const TESTED = CUT + 10_000
export const WROTE = TESTED + GRAIN + 20_000
export const DUE = OLD_LAST + GRAIN + QUIET
export const CONFIRMED = DUE + 1_000

type Settings = Partial<StartInput['portal']> & Partial<StartInput['policy']>

export function input(settings: Settings = {}, more: Partial<StartInput> = {}): StartInput {
  const { quietMs = QUIET, secondPerson = 'when-attested', ...portal } = settings
  return {
    connectionId: 'con_1',
    tenantId: 'acme',
    idp: 'okta',
    pilotUser: 'pilot@acme.example',
    portal: {
      kind: portal.observable === false ? 'manual' : 'axonflow',
      observable: true,
      overlap: 'multi',
      granularityMs: GRAIN,
      ...portal,
    },
    policy: { quietMs, secondPerson },
    startedAt: t(0),
    startedBy: ann,
    oldToken: OLD,
    ...more,
  }
}

export const sight = (lastUsed: number | null, more: Partial<Sight> = {}): Sight => ({
  status: 'live',
  lastUsedAt: lastUsed === null ? null : t(lastUsed),
  expiresAt: null,
  ...more,
})

/** `old` and `new`: the offset of the last use, null for none, or a whole sight. */
export function reading(
  readAt: number,
  old: number | null | Sight,
  fresh: number | null | Sight,
  more: Partial<Reading> = {},
): Reading {
  const whole = (s: number | null | Sight) => (s === null || typeof s === 'number' ? sight(s) : s)
  return {
    readAt: t(readAt),
    witness: 'observed',
    by: program,
    skew: { lowMs: -300, highMs: 600 },
    old: whole(old),
    new: whole(fresh),
    ...more,
  }
}

const attestedSight = (lastUsed: number | null): Sight => sight(lastUsed, { status: 'unknown' })
export const told = (readAt: number, old: number | null, fresh: number | null): Reading =>
  reading(readAt, attestedSight(old), attestedSight(fresh), {
    witness: 'attested',
    by: ann,
    skew: null,
  })

type Body<T extends RotationEvent['type']> = Partial<Omit<EventOf<T>, 'type' | 'at'>>

export const created = (at: number, more: Body<'token.created'> = {}): RotationEvent => ({
  type: 'token.created',
  at: t(at),
  by: ann,
  token: NEW,
  expiresAt: null,
  shownAt: t(at),
  ...more,
})

export const updated = (at: number, more: Body<'idp.updated'> = {}): RotationEvent => ({
  type: 'idp.updated',
  at: t(at),
  by: ann,
  note: null,
  reading: null,
  ...more,
})

export const use = (from: number, to = from + 100) => ({ startedAt: t(from), endedAt: t(to) })

export const tested = (
  at: number,
  more: Body<'connection.tested'> = {},
): EventOf<'connection.tested'> => ({
  type: 'connection.tested',
  at: t(at),
  by: ann,
  passed: true,
  fingerprint: NEW_PRINT,
  hosts: ['sp.example'],
  failed: [],
  uses: [use(at - 1_000)],
  discoveredAt: t(at - 1_500),
  pilotModifiedAt: t(50_000),
  baseline: null,
  ...more,
})

export const canary = (at: number): RotationEvent => ({
  type: 'canary.issued',
  at: t(at),
  by: ann,
  value: 'interlock-7K3Q',
  attribute: 'title',
})

export const read = (seen: Reading, at = Date.parse(seen.readAt) - ORIGIN): RotationEvent => ({
  type: 'portal.read',
  at: t(at),
  by: seen.by,
  reading: seen,
})

export const logged = (
  at: number,
  occurred: number,
  more: Partial<EventOf<'event.recorded'>['event']> = {},
  by: Actor = program,
): EventOf<'event.recorded'> => ({
  type: 'event.recorded',
  at: t(at),
  by,
  witness: by.kind === 'system' ? 'observed' : 'attested',
  event: {
    operation: 'update',
    subject: 'pilot@acme.example',
    occurredAt: t(occurred),
    outcome: 'success',
    source: 'okta-log',
    reference: `ref-${occurred}`,
    tenantId: 'acme',
    tokenId: null,
    ...more,
  },
})

export const piloted = (at: number, more: Body<'pilot.read'> = {}): EventOf<'pilot.read'> => ({
  type: 'pilot.read',
  at: t(at),
  by: program,
  lastModified: null,
  canaryPresent: null,
  use: use(at - 200, at - 100),
  baseline: null,
  ...more,
})

export const approved = (at: number, by: Actor = ben): RotationEvent => ({
  type: 'revocation.approved',
  at: t(at),
  by,
})

export const confirmed = (
  at: number,
  seen: Reading | null,
  more: Body<'revocation.confirmed'> = {},
): EventOf<'revocation.confirmed'> => ({
  type: 'revocation.confirmed',
  at: t(at),
  by: ann,
  named: OLD_PRINT,
  reading: seen,
  ...more,
})

export const proof = (at: number, more: Partial<Proof> = {}): Proof => ({
  at: t(at),
  witness: 'observed',
  by: program,
  portalShows: 'revoked',
  retiredAnswered: 401,
  keptAnswered: 200,
  ...more,
})

export const revoked = (
  at: number,
  more: Partial<Proof> = {},
  type: 'old-token.revoked' | 'new-token.revoked' = 'old-token.revoked',
): RotationEvent => ({ type, at: t(at), by: program, proof: proof(at, more) })

export const reasoned = (
  type: 'rotation.halted' | 'rotation.resumed' | 'rotation.abandoned',
  at: number,
  by: Actor = ann,
): RotationEvent => ({ type, at: t(at), by, reason: 'because' })

export const turnedBack = (at: number, seen: Reading | null = null): RotationEvent => ({
  type: 'roll-back.started',
  at: t(at),
  by: ann,
  reason: 'the IdP cannot keep it',
  reading: seen,
})

export const mismatched = (at: number): RotationEvent => ({
  type: 'tenant.mismatched',
  at: t(at),
  by: program,
  mismatches: [{ source: 'meta-location', expected: 'sp.example', found: 'other.example' }],
})

export const lost = (
  at: number,
  how: 'revoked' | 'expired' | 'missing' = 'revoked',
): RotationEvent => ({ type: 'old-token.lost', at: t(at), by: program, how })

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
