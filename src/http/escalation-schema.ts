/** Cases on the wire. What a person sends is typed field by field; the note is the one free text. */
import { z } from '@hono/zod-openapi'
import {
  FailingOperation,
  From,
  ItemName,
  Resolution,
  ScimType,
  TokenSight,
  Unknowable,
} from '../../machines/escalation.facts.ts'
import { CONTRADICTION_CODES } from '../../machines/escalation.policy.ts'
import { EscalationState } from '../../machines/escalation.record.ts'
import { Idp, Instant, Who, Witness } from '../../machines/vocabulary.ts'
import { TenantId } from '../access/scope.ts'
import { SentTime } from './paging.ts'

const OwnId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

export const OpenEscalation = z
  .strictObject({ connectionId: OwnId.optional(), rotationId: OwnId.optional() })
  .openapi('OpenEscalation')

/** In place of a value, where nobody can say. */
const NotKnown = z.strictObject({ cannotBeKnown: Unknowable })

const orNotKnown = <T extends z.ZodType>(value: T) => z.union([value, NotKnown]).nullable()

/** Several lines, no other control characters. */
const Note = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^[^\p{Cc}]*(?:\r?\n[^\p{Cc}]*)*$/u)
  .transform((text) => text.replaceAll('\r\n', '\n'))

const scimTypes: readonly string[] = ScimType.options

/** Service providers vary the letter case; the specification does not. */
const AnyCaseScimType = z
  .string()
  .max(20)
  .transform((text) => scimTypes.find((type) => type.toLowerCase() === text.toLowerCase()))
  .pipe(ScimType)

export const AnswerEscalation = z
  .strictObject({
    tenantId: TenantId.nullable().optional(),
    scimBaseUrl: z.string().min(1).max(500).nullable().optional(),
    idp: Idp.optional(),
    operation: orNotKnown(FailingOperation).optional(),
    occurredAt: orNotKnown(SentTime).optional(),
    httpStatus: orNotKnown(
      z.union([z.number().int().min(100).max(599), z.literal('none')]),
    ).optional(),
    discoverySucceeds: orNotKnown(z.boolean()).optional(),
    tokenRecentlyUsed: orNotKnown(z.boolean()).optional(),
    scimType: AnyCaseScimType.nullable().optional(),
    correlationId: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,40}$/)
      .nullable()
      .optional(),
    note: Note.nullable().optional(),
  })
  .openapi('AnswerEscalation', {
    description:
      'null takes an answer back; {"cannotBeKnown": reason} is an answer where nobody can say.',
  })

export const RequestInfo = z
  .strictObject({ items: z.array(ItemName).max(8).optional(), note: Note.optional() })
  .openapi('RequestInfo')
export const ResolveEscalation = z
  .strictObject({ resolution: Resolution.optional(), note: Note.optional() })
  .openapi('ResolveEscalation')
export const WithdrawEscalation = z.strictObject({ note: Note.optional() })

const Field = z
  .strictObject({
    value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    cannotBeKnown: Unknowable.nullable(),
    witness: Witness,
    from: From,
    at: Instant,
    by: z.string(),
  })
  .nullable()

const Signed = { at: Instant, by: z.string() }
const Text = z.string().nullable()

export const Escalation = z
  .strictObject({
    id: z.string(),
    revision: z.number().int(),
    state: EscalationState,
    tenantId: Text,
    connectionId: Text,
    rotationId: Text,
    openedAt: Instant,
    openedBy: z.string(),
    changedAt: Instant,
    fields: z.strictObject({
      tenantId: Field,
      scimBaseUrl: Field,
      idp: Field,
      operation: Field,
      occurredAt: Field,
      httpStatus: Field,
      discoverySucceeds: Field,
      tokenRecentlyUsed: Field,
    }),
    missing: z.array(z.string()),
    questions: z.array(
      z.strictObject({ item: ItemName, reason: z.string(), ask: z.string(), who: Who }),
    ),
    contradictions: z.array(
      z.strictObject({
        code: z.enum(CONTRADICTION_CODES),
        items: z.array(ItemName),
        why: z.string(),
      }),
    ),
    token: TokenSight.nullable(),
    scimType: ScimType.nullable(),
    correlationId: Text,
    note: Text,
    asked: z.strictObject({ ...Signed, items: z.array(ItemName), note: Text }).nullable(),
    acknowledged: z.strictObject(Signed).nullable(),
    resolution: z.strictObject({ ...Signed, resolution: Resolution, note: Text }).nullable(),
    withdrawn: z.strictObject({ ...Signed, note: Text }).nullable(),
    bundles: z.array(z.strictObject({ id: z.string(), ...Signed, sha256: z.string() })),
    next: z.strictObject({ who: z.enum(['admin', 'support', 'nobody']), title: z.string() }),
  })
  .openapi('Escalation')

export const Submitted = z
  .strictObject({
    escalation: Escalation,
    bundle: z.strictObject({
      id: z.string(),
      sha256: z.string(),
      formats: z.array(z.enum(['json', 'md', 'zip', 'zip.age'])),
    }),
  })
  .openapi('SubmittedEscalation')

export const Preview = z
  .strictObject({
    sha256: z.string(),
    bytes: z.number().int(),
    files: z.array(
      z.strictObject({
        path: z.string(),
        bytes: z.number().int(),
        sha256: z.string(),
        text: z.string(),
      }),
    ),
  })
  .openapi('BundlePreview')
