/** A connection as it is stored: one tenant × one IdP app × one base URL. Version 1. */
import { z } from 'zod'
import { Mismatch } from '../../machines/rotation.facts.ts'
import { Actor, Idp, Instant, Overlap, PortalKind } from '../../machines/vocabulary.ts'
import { TenantId } from '../access/scope.ts'
import type { Labels } from '../store/contract.ts'

export const SecondPerson = z.enum(['never', 'when-attested', 'always'])

const ConnectionRecordV1 = z.strictObject({
  schema: z.strictObject({ id: z.literal('connection'), version: z.literal(1) }),
  tenantId: TenantId,
  name: z.string().min(1).max(80),
  environment: z.string().min(1).max(40).nullable(),
  idp: Idp,
  idpScreen: z.string().max(60).nullable(),
  scimBaseUrl: z.string().max(500),
  pilotUser: z.string().max(254).nullable(),
  portal: z.strictObject({
    kind: PortalKind,
    url: z.string().max(500).nullable(),
    auth: z.enum(['bearer', 'session']).nullable(),
    sealedCredential: z.string().nullable(),
    granularitySeconds: z.number().int().min(0).max(86_400).nullable(),
    overlap: Overlap.nullable(),
  }),
  policy: z.strictObject({
    quietMinutes: z.number().int().min(0).max(10_080).nullable(),
    secondPerson: SecondPerson,
  }),
  /** The latest rotation; whether it still runs is that rotation's own business. */
  latestRotation: z.string().max(64).nullable(),
  /** Something did not belong to this tenant: nothing starts until a named person has said why it may. */
  hold: z
    .strictObject({ at: Instant, by: Actor, mismatches: z.array(Mismatch).min(1).max(20) })
    .nullable(),
  createdAt: Instant,
  createdBy: Actor,
  deletedAt: Instant.nullable(),
})
export type ConnectionRecord = z.infer<typeof ConnectionRecordV1>

export const CONNECTION_SCHEMA = { id: 'connection', version: 1 } as const

/** Throws on anything that is not a connection of a known version. */
export const parseConnectionRecord = (stored: unknown): ConnectionRecord =>
  ConnectionRecordV1.parse(stored)

export const connectionLabels = (record: ConnectionRecord): Labels => ({
  tenantId: record.tenantId,
  idp: record.idp,
  name: record.name,
  host: hostOf(record.scimBaseUrl),
  state: record.deletedAt === null ? 'live' : 'deleted',
  latestRotation: record.latestRotation ?? '',
})

const hostOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).host : '')
