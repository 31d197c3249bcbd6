/**
 * What is known about one rotation: the strict schema of `record.facts`, version 1. Nothing here can
 * hold a token's value. Absent knowledge is `null`, never a missing member, because a guard that
 * compares two missing members lets everything through (`undefined === undefined`).
 */
import { z } from 'zod'
import {
  Actor,
  Idp,
  Instant,
  Operation,
  Overlap,
  PortalKind,
  TokenRef,
  Witness,
  ms,
} from './vocabulary.ts'
import type { TokenRole } from './vocabulary.ts'

/** Their clock minus ours, between these (milliseconds). Zero lies inside when the clocks agree. */
export const Skew = z
  .strictObject({ lowMs: z.number().min(-1e14).max(1e14), highMs: z.number().min(-1e14).max(1e14) })
  .refine((skew) => skew.lowMs <= skew.highMs, { error: 'the span is turned round' })
export type Skew = z.infer<typeof Skew>

/** One token as a reading shows it. `unknown`: the person who read it out cannot tell. */
export const Sight = z.strictObject({
  status: z.enum(['live', 'expired', 'revoked', 'missing', 'unknown']),
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
})
export type Sight = z.infer<typeof Sight>

/** Both tokens at one moment, by the portal's clock (`lastUsedAt`) and by ours (`readAt`). */
export const Reading = z.strictObject({
  readAt: Instant,
  witness: Witness,
  by: Actor,
  skew: Skew.nullable(),
  old: Sight,
  new: Sight,
})
export type Reading = z.infer<typeof Reading>

/** A request of ours that a token authenticated. It moves `last_used_at`, so it must be discounted. */
export const OwnUse = z
  .strictObject({ startedAt: Instant, endedAt: Instant })
  .refine((use) => ms(use.startedAt) <= ms(use.endedAt), { error: 'it ends before it starts' })
export type OwnUse = z.infer<typeof OwnUse>

/** What contradicts the tenant: hosts or tenant ids, never whole URLs. */
export const Mismatch = z.strictObject({
  source: z.enum([
    'meta-location',
    'redirect',
    'portal-tenant',
    'event',
    'token-metadata',
    'person',
  ]),
  expected: z.string().max(253),
  found: z.string().max(253),
})
export type Mismatch = z.infer<typeof Mismatch>

/** One thing seen or told, graded on the ladder when it arrived, with the reason for the grade. */
export const Evidence = z.strictObject({
  level: z.enum(['E0', 'E1', 'E2', 'E3', 'E4', 'E5']),
  kind: z.enum(['discovery', 'own-test', 'portal-use', 'idp-log', 'canary', 'last-modified']),
  witness: Witness,
  by: Actor,
  /** By our clock, as well as it is known. */
  occurredAt: Instant,
  observedAt: Instant,
  admissible: z.boolean(),
  why: z.string().max(300),
  operation: Operation.nullable(),
  subject: z.string().max(254).nullable(),
  source: z.string().max(64).nullable(),
  reference: z.string().max(128).nullable(),
})
export type Evidence = z.infer<typeof Evidence>

/** What the two probes and the portal showed after the revocation. `null`: could not be asked. */
export const Proof = z.strictObject({
  at: Instant,
  witness: Witness,
  by: Actor,
  portalShows: z.enum(['revoked', 'missing', 'not-asked']),
  retiredAnswered: z.number().int().nullable(),
  keptAnswered: z.number().int().nullable(),
})
export type Proof = z.infer<typeof Proof>

/** The steps a rotation can be halted in, and come back to. */
export const ActiveState = z.enum([
  'creatingToken',
  'updatingIdp',
  'testingConnection',
  'verifyingEvent',
  'revokingOldToken',
  'revokingNewToken',
])
export type ActiveState = z.infer<typeof ActiveState>

const Reason = z.string().min(1).max(500)

/** Longer than any cycle of an IdP; beyond it, adding to a time leaves the calendar. */
const Span = z.number().int().nonnegative().max(31_622_400_000)

export const Facts = z.strictObject({
  connectionId: z.string().max(64),
  tenantId: z.string().max(64),
  idp: Idp,
  pilotUser: z.string().max(254).nullable(),
  portal: z.strictObject({
    kind: PortalKind,
    observable: z.boolean(),
    overlap: Overlap,
    granularityMs: Span,
  }),
  policy: z.strictObject({
    quietMs: Span,
    secondPerson: z.enum(['never', 'when-attested', 'always']),
  }),
  startedAt: Instant,
  startedBy: Actor,
  /** `back`: the IdP is being put back on the old token, and the new one is to be retired. */
  direction: z.enum(['forward', 'back']),
  oldToken: TokenRef,
  newToken: TokenRef.extend({
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    shownAt: Instant.nullable(),
    by: Actor,
  }).nullable(),
  /** The IdP was said to hold the present new token, whatever has been started over since. */
  handedOver: z.boolean(),
  /** Earlier new tokens of this rotation: still live, and to be revoked by hand once they are quiet. */
  superseded: z.array(TokenRef).max(50),
  creation: z.strictObject({ name: z.string().max(80), intendedAt: Instant, by: Actor }).nullable(),
  cutover: z
    .strictObject({
      at: Instant,
      by: Actor,
      note: z.string().max(500).nullable(),
      /** The portal as it stood at the cutover, where it could be read. */
      reading: Reading.nullable(),
    })
    .nullable(),
  test: z
    .strictObject({
      at: Instant,
      by: Actor,
      passed: z.boolean(),
      fingerprint: z.string().nullable(),
      hosts: z.array(z.string().max(253)).max(10),
      failed: z.array(z.string().max(40)).max(10),
      /** The pilot as it stood at the test: a later change of it happened after the cutover. */
      pilotModifiedAt: Instant.nullable(),
    })
    .nullable(),
  ownUses: z.array(OwnUse).max(1000),
  /** Taken after our own latest use: whatever moves past it was moved by somebody else. */
  baseline: Reading.nullable(),
  reading: Reading.nullable(),
  /**
   * The token to retire, seen used after the cutover. A later reading that does not show it takes
   * nothing back: only another cutover does.
   */
  strayUse: z.strictObject({ lastUsedAt: Instant, readAt: Instant }).nullable(),
  evidence: z.array(Evidence).max(1000),
  canary: z
    .strictObject({
      value: z.string().regex(/^interlock-[0-9A-Z]{4,12}$/),
      attribute: z.string().max(40),
      issuedAt: Instant,
      earliest: Instant,
    })
    .nullable(),
  approval: z.strictObject({ at: Instant, by: Actor }).nullable(),
  halted: z
    .strictObject({
      at: Instant,
      by: Actor,
      cause: z.enum(['person', 'tenant-mismatch']),
      reason: Reason,
      mismatches: z.array(Mismatch).max(20),
      from: ActiveState,
    })
    .nullable(),
  /** The old token died without us: revoked by hand, expired, or gone from the list. */
  oldTokenLost: z
    .strictObject({ at: Instant, how: z.enum(['revoked', 'expired', 'missing']) })
    .nullable(),
  revocation: z
    .strictObject({ confirmedAt: Instant, by: Actor, fault: z.string().max(60).nullable() })
    .nullable(),
  proof: Proof.nullable(),
  ending: z.strictObject({ at: Instant, by: Actor, reason: Reason.nullable() }).nullable(),
})
export type Facts = z.infer<typeof Facts>

/** Which token stays and which is to go. Rolling back exchanges the two and nothing else. */
export function roles(facts: Facts): { keep: TokenRole; retire: TokenRole } {
  return facts.direction === 'forward'
    ? { keep: 'new', retire: 'old' }
    : { keep: 'old', retire: 'new' }
}

/** The token of a role, or null when there is none yet. */
export function tokenOf(facts: Facts, role: TokenRole): TokenRef | null {
  return role === 'old' ? facts.oldToken : facts.newToken
}
