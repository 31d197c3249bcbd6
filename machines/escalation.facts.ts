/**
 * What is known about one case for support: the strict schema of `record.facts`, version 1. Eight
 * items (the guide's "Good Escalation Package for Support"), each with its witness. Typed facts only;
 * the one free text that may leave is `note`. Nothing here can hold a token's value.
 */
import { z } from 'zod'
import { Actor, Idp, Instant, Witness } from './vocabulary.ts'

export const ITEM_NAMES = [
  'tenantId',
  'scimBaseUrl',
  'idp',
  'operation',
  'occurredAt',
  'httpStatus',
  'discoverySucceeds',
  'tokenRecentlyUsed',
] as const
export const ItemName = z.enum(ITEM_NAMES)
export type ItemName = z.infer<typeof ItemName>

/** Where an answer comes from. */
export const From = z.enum(['connection', 'checks', 'rotation', 'portal', 'diagnosis', 'person'])
export type From = z.infer<typeof From>

/** Why nobody can say. Only where somebody would have to look at something they may not reach. */
export const Unknowable = z.enum(['no-access', 'not-recorded', 'not-shown'])
export type Unknowable = z.infer<typeof Unknowable>

/** RFC 7644 §3.12 Table 9 and RFC 9865: words of the specification, so nothing else can stand there. */
export const ScimType = z.enum([
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
])

export const FailingOperation = z.enum(['create', 'update', 'deactivate', 'group-sync'])
export const FailingStatus = z.union([z.int().min(100).max(599), z.literal('none')])

/** As service providers name tenants, and as a base URL is written after `scim/base-url.ts` has read it. */
const TenantText = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/)
const BaseUrlText = z
  .string()
  .max(500)
  .regex(/^https?:\/\/[A-Za-z0-9.[\]:-]+(\/[A-Za-z0-9\-._~!$&'()*+,;=:@%]+)*$/)

/** A UUID, the id of a request at an edge (`8c1f…-FRA`), a ticket's number: nothing else. */
export const CorrelationId = z
  .string()
  .regex(
    /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}-[A-Z]{3}|[A-Z]{2,8}-?\d{3,10}|\d{1,18})$/i,
  )

export const Note = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[^\p{Cc}]*(?:\n[^\p{Cc}]*)*$/u)

interface Grounds {
  value?: unknown
  cannotBeKnown: Unknowable | null
  witness: Witness
  from: From
}

/** What is wrong with an answer, or null. Only a person says that something cannot be known. */
function objectionTo({ value, cannotBeKnown, witness, from }: Grounds): string | null {
  if ((value === null) !== (cannotBeKnown !== null)) return 'a value, or the reason for none'
  if (cannotBeKnown !== null && witness !== 'attested') return 'only a person says so'
  return (from === 'person') === (witness === 'attested') ? null : 'a person attests'
}

/** One answer: a value, or the reason why there can be none. Exactly one of the two. */
const answer = <T extends z.ZodType>(value: T) =>
  z
    .strictObject({
      value: value.nullable(),
      cannotBeKnown: Unknowable.nullable(),
      witness: Witness,
      from: From,
      at: Instant,
      by: Actor,
    })
    .refine((grounds) => objectionTo(grounds as Grounds) === null, { error: 'no grounds' })
    .nullable()

/** Three items are always known to whoever reports: the case is about them. */
const certain = <T extends z.ZodType>(value: T) =>
  answer(value).refine((given) => given === null || (given as Grounds).cannotBeKnown === null, {
    error: 'this one can always be known',
  })

const items = {
  tenantId: certain(TenantText),
  scimBaseUrl: certain(BaseUrlText),
  idp: certain(Idp),
  operation: answer(FailingOperation),
  occurredAt: answer(Instant),
  httpStatus: answer(FailingStatus),
  discoverySucceeds: answer(z.boolean()),
  tokenRecentlyUsed: answer(z.boolean()),
}

export const Items = z.strictObject(items)
export type Items = z.infer<typeof Items>

/** Some of them: what one event brings. `null` takes an answer back. */
export const SomeItems = Items.partial()
export type SomeItems = z.infer<typeof SomeItems>

/** What a base URL, an IdP and a tenant are compared with: the connection as it was then. */
export const Reference = z.strictObject({
  tenantId: TenantText,
  scimBaseUrl: BaseUrlText,
  idp: Idp,
})
export type Reference = z.infer<typeof Reference>

/** The token that the case is about, as the portal showed it. `missing`: it is not in the list. */
export const TokenSight = z.strictObject({
  portalId: z.string().min(1).max(128).nullable(),
  status: z.enum(['live', 'expired', 'revoked', 'missing']),
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  readAt: Instant,
})
export type TokenSight = z.infer<typeof TokenSight>

const Signed = { at: Instant, by: Actor }

export const Resolution = z.enum([
  'token-replaced',
  'base-url-corrected',
  'tenant-corrected',
  'permission-corrected',
  'idp-corrected',
  'data-corrected',
  'service-provider-corrected',
  'no-fault-found',
  'other',
])

export const EscalationFacts = z.strictObject({
  /** Whose case it is. Null: of no connection, and no tenant of Interlock's named yet. */
  tenantId: TenantText.nullable(),
  connectionId: z.string().max(64).nullable(),
  rotationId: z.string().max(64).nullable(),
  reference: Reference.nullable(),
  openedAt: Instant,
  openedBy: Actor,
  changedAt: Instant,
  /** What is answered now; a person's word stands before what was observed, and is named as such. */
  items: Items,
  /** What was observed last, whatever a person says. */
  observed: Items,
  /** Null: the portal was not seen. */
  token: TokenSight.nullable(),
  /** With a rotation: its other token, which the IdP should not be using. */
  otherToken: TokenSight.nullable(),
  scimType: ScimType.nullable(),
  correlationId: CorrelationId.nullable(),
  note: Note.nullable(),
  submissions: z
    .array(
      z.strictObject({
        ...Signed,
        bundleId: z.string().max(64),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(50),
  acknowledged: z.strictObject(Signed).nullable(),
  /** Support asks back: these items have to be answered anew. */
  asked: z
    .strictObject({ ...Signed, items: z.array(ItemName).max(8), note: Note.nullable() })
    .nullable(),
  resolution: z
    .strictObject({ ...Signed, resolution: Resolution, note: Note.nullable() })
    .nullable(),
  withdrawn: z.strictObject({ ...Signed, note: Note.nullable() }).nullable(),
})
export type EscalationFacts = z.infer<typeof EscalationFacts>

export const NO_ITEMS: Items = {
  tenantId: null,
  scimBaseUrl: null,
  idp: null,
  operation: null,
  occurredAt: null,
  httpStatus: null,
  discoverySucceeds: null,
  tokenRecentlyUsed: null,
}
