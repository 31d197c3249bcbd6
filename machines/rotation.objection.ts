/**
 * What stands against an event that the step would accept. Each objection has a code, so that a
 * refusal can say why; the machine's guards are "no objection", the kernel asks the same question
 * for the reason.
 */
import { judged } from './rotation.change.ts'
import { undo } from './rotation.exit.ts'
import type { EventOf, RotationEvent } from './rotation.event.ts'
import { roles, tokenOf } from './rotation.facts.ts'
import type { Facts, Reading } from './rotation.facts.ts'
import { OBSERVED_READING_FRESH_MS, isDead, isLost, mayApprove, unmet } from './rotation.policy.ts'
import type { Requirement } from './rotation.policy.ts'
import { requirements } from './rotation.requirement.ts'
import { isSameToken } from './rotation.token.ts'
import { CLOCK_TOLERANCE_MS } from './rotation.use.ts'
import { ms } from './vocabulary.ts'

export type ObjectionCode =
  | 'old-token-given'
  | 'new-token-given'
  | 'token-not-recognised'
  | 'creation-pending'
  | 'rolling-back'
  | 'old-token-gone'
  | 'pilot-user-missing'
  | 'same-person'
  | 'reading-not-accepted'
  | 'reading-impossible'
  | 'revocation-blocked'
  | 'still-answers'
  | 'known-already'

export interface Objection {
  code: ObjectionCode
  unmet: Requirement[]
}

const against = (code: ObjectionCode, missing: Requirement[] = []): Objection => ({
  code,
  unmet: missing,
})

export function objection(facts: Facts, event: RotationEvent): Objection | null {
  return particular(facts, event) ?? badReading(facts, event)
}

function particular(facts: Facts, event: RotationEvent): Objection | null {
  switch (event.type) {
    case 'creation.intended':
      if (facts.direction === 'back') return against('rolling-back')
      return facts.creation === null ? null : against('creation-pending')
    case 'token.created':
      if (facts.direction === 'back') return against('rolling-back')
      // By a hint alone it could not be told from the others.
      if (event.token.id === null && event.token.fingerprint === null)
        return against('token-not-recognised')
      return isSameToken(event.token, facts.oldToken) ? against('old-token-given') : null
    case 'connection.tested':
      return wrongToken(facts, event)
    case 'canary.issued':
      return facts.pilotUser === null ? against('pilot-user-missing') : null
    case 'revocation.approved':
      return mayApprove(facts, event.by) ? null : against('same-person')
    case 'revocation.confirmed': {
      const missing = gate(facts, event)
      return missing.length === 0 ? null : against('revocation-blocked', missing)
    }
    case 'roll-back.started':
      if (facts.direction === 'back') return against('rolling-back')
      if (facts.creation !== null) return against('creation-pending')
      return isOldTokenGone(facts, event) ? against('old-token-gone') : null
    case 'old-token.revoked':
    case 'new-token.revoked':
      return provesRevocation(facts, event) ? null : against('still-answers')
    case 'old-token.lost':
      if (facts.oldTokenLost !== null) return against('known-already')
      // Not found in a list by an id that nobody knows: that is no loss.
      return event.how === 'missing' && facts.oldToken.id === null
        ? against('token-not-recognised')
        : null
    default:
      return null
  }
}

/** Every unmet requirement of this confirmation, judged with the reading it brings. */
export function gate(facts: Facts, event: EventOf<'revocation.confirmed'>): Requirement[] {
  const seen = { ...facts, ...judged(facts, event.reading) }
  const all = requirements(seen, event.at, { named: event.named, by: event.by })
  if (!facts.portal.observable || isFresh(event)) return unmet(all)
  return all
    .map((r) =>
      r.code === 'old-token-quiet'
        ? {
            ...r,
            met: false,
            seen: 'The portal was not read at this moment.',
            unblock: 'Try again once the portal answers.',
          }
        : r,
    )
    .filter((r) => !r.met)
}

/**
 * Taking the new token back at once, without any proof: only before the IdP was updated, and only if
 * the portal, read at this moment, shows that nobody has begun to use it and that the old one lives.
 */
export function canUndo(facts: Facts, event: EventOf<'roll-back.started'>): boolean {
  if (facts.newToken === null || facts.cutover !== null || facts.handedOver) return false
  if (facts.portal.observable && !isFresh(event)) return false
  return unmet(requirements({ ...facts, ...undo(facts, event) }, event.at)).length === 0
}

function isFresh(event: { at: string; reading: Reading | null }): boolean {
  const reading = event.reading
  if (reading === null || reading.witness !== 'observed') return false
  return Math.abs(ms(event.at) - ms(reading.readAt)) <= OBSERVED_READING_FRESH_MS
}

function wrongToken(facts: Facts, event: EventOf<'connection.tested'>): Objection | null {
  const { keep, retire } = roles(facts)
  const retired = tokenOf(facts, retire)
  const kept = tokenOf(facts, keep)
  if (retired !== null && retired.fingerprint === event.fingerprint) {
    return against(retire === 'old' ? 'old-token-given' : 'new-token-given')
  }
  if (kept === null) return against('token-not-recognised')
  if (kept.fingerprint !== null && kept.fingerprint !== event.fingerprint) {
    return against('token-not-recognised')
  }
  if (facts.superseded.some((token) => token.fingerprint === event.fingerprint)) {
    return against('token-not-recognised')
  }
  return null
}

/** Every reading an event may bring, checked alike: what the gate rests on must not come in by another door. */
function badReading(facts: Facts, event: RotationEvent): Objection | null {
  if ('reading' in event && event.reading !== null)
    return impossibleReading(facts, event.reading, event.at)
  if ('baseline' in event && event.baseline !== null)
    return impossibleReading(facts, event.baseline, event.at)
  return null
}

/** A person's reading is only taken where nothing can be read by us, ours only where it can, and each only if it can be true. */
function impossibleReading(facts: Facts, reading: Reading, at: string): Objection | null {
  if ((reading.witness === 'observed') !== facts.portal.observable)
    return against('reading-not-accepted')
  const latest = ms(reading.readAt) + CLOCK_TOLERANCE_MS
  if (ms(reading.readAt) > ms(at) + CLOCK_TOLERANCE_MS) return against('reading-impossible')
  if (reading.witness === 'observed') return null
  const uses = [reading.old.lastUsedAt, reading.new.lastUsedAt].filter((use) => use !== null)
  return uses.some((use) => ms(use) > latest) ? against('reading-impossible') : null
}

function isOldTokenGone(facts: Facts, event: EventOf<'roll-back.started'>): boolean {
  const reading = event.reading ?? facts.reading
  const now = reading === null ? facts : { ...facts, reading }
  const sight = reading?.old ?? null
  const expired = sight !== null && sight.expiresAt !== null && ms(sight.expiresAt) <= ms(event.at)
  return expired || isLost(now) || isDead(sight?.status ?? 'unknown')
}

/** What the portal and the two probes said must not contradict the revocation. */
function provesRevocation(
  facts: Facts,
  event: EventOf<'old-token.revoked'> | EventOf<'new-token.revoked'>,
): boolean {
  const { proof } = event
  const asked = proof.portalShows !== 'not-asked'
  if (facts.portal.observable && !asked) return false
  if (facts.revocation === null || ms(proof.at) < ms(facts.revocation.confirmedAt)) return false
  if (proof.witness === 'observed' && !asked && proof.retiredAnswered !== 401) return false
  const keptWorks = proof.keptAnswered === null || Math.floor(proof.keptAnswered / 100) === 2
  return keptWorks && (proof.retiredAnswered === null || proof.retiredAnswered === 401)
}
