/** Connections on the wire. A credential is write-only: answers say `hasCredential` and no more. */
import { z } from '@hono/zod-openapi'
import { Mismatch } from '../../machines/rotation.facts.ts'
import { Idp, Instant, Overlap, PortalKind } from '../../machines/vocabulary.ts'
import { TenantId } from '../access/scope.ts'
import { SecondPerson } from '../workflow/connection.record.ts'

const name = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}<>]*$/u)

/** A userName is whatever the service provider says it is: mostly an e-mail address, never two lines. */
const UserName = z.string().regex(/^[^\p{Cc}\s]{1,254}$/u)

const Credential = z.union([
  z.string().min(1).max(4096),
  z.strictObject({ orgId: z.string().min(1).max(128), password: z.string().min(1).max(1024) }),
])

const Portal = z.strictObject({
  kind: PortalKind,
  url: z.string().min(1).max(500).optional(),
  auth: z.enum(['bearer', 'session']).optional(),
  credential: Credential.optional(),
  granularitySeconds: z.number().int().min(0).max(86_400).optional(),
  overlap: Overlap.optional(),
})

const Policy = z.strictObject({
  quietMinutes: z.number().int().min(0).max(10_080).optional(),
  secondPerson: SecondPerson.optional(),
})

const fields = {
  name: name(80),
  environment: name(40).optional(),
  idp: Idp,
  idpScreen: z
    .string()
    .regex(/^[a-z]{1,20}\d{0,2}(?:-[a-z]{1,20}\d{0,2}){0,5}$/)
    .optional(),
  scimBaseUrl: z.string().min(1).max(500),
  pilotUser: UserName.optional(),
  portal: Portal,
  policy: Policy.optional(),
}

export const NewConnection = z
  .strictObject({ tenantId: TenantId, ...fields })
  .openapi('NewConnection')

export const ConnectionPatch = z
  .strictObject({
    ...fields,
    name: fields.name.optional(),
    idp: Idp.optional(),
    scimBaseUrl: fields.scimBaseUrl.optional(),
    portal: Portal.optional(),
  })
  .openapi('ConnectionPatch')

export type SentPortal = z.infer<typeof Portal>

export const Connection = z
  .strictObject({
    id: z.string(),
    revision: z.number().int(),
    tenantId: z.string(),
    name: z.string(),
    environment: z.string().nullable(),
    idp: Idp,
    idpScreen: z.string().nullable(),
    scimBaseUrl: z.string(),
    pilotUser: z.string().nullable(),
    portal: z.strictObject({
      kind: PortalKind,
      url: z.string().nullable(),
      auth: z.enum(['bearer', 'session']).nullable(),
      hasCredential: z.boolean(),
      granularitySeconds: z.number().int(),
      overlap: Overlap,
    }),
    policy: z.strictObject({ quietMinutes: z.number().int(), secondPerson: SecondPerson }),
    latestRotation: z.string().nullable(),
    /** A wrong tenant was seen: nothing starts until a named person confirms the right one. */
    hold: z.strictObject({ at: Instant, by: z.string(), mismatches: z.array(Mismatch) }).nullable(),
    createdAt: Instant,
  })
  .openapi('Connection')

export const PortalToken = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    hint: z.string().nullable(),
    createdAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    status: z.enum(['live', 'expired', 'revoked']),
  })
  .openapi('PortalToken')

/** What a person saw: another tenant or host than this connection is for. */
export const ReportedMismatch = z
  .strictObject({ found: z.string().regex(/^[\x21-\x7E]{1,100}$/) })
  .openapi('ReportedMismatch', { example: { found: 'globex-eu' } })
