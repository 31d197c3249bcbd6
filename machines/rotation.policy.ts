/**
 * The rules behind the requirements for revoking a token. The requirements themselves are built from
 * them in `rotation.requirement.ts`, once: the guard is "none unmet"; the 409, the page,
 * the command line, the watcher and the bundle print this same list.
 *
 * Why each exists, and what happens without it:
 *
 * - `connection-tested`: without a request of ours that the kept token opened, a typing error in the
 *   portal or a truncated value shows itself only after the other token is gone.
 * - `provisioning-event-verified`: a probe is not an event. The IdP's test button uses the value in
 *   its form, saved or not; only a write that landed shows that provisioning itself works.
 * - `new-token-in-use`: both tokens are valid during the overlap, so a write alone may have been made
 *   with the old one. The portal's last use is the only thing that names the token.
 * - `old-token-quiet`: as long as anything still uses the old token, revoking it stops that thing,
 *   silently. Silence must last longer than the portal takes to show a use, and one cycle of the IdP.
 * - `tenant-confirmed`: proof gathered in another tenant proves nothing about this one.
 * - `new-token-live`: revoking the old token must not remove the last one that works.
 * - `old-token-named`: the person repeats which token goes; revoking the wrong one cannot be undone.
 * - `second-person-approved`: somebody's word is weaker than a measurement, so two people give theirs.
 */
import { roles, tokenOf } from './rotation.facts.ts'
import type { Evidence, Facts, Reading, Sight } from './rotation.facts.ts'
import { AUTHENTICATED_BEFORE_WRITTEN_MS, isOurs, ours } from './rotation.use.ts'
import { ms } from './vocabulary.ts'
import type { Actor, Who } from './vocabulary.ts'

export const REQUIREMENT_CODES = [
  'connection-tested',
  'tenant-confirmed',
  'provisioning-event-verified',
  'new-token-in-use',
  'old-token-quiet',
  'new-token-live',
  'old-token-named',
  'second-person-approved',
] as const
export type RequirementCode = (typeof REQUIREMENT_CODES)[number]

/** One precondition: what it says, what was seen, what would satisfy it, who can, and from when. */
export interface Requirement {
  code: RequirementCode
  met: boolean
  detail: string
  seen: string
  unblock: string
  who: Who
  earliest?: string
}

/** What the person confirms; absent while nobody is confirming anything. */
export interface Confirmation {
  named: string
  by: Actor
}

/** A person's reading of the portal is good for this long; then the old token may have been used again. */
export const ATTESTED_READING_FRESH_MS = 15 * 60_000

/** The portal must have been asked for this very revocation. */
export const OBSERVED_READING_FRESH_MS = 60_000

/** The old token's quiet must last this long after the cutover. */
export const quietMs = (facts: Facts): number =>
  Math.max(facts.policy.quietMs, facts.portal.granularityMs)

/**
 * From when a reading can show the retired token quiet, epoch milliseconds. A throttled portal may
 * have hidden a use until `hiddenUntil`, so a whole cycle of the IdP is counted from there.
 */
export function quietUntil(facts: Facts): number | null {
  if (facts.cutover === null) return null
  const until = ms(facts.cutover.at) + quietMs(facts)
  return Math.max(until, hiddenUntil(facts) + facts.policy.quietMs)
}

/** E4 and E5 entries that count and that the retired token cannot have made unseen. */
export function attributableEvents(facts: Facts): Evidence[] {
  return facts.evidence.filter(
    (e) =>
      e.admissible &&
      (e.level === 'E4' || e.level === 'E5') &&
      facts.cutover !== null &&
      ms(e.occurredAt) > ms(facts.cutover.at) &&
      ms(e.occurredAt) >= hiddenUntil(facts),
  )
}

/** A portal that writes `last_used_at` once per granularity hides the retired token's next use for that long. */
export function hiddenUntil(facts: Facts): number {
  const last = facts.reading?.[roles(facts).retire].lastUsedAt ?? null
  if (last === null || facts.reading === null || facts.portal.granularityMs === 0) return 0
  return ours(last, facts.reading.skew).to + facts.portal.granularityMs
}

/** The event and the use of the kept token that together make E6, or null. */
export function verification(facts: Facts): { event: Evidence; use: Evidence } | null {
  const slack = facts.portal.granularityMs + AUTHENTICATED_BEFORE_WRITTEN_MS
  const uses = facts.evidence.filter((e) => e.admissible && e.level === 'E3')
  for (const event of attributableEvents(facts)) {
    const use = uses.find((u) => ms(u.occurredAt) >= ms(event.occurredAt) - slack)
    if (use !== undefined) return { event, use }
  }
  return null
}

/** Was the retired token used after the cutover? Against the portal's own earlier reading where there is one. */
export function usedAfterCutover(facts: Facts, reading: Reading): boolean {
  const { retire } = roles(facts)
  const last = reading[retire].lastUsedAt
  if (facts.cutover === null) return true
  if (last === null && isDead(reading[retire].status)) return false
  const atCutover = facts.cutover.reading
  if (atCutover !== null) return atCutover[retire].lastUsedAt !== last
  return last !== null && ours(last, reading.skew).to > ms(facts.cutover.at)
}

/** A token that can no longer be used by anything. */
export const isDead = (status: Sight['status']): boolean =>
  status === 'revoked' || status === 'expired' || status === 'missing'

/** The token to retire is gone already, whoever removed it: nothing can use it any more. */
export function isGone(facts: Facts): boolean {
  const { retire } = roles(facts)
  if (retire === 'old' && isLost(facts)) return true
  const status = facts.reading?.[retire].status ?? 'unknown'
  // A token whose id is not known is never found in a list, which does not mean that it is gone.
  if (status === 'missing' && (tokenOf(facts, retire)?.id ?? null) === null) return false
  return isDead(status)
}

/** The old token died without us, and nothing read since shows it alive after all. */
export function isLost(facts: Facts): boolean {
  const { oldTokenLost, reading } = facts
  if (oldTokenLost === null) return false
  return !(reading?.old.status === 'live' && ms(reading.readAt) >= ms(oldTokenLost.at))
}

/** Nobody but us has used the new token, and the IdP was never said to hold it: it can simply be taken back. */
export function isUntouched(facts: Facts, reading: Reading | null): boolean {
  if (facts.cutover !== null || facts.handedOver) return false
  if (!facts.portal.observable) return true
  if (reading === null) return false
  const last = reading.new.lastUsedAt
  if (last === null) return true
  return isOurs(facts, last, reading.skew)
}

/** A new token being taken back before the IdP was updated: authorised, and still to be carried out. */
export const isUndoing = (facts: Facts): boolean =>
  facts.direction === 'back' && facts.cutover === null && facts.revocation !== null

/** Everyone whose word, rather than a measurement, the gate would rest on. */
export function attesters(facts: Facts): { ids: string[]; latest: string | null } {
  const told = facts.evidence.filter((e) => e.admissible && e.witness === 'attested')
  const readings = [facts.reading, facts.cutover?.reading ?? null]
    .filter((reading) => reading !== null)
    .filter((reading) => reading.witness === 'attested')
  const times = [...told.map((e) => e.observedAt), ...readings.map((r) => r.readAt)].toSorted()
  return {
    ids: [...told.map((e) => e.by.id), ...readings.map((r) => r.by.id)],
    latest: times.at(-1) ?? null,
  }
}

/** Whoever gave their word cannot confirm it; where nothing was attested, whoever started cannot. A program is nobody. */
export function mayApprove(facts: Facts, who: Actor): boolean {
  if (who.kind === 'system') return false
  const { ids } = attesters(facts)
  return ids.length > 0 ? !ids.includes(who.id) : who.id !== facts.startedBy.id
}

export const unmet = (all: readonly Requirement[]): Requirement[] => all.filter((r) => !r.met)
