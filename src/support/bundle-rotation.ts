/** The part of a bundle that tells of a rotation: its steps, its two tokens (never a value), its evidence. */
import { z } from 'zod'
import { REQUIREMENT_CODES } from '../../machines/rotation.policy.ts'
import { Operation, Who, Witness } from '../../machines/vocabulary.ts'
import {
  At,
  Code,
  Fingerprint,
  Hint,
  Host,
  OurId,
  PersonName,
  Place,
  PortalId,
  Sentence,
} from './bundle-word.ts'

export const BundleMismatch = z.strictObject({
  source: Code,
  expected: Place.nullable(),
  found: Place.nullable(),
})

const Token = z.strictObject({
  portalId: PortalId.nullable(),
  hint: Hint.nullable(),
  fingerprint: Fingerprint.nullable(),
  status: z.enum(['live', 'expired', 'revoked', 'missing', 'unknown']),
  lastUsedAt: At.nullable(),
  expiresAt: At.nullable(),
})

export const BundleRotation = z.strictObject({
  id: OurId,
  revision: z.int().min(1),
  status: Code,
  step: Code,
  direction: z.enum(['forward', 'back']),
  startedAt: At,
  startedBy: PersonName,
  cutoverAt: At.nullable(),
  oldToken: Token,
  newToken: Token.nullable(),
  earlierNewTokens: z.int().min(0),
  test: z
    .strictObject({
      at: At,
      passed: z.boolean(),
      failed: z.array(Code),
      hosts: z.array(Host.nullable()),
    })
    .nullable(),
  verified: z.enum(['E6', 'E7']).nullable(),
  evidence: z.array(
    z.strictObject({
      level: z.enum(['E0', 'E1', 'E2', 'E3', 'E4', 'E5']),
      kind: Code,
      witness: Witness,
      occurredAt: At,
      observedAt: At,
      counts: z.boolean(),
      why: Sentence,
      operation: Operation.nullable(),
    }),
  ),
  requirements: z.array(
    z.strictObject({
      code: z.enum(REQUIREMENT_CODES),
      met: z.boolean(),
      detail: Sentence,
      seen: Sentence.nullable(),
      unblock: Sentence,
      who: Who,
      earliest: At.nullable(),
    }),
  ),
  halted: z.strictObject({ at: At, cause: Code, mismatches: z.array(BundleMismatch) }).nullable(),
  oldTokenLost: z
    .strictObject({ at: At, how: z.enum(['revoked', 'expired', 'missing']) })
    .nullable(),
  revocation: z.strictObject({ confirmedAt: At, fault: Code.nullable() }).nullable(),
  proof: z
    .strictObject({
      at: At,
      witness: Witness,
      portalShows: Code,
      retiredAnswered: z.int().nullable(),
      keptAnswered: z.int().nullable(),
    })
    .nullable(),
  endedAt: At.nullable(),
  next: z.strictObject({ who: Who, title: Sentence, earliest: At.nullable() }),
})
export type BundleRotation = z.infer<typeof BundleRotation>
