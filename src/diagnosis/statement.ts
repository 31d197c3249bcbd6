/** What a sentence of the catalogue must carry: its text, and where it is from. */
import { z } from 'zod'

/**
 * A section of the troubleshooting guide, an RFC, a public page, or openly our own: `inferred:`
 * from something named, `chosen:` for a decision. A sentence without one of these is not knowledge.
 */
export const Source = z
  .string()
  .max(200)
  .regex(
    /^(guide: \S|RFC \d{3,5}\b|docs: \S|inferred: \S|chosen: \S|[a-z0-9-]+(\.[a-z0-9-]+)+(\/|: )\S)/,
  )

export const Text = z.string().min(3).max(600)

export const Statement = z.strictObject({ text: Text, source: Source })
export type Statement = z.infer<typeof Statement>

/** The three who can look at something. */
export const Doer = z.enum(['tenant-admin', 'idp-admin', 'service-provider'])
export type Doer = z.infer<typeof Doer>

export const CheckStep = z.strictObject({ who: Doer, text: Text, source: Source })
export type CheckStep = z.infer<typeof CheckStep>
