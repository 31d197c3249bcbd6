/**
 * What can be observed of one failing request and its surroundings. Every field may be missing:
 * missing means not known, and nothing is concluded from it.
 */
import { z } from 'zod'
import { Idp, Operation } from '../../machines/vocabulary.ts'
import type { BaseUrlFinding } from '../scim/base-url.ts'
import type { AnswerKind, Failure, Mismatch } from '../scim/contract.ts'
import type { TokenCorrection, TokenFault } from '../scim/token-message.ts'

/** What an administrator reads off the IdP's console; each belongs to one IdP, or to none. */
export const IdpSignal = z.enum([
  'failed-tasks',
  'failure-without-reason',
  'quarantine',
  'redundant-export',
  'pending-approval',
  'nothing-in-log',
  'same-error-every-cycle',
  'lookup-empty',
  'existing-users-missing',
  'left-active',
])
export type IdpSignal = z.infer<typeof IdpSignal>

/** What a person can type: the body of `POST /v1/diagnoses`. */
export const Symptoms = z.strictObject({
  /** Of the failing request; `none`: no answer came. */
  httpStatus: z.union([z.int().min(0).max(9999), z.literal('none')]).optional(),
  /** Any word an answer may hold; one that is not in the specification is reported as unknown. */
  scimType: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/)
    .optional(),
  operation: Operation.optional(),
  discoverySucceeds: z.boolean().optional(),
  /** Listing users with the token, or user sync as a whole, works. */
  usersSucceed: z.boolean().optional(),
  groupsSucceed: z.boolean().optional(),
  tokenRecentlyUsed: z.boolean().optional(),
  idp: Idp.optional(),
  tenantMismatch: z.boolean().optional(),
  /** `id` of a screen in `data/idps`. */
  idpScreen: z
    .string()
    .regex(/^[a-z]{1,20}\d{0,2}(?:-[a-z]{1,20}\d{0,2}){0,5}$/)
    .optional(),
  idpSignal: IdpSignal.optional(),
  /** The IdP's own connection test. */
  idpTestPasses: z.boolean().optional(),
  /** Provisioning had worked with these settings before. */
  workedBefore: z.boolean().optional(),
  /** The service provider saw the failing request arrive. */
  requestArrives: z.boolean().optional(),
})
export type Symptoms = z.infer<typeof Symptoms>

/** What the program measures itself, or knows of the rotation. */
export interface Measurements {
  /** Why the failing request got no answer that could be used. */
  failure?: Failure | undefined
  answer?: AnswerKind | undefined
  /** Of the single first checks, where they were answered. */
  discoveryStatus?: number | undefined
  usersStatus?: number | undefined
  groupsStatus?: number | undefined
  retryAfterSeconds?: number | undefined
  /** Host of a redirect's target. */
  redirectHost?: string | undefined
  metaLocationMismatch?: boolean | undefined
  mismatches?: readonly Mismatch[] | undefined
  baseUrlFindings?: readonly BaseUrlFinding[] | undefined
  /** What the portal says of the token given. */
  tokenStatus?: 'live' | 'expired' | 'revoked' | 'other-tenant' | 'missing' | undefined
  /** The portal was asked for its list and showed none. */
  portalSilent?: boolean | undefined
  /** `last_used_at` moved when we used the token, given the time the portal may take. */
  lastUseMoved?: boolean | undefined
  /**
   * By fingerprint. `altered`: it begins like a token whose fingerprint is known, and is not that
   * token. `alike`: it begins like one whose fingerprint nobody knows.
   */
  tokenMatch?: 'old-token' | 'new-token' | 'never-seen' | 'altered' | 'alike' | undefined
  tokenFault?: TokenFault | undefined
  tokenCorrections?: readonly TokenCorrection[] | undefined
  oldTokenStatus?: 'live' | 'expired' | 'revoked' | undefined
  /** Step 2 of the rotation is done. */
  idpUpdated?: boolean | undefined
  oldTokenUsedSinceCutover?: boolean | undefined
  /** Requests failed between the loss of the old token and the update of the IdP. */
  gap?: boolean | undefined
}

export type Observation = Symptoms & Measurements
export type Field = keyof Observation

/** The status as a number; `null` when none is known or no answer came. */
export const statusOf = (seen: Observation): number | null =>
  typeof seen.httpStatus === 'number' ? seen.httpStatus : null

/** The observation without some of its fields. */
export function without(seen: Observation, fields: ReadonlySet<Field>): Observation {
  return Object.fromEntries(
    Object.entries(seen).filter(([field]) => !fields.has(field as Field)),
  ) as Observation
}
