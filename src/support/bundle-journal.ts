/** The journals of a case, projected: who, when, what event, which codes. Reasons and notes stay at home. */
import { z } from 'zod'
import { At, Code, EventName, OurId, PersonName, Sha256 } from './bundle-word.ts'

const Words = z.array(Code)

/** The members of an entry's detail that may leave, each with its own pattern. */
export const Detail = z.strictObject({
  code: Code.optional(),
  step: Code.optional(),
  state: Code.optional(),
  from: Code.optional(),
  to: Code.optional(),
  level: Code.or(z.string().regex(/^E[0-7]$/)).optional(),
  kind: Code.optional(),
  counts: z.boolean().optional(),
  passed: z.boolean().optional(),
  withToken: z.boolean().optional(),
  witness: Code.optional(),
  portalShows: Code.optional(),
  retiredAnswered: z.int().optional(),
  keptAnswered: z.int().optional(),
  fault: Code.optional(),
  how: Code.optional(),
  resolution: Code.optional(),
  failed: Words.optional(),
  unmet: Words.optional(),
  missing: Words.optional(),
  items: Words.optional(),
  findings: Words.optional(),
  checks: z.array(z.string().regex(/^[a-z-]+ [a-z]+ (?:\d{3}|-) [A-Za-z-]+ [a-z-]+$/)).optional(),
  fields: z.array(z.string().regex(/^[A-Za-z.\d]{0,40} [a-z\d-]{1,50}$/)).optional(),
  bundleId: OurId.optional(),
  rotationId: OurId.optional(),
  connectionId: OurId.optional(),
})
export type Detail = z.infer<typeof Detail>

export const BundleJournal = z.strictObject({
  format: z.literal('interlock/journal'),
  version: z.literal(1),
  /** Each journal's last hash: whoever holds the whole journal can find these entries in it. */
  sources: z.array(
    z.strictObject({
      kind: z.enum(['escalation', 'rotation', 'connection']),
      id: OurId,
      entries: z.int().min(0),
      head: Sha256.nullable(),
    }),
  ),
  entries: z.array(
    z.strictObject({
      of: z.enum(['escalation', 'rotation', 'connection']),
      seq: z.int().min(1),
      at: At,
      by: PersonName,
      program: z.boolean(),
      event: EventName,
      outcome: z.enum(['applied', 'refused']),
      detail: Detail,
    }),
  ),
})
export type BundleJournal = z.infer<typeof BundleJournal>

/** Member by member: what does not fit its pattern is left out, not repaired. */
export function projected(detail: Readonly<Record<string, unknown>> | undefined): Detail {
  const shape = Detail.shape as Readonly<Record<string, z.ZodType>>
  const fitting = Object.entries(detail ?? {}).filter(
    ([name, value]) => shape[name]?.safeParse(value).success === true,
  )
  return Object.fromEntries(fitting) as Detail
}
