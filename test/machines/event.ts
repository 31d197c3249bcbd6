/**
 * The pieces a rotation's story is made of: times as milliseconds from `ORIGIN`, people, tokens,
 * readings, and one maker for each event. Each can be spoilt by the test that uses it.
 */
import type { StartInput } from '../../machines/kernel.ts'
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
