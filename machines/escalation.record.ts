/**
 * What is stored of a case: our own record, one strict schema per version, and a place for upcasters.
 * A record that is not understood is refused, never repaired by guessing.
 */
import { z } from 'zod'
import { EscalationFacts } from './escalation.facts.ts'
import { isComplete } from './escalation.policy.ts'
import { UnreadableVersion, upcast } from './records.ts'

export const EscalationState = z.enum([
  'collecting',
  'ready',
  'submitted',
  'acknowledged',
  'needsInfo',
  'resolved',
  'withdrawn',
])
export type EscalationState = z.infer<typeof EscalationState>

/** What every way into a state leaves behind. */
function hangsTogether(step: EscalationState, facts: EscalationFacts): boolean {
  const sent = facts.submissions.length > 0
  const open = facts.resolution === null && facts.withdrawn === null
  switch (step) {
    case 'collecting':
      return open && !isComplete(facts)
    case 'ready':
      return open && isComplete(facts)
    case 'submitted':
      return open && sent && facts.acknowledged === null
    case 'acknowledged':
      return open && sent && facts.acknowledged !== null
    case 'needsInfo':
      return open && sent && facts.asked !== null
    case 'resolved':
      return sent && facts.acknowledged !== null && facts.resolution !== null
    default:
      return facts.withdrawn !== null && facts.resolution === null
  }
}

const EscalationRecordV1 = z
  .strictObject({
    machine: z.strictObject({ id: z.literal('escalation'), version: z.literal(1) }),
    step: EscalationState,
    facts: EscalationFacts,
  })
  .refine((r) => hangsTogether(r.step, r.facts), { error: 'state and facts disagree' })
export type EscalationRecord = z.infer<typeof EscalationRecordV1>

export const ESCALATION_VERSION = 1

/** From version n to n + 1. Add one here for every new version; never change an old one. */
const upcasters: Readonly<Record<number, (record: unknown) => unknown>> = {}

/** Parses a stored record of any known version into the present one. Throws `UnreadableVersion`. */
export function parseEscalation(stored: unknown): EscalationRecord {
  const record = upcast('escalation', stored, ESCALATION_VERSION, upcasters)
  const parsed = EscalationRecordV1.safeParse(record)
  if (parsed.success) return parsed.data
  const at = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new UnreadableVersion(`the record does not fit its schema at "${at}"`)
}

export const isClosed = (state: EscalationState): boolean =>
  state === 'resolved' || state === 'withdrawn'
