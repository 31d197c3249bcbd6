/** What rotations look like on the wire: bodies in, views out. `rotation-contract.ts` uses them. */
import { z } from '@hono/zod-openapi'
import { Evidence, Mismatch, OwnUse, Proof } from '../../machines/rotation.facts.ts'
import { REQUIREMENT_CODES } from '../../machines/rotation.policy.ts'
import { Idp, Instant, Operation, TokenRef, Who } from '../../machines/vocabulary.ts'
import { Corrections } from './check-schema.ts'
import { SentTime } from './paging.ts'

/** One line a person typed: no control characters, so that no log or journal line can be forged. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u)

/** As pasted, with whatever came along with it; `token-unusable` says what is wrong. */
export const PastedToken = z.string().min(1).max(8192)

const Id = z.string().regex(/^[A-Za-z0-9._:~-]{1,128}$/)
const Hint = z.string().regex(/^[\x21-\x7e…•]{1,32}$/)

export const StartRotation = z
  .strictObject({
    connectionId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    oldToken: z.union([
      z.strictObject({ id: Id }),
      z.strictObject({ token: PastedToken }),
      z.strictObject({ hint: Hint }),
    ]),
  })
  .openapi('StartRotation')

export const CreateToken = z
  .union([
    z.strictObject({ expiresInDays: z.number().int().min(1).max(730).optional() }),
    z.strictObject({ token: PastedToken, expiresAt: SentTime.optional() }),
    z.strictObject({ tokenId: Id, hint: Hint, expiresAt: SentTime.optional() }),
  ])
  .openapi('CreateToken')

export const UpdateIdp = z.strictObject({ note: line(500).optional() })
export const WithToken = z.strictObject({ token: PastedToken.optional() })
export const Nothing = z.strictObject({})
export const Reasoned = z.strictObject({ reason: line(500) }).openapi('Reasoned')
export const Revoke = z.strictObject({ oldToken: Hint.or(Id) }).openapi('Revoke')

const SentEvent = z.strictObject({
  operation: Operation,
  subject: line(254),
  occurredAt: SentTime,
  outcome: z.enum(['success', 'failure', 'skipped']),
  source: z.string().regex(/^[A-Za-z0-9 ._:/()-]{1,64}$/),
  reference: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  tenantId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/)
    .optional(),
  tokenId: Id.optional(),
})

export const Verify = z
  .union([
    z.strictObject({}),
    z.strictObject({ event: SentEvent }),
    z.strictObject({
      reading: z.strictObject({
        oldLastUsedAt: SentTime.nullable(),
        newLastUsedAt: SentTime.nullable(),
        readAt: SentTime,
      }),
    }),
  ])
  .openapi('Verify')

const TokenView = TokenRef.extend({
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
}).openapi('TokenRef')

const Requirement = z
  .strictObject({
    code: z.enum(REQUIREMENT_CODES),
    met: z.boolean(),
    detail: z.string(),
    seen: z.string(),
    unblock: z.string(),
    who: Who,
    earliest: Instant.optional(),
  })
  .openapi('Requirement')

const Step = z.enum(['create', 'update-idp', 'test', 'verify', 'revoke', 'done'])
const By = { at: Instant, by: z.string() }

export const Rotation = z
  .strictObject({
    id: z.string(),
    revision: z.number().int(),
    connectionId: z.string(),
    tenantId: z.string(),
    idp: Idp,
    status: z.enum(['active', 'halted', 'completed', 'rolledBack', 'abandoned']),
    step: Step,
    direction: z.enum(['forward', 'back']),
    steps: z.array(
      z.strictObject({
        name: Step.exclude(['done']),
        state: z.enum(['done', 'current', 'todo']),
        at: Instant.optional(),
        by: z.string().optional(),
      }),
    ),
    startedAt: Instant,
    startedBy: z.string(),
    oldToken: TokenView,
    newToken: TokenView.nullable(),
    superseded: z.array(TokenRef),
    cutoverAt: Instant.nullable(),
    test: z
      .strictObject({
        at: Instant,
        passed: z.boolean(),
        failed: z.array(z.string()),
        hosts: z.array(z.string()),
      })
      .nullable(),
    canary: z
      .strictObject({
        value: z.string(),
        attribute: z.string(),
        issuedAt: Instant,
        earliest: Instant,
      })
      .nullable(),
    evidence: z.array(Evidence),
    verified: z.enum(['E6', 'E7']).nullable(),
    requirements: z.array(Requirement),
    halted: z
      .strictObject({
        ...By,
        cause: z.string(),
        reason: z.string(),
        mismatches: z.array(Mismatch),
      })
      .nullable(),
    oldTokenLost: z
      .strictObject({ at: Instant, how: z.enum(['revoked', 'expired', 'missing']) })
      .nullable(),
    revocation: z
      .strictObject({ confirmedAt: Instant, by: z.string(), fault: z.string().nullable() })
      .nullable(),
    proof: Proof.nullable(),
    ending: z.strictObject({ ...By, reason: z.string().nullable() }).nullable(),
    ownUses: z.array(OwnUse),
    quiet: z.strictObject({ since: Instant, until: Instant }).nullable(),
    next: z.strictObject({
      action: z.string(),
      who: Who,
      title: z.string(),
      instructions: z.array(z.string()),
      earliest: Instant.optional(),
    }),
  })
  .openapi('Rotation')

export const Started = Rotation.extend({ corrections: Corrections }).openapi('Started')

export const Created = z
  .strictObject({
    rotation: Rotation,
    token: z.string().nullable(),
    shownAt: Instant.nullable().optional(),
    corrections: Corrections,
  })
  .openapi('CreatedToken', {
    description: 'The value is here once. A repeated request gets null, and when it was shown.',
  })

export const Canary = z
  .strictObject({
    value: z.string(),
    attribute: z.string(),
    earliest: Instant,
    instructions: z.array(z.string()),
  })
  .openapi('Canary')

export const JournalEntry = z
  .strictObject({
    seq: z.number().int(),
    at: Instant,
    actor: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
    event: z.string(),
    outcome: z.enum(['applied', 'refused']),
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .optional(),
    previousHash: z.string().nullable(),
    hash: z.string(),
  })
  .openapi('JournalEntry')
