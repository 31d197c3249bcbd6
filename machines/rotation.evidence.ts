/**
 * What counts as evidence, and why. The ladder of DESIGN §3 in code: each function grades one thing
 * that was seen or told, and says in a sentence why it does or does not count. The uses that a portal
 * shows (E3) are graded in `rotation.use.ts`.
 */
import type { EventOf, ReportedEvent } from './rotation.event.ts'
import { roles } from './rotation.facts.ts'
import type { Evidence, Facts, Reading } from './rotation.facts.ts'
import { CLOCK_TOLERANCE_MS, counts, gradePortalUse, keptUse, never } from './rotation.use.ts'
import type { Grade } from './rotation.use.ts'
import { instant, ms } from './vocabulary.ts'
import type { Witness } from './vocabulary.ts'

/** The parts of an evidence entry that every kind shares. */
export function entry(
  level: Evidence['level'],
  kind: Evidence['kind'],
  from: { at: string; by: Evidence['by'] },
  occurredAtMs: number,
  grade: Grade,
  more: Partial<Evidence> = {},
): Evidence {
  return {
    level,
    kind,
    witness: 'observed',
    by: from.by,
    occurredAt: instant(occurredAtMs),
    observedAt: from.at,
    operation: null,
    subject: null,
    source: null,
    reference: null,
    ...more,
    ...grade,
  }
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** E4: what the IdP's log says, or somebody reads out of it. Only a successful write for the pilot after the cutover counts. */
export function gradeReported(facts: Facts, event: ReportedEvent, observedAt: string): Grade {
  const { keep } = roles(facts)
  const kept = keep === 'old' ? facts.oldToken : facts.newToken
  if (facts.cutover === null) return never('The IdP has not been updated yet.')
  if (event.operation === 'read')
    return never('A read changes nothing: a connection test looks the same.')
  if (event.outcome === 'skipped')
    return never('The IdP skipped it: nothing was written, so it is a use (E3), not an event.')
  if (event.outcome !== 'success')
    return never('It failed, so nothing proves that provisioning works.')
  if (event.tenantId !== null && event.tenantId !== facts.tenantId)
    return never('It happened in another tenant.')
  if (event.tokenId !== null && event.tokenId !== kept?.id)
    return never(`It was not made with the ${keep} token.`)
  if (facts.pilotUser === null)
    return never(
      'This connection names no pilot user, so no event can be recognised as the pilot’s.',
    )
  if (!sameText(event.subject, facts.pilotUser)) return never('It is not about the pilot user.')
  if (ms(event.occurredAt) <= ms(facts.cutover.at))
    return never('It happened at or before the IdP update.')
  if (ms(event.occurredAt) > ms(observedAt) + CLOCK_TOLERANCE_MS)
    return never('It lies in the future.')
  if (facts.evidence.some((known) => isDuplicate(known, event)))
    return never('The same event is recorded already.')
  return counts('A successful write for the pilot after the IdP update.')
}

function isDuplicate(known: Evidence, event: ReportedEvent): boolean {
  if (known.kind !== 'idp-log') return false
  if (known.source === event.source && known.reference === event.reference) return true
  return (
    known.operation === event.operation &&
    known.occurredAt === event.occurredAt &&
    known.subject !== null &&
    sameText(known.subject, event.subject)
  )
}

/** E5: the write landed in this tenant, shown by the canary or by the pilot's own time of change. */
export function gradePilot(facts: Facts, event: EventOf<'pilot.read'>): Evidence | null {
  if (facts.cutover === null || facts.pilotUser === null) return null
  const changed = event.lastModified === null ? null : ms(event.lastModified)
  if (event.canaryPresent === true && facts.canary !== null) {
    const issued = ms(facts.canary.issuedAt)
    const occurred = Math.min(Math.max(changed ?? issued, issued), ms(event.use.endedAt))
    if (facts.evidence.some((e) => e.kind === 'canary' && e.reference === facts.canary?.value))
      return null
    return entry(
      'E5',
      'canary',
      event,
      occurred,
      counts('The one-time value stands in the pilot, and it did not exist before the IdP update.'),
      { operation: 'update', subject: facts.pilotUser, reference: facts.canary.value },
    )
  }
  if (event.lastModified === null || changed === null) return null
  // The test came after the cutover: what the pilot showed then is no later change.
  const before = facts.test?.pilotModifiedAt ?? null
  if (before !== null && changed <= ms(before)) return null
  if (changed <= ms(facts.cutover.at)) return null
  const occurredAt = Math.min(changed, ms(event.use.endedAt))
  if (facts.evidence.some((e) => e.kind === 'last-modified' && ms(e.occurredAt) === occurredAt))
    return null
  return entry(
    'E5',
    'last-modified',
    event,
    occurredAt,
    counts('The pilot changed at the service provider after the IdP update.'),
    { operation: 'update', subject: facts.pilotUser },
  )
}

/** E0 and E1 of our own test: worth showing, and never an event. */
export function gradeTest(event: EventOf<'connection.tested'>): Evidence[] {
  const found: Evidence[] = []
  if (event.discoveredAt !== null) {
    found.push(
      entry(
        'E0',
        'discovery',
        event,
        ms(event.discoveredAt),
        never('Discovery needs no token: it shows the network and the base URL.'),
      ),
    )
  }
  const use = event.uses[0]
  if (event.passed && use !== undefined) {
    found.push(
      entry(
        'E1',
        'own-test',
        event,
        ms(use.startedAt),
        never('Our own request: it shows that the token is valid, not that the IdP holds it.'),
      ),
    )
  }
  return found
}

/** The E4 entry for a report. */
export function reported(
  facts: Facts,
  event: EventOf<'event.recorded'>,
  witness: Witness,
): Evidence {
  const told = event.event
  return entry('E4', 'idp-log', event, ms(told.occurredAt), gradeReported(facts, told, event.at), {
    witness,
    operation: told.operation,
    subject: told.subject,
    source: told.source,
    reference: told.reference,
  })
}

/** The E3 entry for a reading, or null when it shows nothing new. */
export function portalUse(facts: Facts, reading: Reading): Evidence | null {
  const grade = gradePortalUse(facts, reading)
  const mark = keptUse(facts, reading)
  if (grade === null || mark === null) return null
  const occurredAt = instant(mark.from)
  if (facts.evidence.some((e) => e.kind === 'portal-use' && e.occurredAt === occurredAt))
    return null
  return entry('E3', 'portal-use', { at: reading.readAt, by: reading.by }, mark.from, grade, {
    witness: reading.witness,
  })
}
