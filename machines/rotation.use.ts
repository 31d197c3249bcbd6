/**
 * Whose use does the portal show? (E3 of the ladder.) Our own test moves the same mark as the IdP, so
 * a use that one of our requests can explain proves nothing about the IdP.
 *
 * Three clocks meet here: ours, the portal's and the service provider's. Times of theirs are brought
 * to ours by the skew measured from the `Date` header; where the measurement allows that both clocks
 * are equal, they are taken as equal, because the header is only good to a second. Only when our own
 * uses are discounted does the whole span count: there, doubt has to speak for ourselves.
 */
import { roles } from './rotation.facts.ts'
import type { Evidence, Facts, OwnUse, Reading, Skew } from './rotation.facts.ts'
import { ms } from './vocabulary.ts'

/** A request is authenticated (and `last_used_at` stamped) before its write gets `lastModified`. */
export const AUTHENTICATED_BEFORE_WRITTEN_MS = 2_000

/** How far in the future a log's clock may put an event before we call it impossible. */
export const CLOCK_TOLERANCE_MS = 30_000

export type Grade = Pick<Evidence, 'admissible' | 'why'>

export const counts = (why: string): Grade => ({ admissible: true, why })
export const never = (why: string): Grade => ({ admissible: false, why })

/** A span of our clock, epoch milliseconds. */
interface Span {
  from: number
  to: number
}

/** The span of our clock that a moment of theirs can fall in. */
export function ours(theirs: string, skew: Skew | null): Span {
  const at = ms(theirs)
  if (skew === null || (skew.lowMs <= 0 && skew.highMs >= 0)) return { from: at, to: at }
  return { from: at - skew.highMs, to: at - skew.lowMs }
}

/** As above without taking clocks for equal: a clock behind ours dates our own use before we made it. */
function widest(theirs: string, skew: Skew | null): Span {
  const at = ms(theirs)
  if (skew === null) return { from: at, to: at + CLOCK_TOLERANCE_MS }
  return { from: at - skew.highMs, to: at - skew.lowMs }
}

/** When the kept token was last used by this reading, in our clock's span. */
export function keptUse(facts: Facts, reading: Reading): Span | null {
  const at = reading[roles(facts).keep].lastUsedAt
  return at === null ? null : ours(at, reading.skew)
}

/**
 * Could one of our own requests have left this mark? A portal that cuts its times to its granularity
 * shows us earlier than we were, never later; beyond that only the clocks' disagreement counts.
 */
function explainedBy(use: OwnUse, mark: Span, granularityMs: number): boolean {
  return mark.to >= ms(use.startedAt) - granularityMs && mark.from <= ms(use.endedAt)
}

/** Could any request of ours have left this mark of the portal's? */
export const isOurs = (facts: Facts, theirs: string, skew: Skew | null): boolean =>
  facts.ownUses.some((use) => explainedBy(use, widest(theirs, skew), facts.portal.granularityMs))

/**
 * E3: the portal shows a use of the kept token. It counts as somebody else's only if no request of
 * ours can explain it. Without this, Interlock would verify itself: its own test moves the same mark.
 * Null: the reading shows nothing new.
 */
export function gradePortalUse(facts: Facts, reading: Reading): Grade | null {
  const { keep } = roles(facts)
  const last = reading[keep].lastUsedAt
  if (last === null || facts.cutover === null) return null
  const mark = ours(last, reading.skew)
  if (mark.from > ms(reading.readAt) + CLOCK_TOLERANCE_MS)
    return never('The portal dates the use after the moment it was read.')
  const atCutover = facts.cutover.reading
  if (atCutover === null && mark.from <= ms(facts.cutover.at))
    return never('The token was used before the IdP was updated, so this use is not the IdP’s.')
  if (atCutover !== null && !isLater(last, atCutover[keep].lastUsedAt)) return null
  const since = sinceBaseline(facts, last, mark)
  if (since === 'nothing-new') return null
  if (since === 'moved')
    return counts('The portal’s time moved on after our own last use, and not by us.')
  return isOurs(facts, last, reading.skew)
    ? never('One of our own requests explains this use, so it says nothing about the IdP.')
    : counts('The portal shows a use that none of our own requests explains.')
}

/**
 * Against the reading taken after our latest use, by the portal's clock alone. Until the portal had
 * the time to show that use, the mark that moves may still be ours, unless it lies after the use.
 */
function sinceBaseline(
  facts: Facts,
  last: string,
  mark: Span,
): 'nothing-new' | 'moved' | 'unclear' {
  const { baseline, ownUses } = facts
  const latest = Math.max(...ownUses.map((use) => ms(use.endedAt)))
  if (baseline === null || ownUses.length === 0 || baseline.witness !== 'observed') return 'unclear'
  if (ms(baseline.readAt) < latest) return 'unclear'
  const before = baseline[roles(facts).keep].lastUsedAt
  if (before === null) return 'unclear'
  if (!isLater(last, before)) return 'nothing-new'
  const settled = ms(baseline.readAt) >= latest + facts.portal.granularityMs
  const moved = (settled || mark.from > latest) && isOurs(facts, before, baseline.skew)
  return moved ? 'moved' : 'unclear'
}

/** Two marks of the same portal. */
const isLater = (mark: string, than: string | null): boolean => than === null || ms(mark) > ms(than)
