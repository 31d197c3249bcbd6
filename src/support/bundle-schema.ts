/**
 * What a bundle holds, and nothing else can stand in it: strict objects all the way down. Names and
 * e-mail addresses of users, the names of connections, portal credentials, request and answer bodies
 * have no place here.
 */
import { z } from 'zod'
import {
  CorrelationId,
  From,
  ItemName,
  Items,
  Note,
  ScimType,
  Unknowable,
} from '../../machines/escalation.facts.ts'
import { CONTRADICTION_CODES } from '../../machines/escalation.policy.ts'
import { EscalationState } from '../../machines/escalation.record.ts'
import { Idp, Overlap, PortalKind, Who, Witness } from '../../machines/vocabulary.ts'
import {
  At,
  Code,
  FieldName,
  FindKind,
  OurId,
  PersonName,
  PortalId,
  Sentence,
} from './bundle-word.ts'
import { BundleMismatch, BundleRotation } from './bundle-rotation.ts'

/** One of the eight items: its value is checked by the case's own schema. */
const Item = z
  .strictObject({
    value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    cannotBeKnown: Unknowable.nullable(),
    witness: Witness,
    from: From,
    at: At,
    by: PersonName,
  })
  .nullable()

const NOBODY = { kind: 'system', id: 'x', name: 'x' } as const

/** The eight items in the case's own types: what the machine would refuse cannot be in a bundle. */
const BundleItems = z
  .strictObject(Object.fromEntries(ItemName.options.map((name) => [name, Item])))
  .refine(
    (items) =>
      Items.safeParse(
        Object.fromEntries(
          Object.entries(items).map(([name, item]) => [
            name,
            item === null ? null : { ...item, by: NOBODY },
          ]),
        ),
      ).success,
    { error: 'an item is not of its type' },
  )

export const BundleFinding = z.strictObject({
  code: Code,
  title: Sentence,
  meaning: Sentence,
  likelihood: z.enum(['certain', 'likely', 'possible']),
  because: z.array(Sentence),
  causes: z.array(Sentence),
  checks: z.array(z.strictObject({ who: Who, text: Sentence })),
  next: Sentence,
  stopRollout: z.boolean(),
})

export const BundleCheck = z.strictObject({
  name: Code,
  outcome: z.enum(['pass', 'fail', 'skipped']),
  httpStatus: z.int().min(100).max(599).nullable(),
  scimType: ScimType.nullable(),
  failure: Code.nullable(),
})

export const BundleContent = z.strictObject({
  format: z.literal('interlock/bundle'),
  version: z.literal(1),
  /** The latest change of anything told here. Not the time of making: the same state gives the same bytes. */
  asOf: At,
  case: z.strictObject({
    id: OurId,
    revision: z.int().min(1),
    state: EscalationState,
    openedAt: At,
    openedBy: PersonName,
    scimType: ScimType.nullable(),
    correlationId: CorrelationId.nullable(),
    note: Note.nullable(),
  }),
  items: BundleItems,
  missing: z.array(z.strictObject({ item: ItemName, reason: Sentence, ask: Sentence, who: Who })),
  contradictions: z.array(
    z.strictObject({
      code: z.enum(CONTRADICTION_CODES),
      items: z.array(ItemName),
      why: Sentence,
    }),
  ),
  hypotheses: z.array(BundleFinding).max(4),
  token: z
    .strictObject({
      portalId: PortalId.nullable(),
      status: z.enum(['live', 'expired', 'revoked', 'missing']),
      lastUsedAt: At.nullable(),
      expiresAt: At.nullable(),
      readAt: At,
    })
    .nullable(),
  connection: z
    .strictObject({
      id: OurId,
      idp: Idp,
      idpScreen: Code.nullable(),
      scimBaseUrl: z.string().nullable(),
      portal: z.strictObject({
        kind: PortalKind,
        observable: z.boolean(),
        overlap: Overlap,
        granularitySeconds: z.int().min(0),
      }),
      quietMinutes: z.int().min(0),
      held: z.strictObject({ since: At, mismatches: z.array(BundleMismatch) }).nullable(),
    })
    .nullable(),
  checks: z
    .strictObject({
      at: At,
      withToken: z.boolean(),
      checks: z.array(BundleCheck),
      findings: z.array(Code),
    })
    .nullable(),
  rotation: BundleRotation.nullable(),
  timeline: z.array(
    z.strictObject({ at: At, what: Sentence, by: PersonName.nullable(), refused: z.boolean() }),
  ),
  /** Tokens that were typed into the case and refused: they are exposed. Where and when, never what. */
  exposed: z.array(z.strictObject({ at: At, field: FieldName, kind: FindKind })).max(50),
  /** What could not be known, and why. */
  gaps: z.array(z.strictObject({ section: Code, why: Sentence })),
  next: z.strictObject({ who: Who, steps: z.array(Sentence).min(1) }),
})
export type BundleContent = z.infer<typeof BundleContent>
