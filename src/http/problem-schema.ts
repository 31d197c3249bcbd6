/** Refusals as the OpenAPI document shows them. */
import { z } from '@hono/zod-openapi'
import { PROBLEMS } from '../problem-catalogue.ts'
import type { ProblemCode } from '../problem-catalogue.ts'

const FieldErrors = z.array(
  z.object({ path: z.string(), message: z.string().optional(), kind: z.string().optional() }),
)

/** RFC 9457 problem details. Which extension members there are depends on the code. */
export const Problem = z
  .object({
    type: z.string().openapi({ example: 'urn:interlock:problem:stale-revision' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    remedy: z.string(),
    requestId: z.string(),
    unmet: z.array(z.record(z.string(), z.unknown())).optional(),
    errors: FieldErrors.optional(),
    missing: z.array(z.string()).optional(),
    currentStep: z.string().optional(),
    neededStep: z.string().optional(),
    currentRevision: z.number().int().optional(),
    earliest: z.string().optional(),
    rotationId: z.string().optional(),
    connectionId: z.string().optional(),
    fault: z.string().optional(),
    retryAfterSeconds: z.number().int().optional(),
    allow: z.array(z.string()).optional(),
  })
  .openapi('Problem')

/** One response per status, naming each code that comes with it. */
export function refusalResponses(codes: readonly ProblemCode[]) {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of new Set(codes)) {
    const { status } = PROBLEMS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      {
        description: names.map((name) => `\`${name}\`: ${PROBLEMS[name].title}`).join('. '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
}
