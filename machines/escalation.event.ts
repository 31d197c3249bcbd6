/** Everything that can happen to a case: facts in the past tense, each with its time and its actor. */
import { z } from 'zod'
import {
  CorrelationId,
  ItemName,
  Note,
  Resolution,
  ScimType,
  SomeItems,
  TokenSight,
} from './escalation.facts.ts'
import { Actor, Instant } from './vocabulary.ts'

const base = { at: Instant, by: Actor }

export const EscalationEvent = z.discriminatedUnion('type', [
  /** The program looked: connection, checks, rotation, portal. */
  z.strictObject({
    type: z.literal('items.observed'),
    ...base,
    items: SomeItems,
    /** Null: the portal was not seen this time. */
    token: TokenSight.nullable(),
    otherToken: TokenSight.nullable(),
  }),
  /** A person said so. What is left out stays as it is; null takes it back. */
  z.strictObject({
    type: z.literal('items.answered'),
    ...base,
    items: SomeItems,
    scimType: ScimType.nullable().optional(),
    correlationId: CorrelationId.nullable().optional(),
    note: Note.nullable().optional(),
    /** For a case without a connection: the tenant it belongs to from now on. */
    tenantId: z.string().max(64).nullable(),
  }),
  z.strictObject({
    type: z.literal('escalation.submitted'),
    ...base,
    bundleId: z.string().max(64),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({ type: z.literal('escalation.acknowledged'), ...base }),
  z.strictObject({
    type: z.literal('info.requested'),
    ...base,
    items: z.array(ItemName).max(8),
    note: Note.nullable(),
  }),
  z.strictObject({
    type: z.literal('escalation.resolved'),
    ...base,
    resolution: Resolution,
    note: Note.nullable(),
  }),
  z.strictObject({ type: z.literal('escalation.withdrawn'), ...base, note: Note.nullable() }),
])
export type EscalationEvent = z.infer<typeof EscalationEvent>
export type EscalationEventType = EscalationEvent['type']
export type EscalationEventOf<T extends EscalationEventType> = Extract<EscalationEvent, { type: T }>
