/** The shapes of `data/failures.json` and `data/scim-errors.json`. Strict: an unknown field is a mistake. */
import { z } from 'zod'
import { FAILURE_CODES, SCIM_TYPES } from './code.ts'
import { CheckStep, Source, Statement, Text } from './statement.ts'

export const Failure = z.strictObject({
  title: Text,
  meaning: Statement,
  /** What is usually behind it, most common first. */
  causes: z.array(Statement),
  checks: z.array(CheckStep).min(1),
  next: Statement,
  stopRollout: z.boolean(),
})
export type Failure = z.infer<typeof Failure>

const FirstCheck = z.strictObject({
  name: z.enum(['discovery', 'list-users', 'list-groups', 'token-metadata', 'environment']),
  title: Text,
  request: Text,
  expect: Text,
  source: Source,
})

/** The parts of the guide that are no failure: what it is for, how to begin, how to rotate, what to hand over. */
export const GuidePart = z.strictObject({
  focus: z.array(Statement).min(1),
  firstChecks: z.array(FirstCheck).min(1),
  tokenMetadata: z.array(Statement).min(1),
  rotation: z.array(Statement).length(5),
  escalation: z
    .array(z.strictObject({ field: z.string().min(1), text: Text, source: Source }))
    .length(8),
  warnings: z.array(Statement),
})
export type GuidePart = z.infer<typeof GuidePart>

export const FailureBook = z.strictObject({
  format: z.literal('interlock/failures'),
  version: z.literal(1),
  guide: GuidePart,
  failures: z.record(z.enum(FAILURE_CODES), Failure),
})

export const ScimError = z.strictObject({
  title: Text,
  /** HTTP statuses it is seen with; the specification's own first. */
  statuses: z.array(z.int().min(400).max(599)).min(1),
  appliesTo: z.array(Text).min(1),
  meaning: Statement,
  /** The guide's wording, where the guide lists it. */
  guide: Statement.nullable(),
  /** Where that wording is looser than the specification. */
  looser: Statement.nullable(),
  checks: z.array(CheckStep).min(1),
  next: Statement,
})
export type ScimError = z.infer<typeof ScimError>

export const ScimErrorBook = z.strictObject({
  format: z.literal('interlock/scim-errors'),
  version: z.literal(1),
  types: z.record(z.enum(SCIM_TYPES), ScimError),
})
