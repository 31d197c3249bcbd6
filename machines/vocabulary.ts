/**
 * The words of the field, as types and strict schemas. Everything stored or decided is built from
 * these. Nothing here can hold a token's value: a token is known by id, hint and keyed fingerprint.
 */
import { z } from 'zod'

/** RFC 3339 in UTC with exactly three decimals, so that text order is time order (`…00.000Z` < `…00Z` otherwise). */
export const Instant = z.iso.datetime({ precision: 3 })

export const Idp = z.enum(['okta', 'entra', 'onelogin', 'generic'])
export type Idp = z.infer<typeof Idp>

export const PortalKind = z.enum(['manual', 'axonflow'])
export type PortalKind = z.infer<typeof PortalKind>

/** How many tokens a portal lets live at once; decides whether an overlap exists at all. */
export const Overlap = z.enum(['multi', 'two-slots', 'staged', 'grace-window', 'replace'])
export type Overlap = z.infer<typeof Overlap>

/** Observed: seen by this program. Attested: a named person's word. Never mixed up, anywhere. */
export const Witness = z.enum(['observed', 'attested'])
export type Witness = z.infer<typeof Witness>

/** Who acted: the key (or, later, the signed-in person) or the program itself. */
export const Actor = z.strictObject({
  kind: z.enum(['key', 'system']),
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  name: z.string().min(1).max(80),
})
export type Actor = z.infer<typeof Actor>

/** A token as we may remember it: never a value. `hint` is what the portal shows of it. */
export const TokenRef = z.strictObject({
  id: z.string().min(1).max(128).nullable(),
  hint: z.string().min(1).max(32).nullable(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
})
export type TokenRef = z.infer<typeof TokenRef>

/** The two tokens of a rotation, by the part they play in it. */
export type TokenRole = 'old' | 'new'

export const Operation = z.enum(['create', 'update', 'deactivate', 'group-sync', 'read'])
export type Operation = z.infer<typeof Operation>

/** E0 … E7 of the evidence ladder (DESIGN §3). */
export const Level = z.enum(['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7'])
export type Level = z.infer<typeof Level>

/** Who can do the next thing. */
export const Who = z.enum(['tenant-admin', 'idp-admin', 'service-provider', 'approver', 'nobody'])
export type Who = z.infer<typeof Who>

/** Milliseconds since the epoch of a stored instant. */
export const ms = (instant: string): number => Date.parse(instant)

/** The stored form of a moment. */
export const instant = (epochMs: number): string => new Date(epochMs).toISOString()
