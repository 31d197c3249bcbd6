/** What the journal of a case says of an applied event: names of items, codes and ids, never what was typed. */
import type { EscalationEvent } from '../../machines/escalation.event.ts'
import type { EscalationRecord } from '../../machines/escalation.record.ts'
import type { NewEntry } from '../store/contract.ts'

export function escalationTestimony(
  event: EscalationEvent,
  before: EscalationRecord,
  after: EscalationRecord,
): NonNullable<NewEntry['detail']> {
  const moved = before.step === after.step ? {} : { from: before.step, to: after.step }
  return { state: after.step, ...moved, ...particulars(event) }
}

function particulars(event: EscalationEvent): Record<string, string | string[]> {
  switch (event.type) {
    case 'items.observed':
      return { items: Object.keys(event.items) }
    case 'items.answered':
      return {
        items: [
          ...Object.keys(event.items),
          ...(event.scimType === undefined ? [] : ['scimType']),
          ...(event.correlationId === undefined ? [] : ['correlationId']),
          ...(event.note === undefined ? [] : ['note']),
        ],
      }
    case 'escalation.submitted':
      return { bundleId: event.bundleId, sha256: event.sha256 }
    case 'info.requested':
      return { items: event.items }
    case 'escalation.resolved':
      return { resolution: event.resolution }
    default:
      return {}
  }
}
