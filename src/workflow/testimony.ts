/** What the journal says of an applied event. */
import type { RotationRecord } from '../../machines/records.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { meta } from '../../machines/rotation.meta.ts'
import type { NewEntry } from '../store/contract.ts'

/** Ids, codes, times and the reason a person gave: what a reader of the journal needs, and no more. */
export function testimony(
  event: RotationEvent,
  before: RotationRecord,
  after: RotationRecord,
): NonNullable<NewEntry['detail']> {
  const moved = before.step === after.step ? {} : { from: before.step, to: after.step }
  return { step: meta[after.step].step, ...moved, ...particulars(event, before, after) }
}

function particulars(
  event: RotationEvent,
  before: RotationRecord,
  after: RotationRecord,
): Record<string, string | number | boolean | string[]> {
  switch (event.type) {
    case 'token.created':
      return {
        ...(event.token.id === null ? {} : { tokenId: event.token.id }),
        ...(event.token.fingerprint === null ? {} : { fingerprint: event.token.fingerprint }),
      }
    case 'connection.tested':
      return { passed: event.passed, failed: event.failed }
    case 'event.recorded':
    case 'pilot.read':
    case 'portal.read': {
      const added = after.facts.evidence.slice(before.facts.evidence.length).at(-1)
      return added === undefined
        ? {}
        : { level: added.level, kind: added.kind, counts: added.admissible, why: added.why }
    }
    case 'old-token.revoked':
    case 'new-token.revoked':
      return {
        witness: event.proof.witness,
        portalShows: event.proof.portalShows,
        ...(event.proof.retiredAnswered === null
          ? {}
          : { retiredAnswered: event.proof.retiredAnswered }),
        ...(event.proof.keptAnswered === null ? {} : { keptAnswered: event.proof.keptAnswered }),
      }
    case 'revocation.failed':
    case 'creation.failed':
      return { fault: event.fault }
    case 'old-token.lost':
      return { how: event.how }
    case 'tenant.mismatched':
      return { mismatches: event.mismatches.map((m) => `${m.source}: ${m.expected} ≠ ${m.found}`) }
    case 'rotation.halted':
    case 'rotation.resumed':
    case 'roll-back.started':
    case 'rotation.abandoned':
      return { reason: event.reason }
    default:
      return {}
  }
}
