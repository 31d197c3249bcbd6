/**
 * What each event changes in the facts. Pure; the machine decides whether it may happen at all.
 * Whatever evidence rests on (another new token, another IdP update) discards what was seen before.
 */
import { gradePilot, gradeTest, portalUse, reported } from './rotation.evidence.ts'
import type { EventOf } from './rotation.event.ts'
import { roles } from './rotation.facts.ts'
import type { Facts, Reading } from './rotation.facts.ts'
import { baselineChange, seen, uses, withEvidence } from './rotation.memory.ts'
import type { Change } from './rotation.memory.ts'
import { OBSERVED_READING_FRESH_MS } from './rotation.policy.ts'
import { isSameToken } from './rotation.token.ts'
import { instant, ms } from './vocabulary.ts'
import type { TokenRole } from './vocabulary.ts'

/** Everything that rested on the state of things before now. The entries stay to be read, and never count again. */
export function discounted(facts: Facts, why: string): Change {
  return {
    test: null,
    canary: null,
    approval: null,
    evidence: facts.evidence.map((e) => (e.admissible ? { ...e, admissible: false, why } : e)),
  }
}

export const intendCreation = (_: Facts, event: EventOf<'creation.intended'>): Change => ({
  creation: { name: event.name, intendedAt: event.at, by: event.by },
})

export const dropIntent = (): Change => ({ creation: null })

export const rememberToken = (facts: Facts, event: EventOf<'token.created'>): Change => {
  const before = facts.newToken
  return {
    ...discounted(facts, 'It was seen before the present new token existed.'),
    creation: null,
    cutover: null,
    reading: null,
    baseline: null,
    strayUse: null,
    ownUses: [],
    handedOver: false,
    newToken: {
      ...event.token,
      createdAt: event.at,
      expiresAt: event.expiresAt,
      shownAt: event.shownAt,
      by: event.by,
    },
    // A token that comes back is in use again, and nobody must be told to revoke it.
    superseded: [
      ...facts.superseded,
      ...(before === null
        ? []
        : [{ id: before.id, hint: before.hint, fingerprint: before.fingerprint }]),
    ].filter((token) => !isSameToken(token, event.token)),
  }
}

/**
 * The cutover lies no earlier than anything we already saw: a clock that was set back must not date
 * it before events that came first, nor before the reading that later ones are compared with.
 */
export const cutOver = (facts: Facts, event: EventOf<'idp.updated'>): Change => {
  const { reading } = event
  const stale = reading !== null && ms(event.at) - ms(reading.readAt) > OBSERVED_READING_FRESH_MS
  const known = [reading?.readAt, facts.newToken?.createdAt, facts.cutover?.at]
  const at = Math.max(ms(event.at), ...known.filter((t) => t !== undefined).map((t) => ms(t)))
  return {
    ...discounted(facts, 'It was seen before the latest IdP update.'),
    cutover: { at: instant(at), by: event.by, note: event.note, reading: stale ? null : reading },
    reading,
    baseline: null,
    strayUse: null,
    handedOver: facts.handedOver || facts.direction === 'forward',
  }
}

export const rememberTest = (facts: Facts, event: EventOf<'connection.tested'>): Change => {
  const { keep } = roles(facts)
  return {
    ownUses: uses(facts, event.uses),
    ...baselineChange(facts, event.baseline),
    evidence: withEvidence(facts, gradeTest(event)),
    test: {
      at: event.at,
      by: event.by,
      passed: event.passed,
      fingerprint: event.fingerprint,
      hosts: event.hosts,
      failed: event.failed,
      pilotModifiedAt: event.pilotModifiedAt,
    },
    ...(event.passed ? recognised(facts, keep, event.fingerprint) : {}),
  }
}

/** A token that was only named by id or hint is known by its fingerprint once a test with it has passed. */
function recognised(facts: Facts, keep: TokenRole, fingerprint: string): Change {
  if (keep === 'old') {
    const known = facts.oldToken.fingerprint !== null
    return known ? {} : { oldToken: { ...facts.oldToken, fingerprint } }
  }
  if (facts.newToken === null || facts.newToken.fingerprint !== null) return {}
  return { newToken: { ...facts.newToken, fingerprint } }
}

/** The new token must rest for one granularity before the change, or the portal may hide the IdP's use. */
export const issueCanary = (facts: Facts, event: EventOf<'canary.issued'>): Change => {
  const last = facts.ownUses.at(-1)
  const rest = last === undefined ? ms(event.at) : ms(last.endedAt) + facts.portal.granularityMs
  return {
    canary: {
      value: event.value,
      attribute: event.attribute,
      issuedAt: event.at,
      earliest: instant(Math.max(rest, ms(event.at))),
    },
  }
}

export const rememberReading = (facts: Facts, event: EventOf<'portal.read'>): Change =>
  lookedAt(facts, event.reading)

/** What is attested after an approval was not there to be looked at when it was given. */
function lookedAt(facts: Facts, reading: Reading): Change {
  return {
    ...seen(facts, reading),
    evidence: withEvidence(facts, [portalUse(facts, reading)]),
    ...(reading.witness === 'attested' ? { approval: null } : {}),
  }
}

export const rememberReport = (facts: Facts, event: EventOf<'event.recorded'>): Change => {
  const told = reported(facts, event, event.witness)
  return {
    evidence: withEvidence(facts, [told]),
    ...(told.admissible && told.witness === 'attested' ? { approval: null } : {}),
  }
}

export const rememberPilot = (facts: Facts, event: EventOf<'pilot.read'>): Change => ({
  evidence: withEvidence(facts, [gradePilot(facts, event)]),
  ownUses: uses(facts, [event.use]),
  ...baselineChange(facts, event.baseline),
})

export const rememberUses = (facts: Facts, event: EventOf<'own-use.recorded'>): Change => ({
  ownUses: uses(facts, event.uses),
  ...baselineChange(facts, event.baseline),
})

export const rememberApproval = (_: Facts, event: EventOf<'revocation.approved'>): Change => ({
  approval: { at: event.at, by: event.by },
})

/** The reading that the gate judged becomes part of the record in the same commit. */
export const authorise = (facts: Facts, event: EventOf<'revocation.confirmed'>): Change => ({
  ...judged(facts, event.reading),
  revocation: { confirmedAt: event.at, by: event.by, fault: null },
})

/** The facts as they would be with this reading: what the gate has to judge. */
export const judged = (facts: Facts, reading: Reading | null): Change =>
  reading === null ? {} : lookedAt(facts, reading)

export const rememberFault = (facts: Facts, event: EventOf<'revocation.failed'>): Change => ({
  revocation: facts.revocation === null ? null : { ...facts.revocation, fault: event.fault },
})

export const rememberProof = (
  _: Facts,
  event: EventOf<'old-token.revoked'> | EventOf<'new-token.revoked'>,
): Change => ({
  proof: event.proof,
  canary: null,
  ending: { at: event.at, by: event.by, reason: null },
})

export const startOverAtIdp = (facts: Facts): Change => ({
  ...discounted(facts, 'It was seen at another base URL.'),
  cutover: null,
  reading: null,
  baseline: null,
  strayUse: null,
  revocation: null,
  halted:
    facts.halted === null || facts.halted.from === 'creatingToken'
      ? facts.halted
      : { ...facts.halted, from: 'updatingIdp' },
})

export const rememberLoss = (_: Facts, event: EventOf<'old-token.lost'>): Change => ({
  oldTokenLost: { at: event.at, how: event.how },
})
