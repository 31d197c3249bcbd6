/** First checks and findings on the wire. */
import { z } from '@hono/zod-openapi'
import { Who } from '../../machines/vocabulary.ts'

export const Check = z
  .strictObject({
    name: z.enum(['discovery', 'list-users', 'list-groups', 'token-metadata', 'environment']),
    outcome: z.enum(['pass', 'fail', 'skipped']),
    httpStatus: z.number().int().optional(),
    scimType: z.string().optional(),
    failure: z.string().optional(),
    answer: z.string().optional(),
    retryAfterSeconds: z.number().optional(),
    durationMs: z.number(),
    detail: z.string(),
  })
  .openapi('Check')

/** What was put right in the token as it was pasted; absent when there was nothing. */
export const Corrections = z
  .array(z.strictObject({ kind: z.string(), message: z.string() }))
  .optional()
  .openapi({ description: 'What was put right in the token as it was pasted.' })

export const Finding = z
  .strictObject({
    code: z.string(),
    title: z.string(),
    meaning: z.string(),
    likelihood: z.enum(['certain', 'likely', 'possible']),
    because: z.array(z.string()),
    causes: z.array(z.string()),
    checks: z.array(z.strictObject({ who: Who, text: z.string(), source: z.string().optional() })),
    next: z.string(),
    stopRollout: z.boolean(),
    fields: z.array(z.string()).optional(),
  })
  .openapi('Finding')
