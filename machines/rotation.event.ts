/**
 * Everything that can happen to a rotation: facts in the past tense, each with its time and its
 * actor. The machine has no clock and asks nobody; what it must know arrives here.
 */
import { z } from 'zod'
import { Mismatch, OwnUse, Proof, Reading } from './rotation.facts.ts'
import { Actor, Instant, Operation, TokenRef, Witness } from './vocabulary.ts'

const base = { at: Instant, by: Actor }
const Reason = z.string().min(1).max(500)

/** A provisioning event as somebody (or a log) reports it: level E4 when it counts. */
export const ReportedEvent = z.strictObject({
  operation: Operation,
  subject: z.string().min(1).max(254),
  occurredAt: Instant,
  outcome: z.enum(['success', 'failure', 'skipped']),
  source: z.string().min(1).max(64),
  reference: z.string().min(1).max(128),
  tenantId: z.string().max(64).nullable(),
  tokenId: z.string().max(128).nullable(),
})
export type ReportedEvent = z.infer<typeof ReportedEvent>

export const RotationEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('creation.intended'), ...base, name: z.string().max(80) }),
  z.strictObject({ type: z.literal('creation.failed'), ...base, fault: z.string().max(60) }),
  z.strictObject({
    type: z.literal('token.created'),
    ...base,
    token: TokenRef,
    expiresAt: Instant.nullable(),
    shownAt: Instant.nullable(),
  }),
  z.strictObject({
    type: z.literal('idp.updated'),
    ...base,
    note: z.string().max(500).nullable(),
    reading: Reading.nullable(),
  }),
  z
    .strictObject({
      type: z.literal('connection.tested'),
      ...base,
      passed: z.boolean(),
      fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
      hosts: z.array(z.string().max(253)).max(10),
      failed: z.array(z.string().max(40)).max(10),
      uses: z.array(OwnUse).max(20),
      discoveredAt: Instant.nullable(),
      pilotModifiedAt: Instant.nullable(),
      baseline: Reading.nullable(),
    })
    // A test that passed used the token; leaving that use out would make it look like the IdP's.
    .refine((event) => !event.passed || event.uses.length > 0, {
      error: 'a test that passed names the uses it made',
      path: ['uses'],
    }),
  z.strictObject({
    type: z.literal('canary.issued'),
    ...base,
    value: z.string().regex(/^interlock-[0-9A-Z]{4,12}$/),
    attribute: z.string().max(40),
  }),
  z.strictObject({ type: z.literal('portal.read'), ...base, reading: Reading }),
  z.strictObject({
    type: z.literal('event.recorded'),
    ...base,
    witness: Witness,
    event: ReportedEvent,
  }),
  z.strictObject({
    type: z.literal('pilot.read'),
    ...base,
    /** By our clock: the service provider's time less the measured skew. */
    lastModified: Instant.nullable(),
    canaryPresent: z.boolean().nullable(),
    use: OwnUse,
    baseline: Reading.nullable(),
  }),
  z.strictObject({
    type: z.literal('own-use.recorded'),
    ...base,
    uses: z.array(OwnUse).min(1).max(20),
    baseline: Reading.nullable(),
  }),
  z.strictObject({ type: z.literal('revocation.approved'), ...base }),
  z.strictObject({
    type: z.literal('revocation.confirmed'),
    ...base,
    /** The id or fingerprint of the token to retire, as the person repeated it. */
    named: z.string().min(1).max(128),
    /** The portal at this very moment; null where nothing can be read. */
    reading: Reading.nullable(),
  }),
  z.strictObject({
    type: z.literal('revocation.failed'),
    ...base,
    fault: z.string().max(60),
    stillLive: z.boolean(),
  }),
  z.strictObject({ type: z.literal('old-token.revoked'), ...base, proof: Proof }),
  z.strictObject({ type: z.literal('new-token.revoked'), ...base, proof: Proof }),
  z.strictObject({
    type: z.literal('old-token.lost'),
    ...base,
    how: z.enum(['revoked', 'expired', 'missing']),
  }),
  z.strictObject({
    type: z.literal('tenant.mismatched'),
    ...base,
    mismatches: z.array(Mismatch).min(1).max(20),
  }),
  /** Another base URL: the IdP has to be given it, and nothing seen at the other one counts. */
  z.strictObject({ type: z.literal('base-url.changed'), ...base }),
  z.strictObject({ type: z.literal('rotation.halted'), ...base, reason: Reason }),
  z.strictObject({ type: z.literal('rotation.resumed'), ...base, reason: Reason }),
  z.strictObject({
    type: z.literal('roll-back.started'),
    ...base,
    reason: Reason,
    reading: Reading.nullable(),
  }),
  z.strictObject({ type: z.literal('rotation.abandoned'), ...base, reason: Reason }),
])
export type RotationEvent = z.infer<typeof RotationEvent>
export type EventType = RotationEvent['type']
export type EventOf<T extends EventType> = Extract<RotationEvent, { type: T }>
