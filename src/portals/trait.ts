/** What `data/portals/*.json` says of each kind of portal; every statement names where it is from. */
import { z } from 'zod'
import { Overlap, PortalKind } from '../../machines/vocabulary.ts'
import type { PortalTraits } from './contract.ts'

const Source = z.string().min(3).max(400)
const sourced = <T extends z.ZodType>(value: T) => z.strictObject({ value, source: Source })
const Statement = z.strictObject({ text: z.string().min(3).max(600), source: Source })

const PortalFacts = z
  .strictObject({
    kind: PortalKind,
    title: z.string().min(1).max(80),
    overlap: sourced(Overlap),
    /** How stale `last_used_at` may be, in seconds, when the connection does not say otherwise. */
    granularitySeconds: sourced(z.int().min(0).max(86_400)),
    observable: sourced(z.boolean()),
    /** What revoking really does there. */
    revocation: Statement,
    notes: z.array(Statement),
  })
  .readonly()
export type PortalFacts = z.infer<typeof PortalFacts>

/** A file of `data/portals` that is not as its schema says. Names the paths, never the content. */
export class PortalFactsBroken extends Error {
  override readonly name = 'PortalFactsBroken'
}

/** Strict: an unknown field is an error. Throws `PortalFactsBroken`. */
export function parsePortalFacts(json: unknown): PortalFacts {
  const parsed = PortalFacts.safeParse(json)
  if (parsed.success) return parsed.data
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)')
  throw new PortalFactsBroken(`data/portals: ${paths.join(', ')}`)
}

export function traitsOf(facts: PortalFacts): PortalTraits {
  return {
    overlap: facts.overlap.value,
    granularitySeconds: facts.granularitySeconds.value,
    observable: facts.observable.value,
  }
}
