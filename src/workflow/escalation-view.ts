/** A case as everybody sees it: the API, the pages and support's inbox show this. */
import { contradictions, missingItems } from '../../machines/escalation.policy.ts'
import type { EscalationContradiction, Missing } from '../../machines/escalation.policy.ts'
import type { EscalationFacts, Items } from '../../machines/escalation.facts.ts'
import type { EscalationState } from '../../machines/escalation.record.ts'
import type { Actor } from '../../machines/vocabulary.ts'
import type { HeldEscalation } from './escalation-advance.ts'

type Named<T> = T extends Actor ? string : T extends object ? { [K in keyof T]: Named<T[K]> } : T

export interface EscalationView {
  id: string
  revision: number
  state: EscalationState
  tenantId: string | null
  connectionId: string | null
  rotationId: string | null
  openedAt: string
  openedBy: string
  changedAt: string
  fields: { [K in keyof Items]: Named<NonNullable<Items[K]>> | null }
  /** Names of items that are not answered. */
  missing: string[]
  /** The same with why, what to do, and who can. */
  questions: Missing[]
  contradictions: EscalationContradiction[]
  /** The token that the case is about, as the portal showed it. */
  token: EscalationFacts['token']
  scimType: EscalationFacts['scimType']
  correlationId: string | null
  note: string | null
  asked: Named<NonNullable<EscalationFacts['asked']>> | null
  acknowledged: { at: string; by: string } | null
  resolution: Named<NonNullable<EscalationFacts['resolution']>> | null
  withdrawn: { at: string; by: string; note: string | null } | null
  bundles: { id: string; at: string; by: string; sha256: string }[]
  next: { who: 'admin' | 'support' | 'nobody'; title: string }
}

export function escalationView({ id, revision, record }: HeldEscalation): EscalationView {
  const { facts, step } = record
  const open = missingItems(facts)
  return {
    id,
    revision,
    state: step,
    tenantId: facts.tenantId,
    connectionId: facts.connectionId,
    rotationId: facts.rotationId,
    openedAt: facts.openedAt,
    openedBy: facts.openedBy.name,
    changedAt: facts.changedAt,
    fields: Object.fromEntries(
      Object.entries(facts.items).map(([name, answer]) => [
        name,
        answer === null ? null : { ...answer, by: answer.by.name },
      ]),
    ) as EscalationView['fields'],
    missing: open.map(({ item }) => item),
    questions: open,
    contradictions: contradictions(facts),
    token: facts.token,
    scimType: facts.scimType,
    correlationId: facts.correlationId,
    note: facts.note,
    asked: facts.asked === null ? null : { ...facts.asked, by: facts.asked.by.name },
    acknowledged: signed(facts.acknowledged),
    resolution:
      facts.resolution === null ? null : { ...facts.resolution, by: facts.resolution.by.name },
    withdrawn:
      facts.withdrawn === null ? null : { ...facts.withdrawn, by: facts.withdrawn.by.name },
    bundles: facts.submissions.map(({ bundleId, at, by, sha256 }) => ({
      id: bundleId,
      at,
      by: by.name,
      sha256,
    })),
    next: nextOf(step, open),
  }
}

const signed = (mark: { at: string; by: Actor } | null): { at: string; by: string } | null =>
  mark === null ? null : { at: mark.at, by: mark.by.name }

function nextOf(step: EscalationState, open: readonly Missing[]): EscalationView['next'] {
  switch (step) {
    case 'collecting':
      return { who: 'admin', title: `Answer what is missing: ${open.length} of 8.` }
    case 'ready':
      return { who: 'admin', title: 'Look at the preview, then submit.' }
    case 'submitted':
      return { who: 'support', title: 'Acknowledge it.' }
    case 'acknowledged':
      return { who: 'support', title: 'Resolve it, or ask back.' }
    case 'needsInfo':
      return { who: 'admin', title: 'Answer what support asks.' }
    default:
      return { who: 'nobody', title: 'Nothing to do.' }
  }
}
