/**
 * A second opinion on when a token may be revoked, from the history of events alone. It shares no line
 * with `machines/`: it keeps its own books, and knows only what each event says. Where it finds a
 * reason against, the machine must have found one too.
 */
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import type { Reading } from '../../machines/rotation.facts.ts'
import { BLUR, MINUTE, at, blank, keep, side } from './books.ts'
import type { Books } from './books.ts'

/**
 * What speaks against the last event of this history authorising a revocation; empty when nothing
 * does. `history`: the events that were accepted, in order.
 */
export function reasonsAgainst(from: StartInput, history: readonly RotationEvent[]): string[] {
  const books = blank(from)
  const last = history.at(-1)
  for (const event of history.slice(0, -1)) keep(books, from, event)
  if (last?.type === 'roll-back.started') return againstUndoing(books, from, last)
  if (last?.type !== 'revocation.confirmed') return ['nobody confirmed anything']
  if (books.back && books.cutover === null) {
    const seen = { ...last, type: 'roll-back.started', reason: '' } as const
    return againstUndoing(books, from, seen)
  }
  keep(books, from, last)
  return againstRevoking(books, from, last)
}

function againstUndoing(
  books: Books,
  from: StartInput,
  event: { at: string; reading: Reading | null },
): string[] {
  const found: string[] = []
  if (books.fresh === null) found.push('there is no new token')
  if (books.handed) found.push('the IdP may hold it')
  if (!from.portal.observable) return found
  const { reading } = event
  if (reading === null || Math.abs(at(event.at) - at(reading.readAt)) > MINUTE)
    return [...found, 'not looked at']
  if (reading.old.status !== 'live') found.push('the old one is not live')
  const use = reading.new.lastUsedAt
  const near = from.portal.granularityMs + BLUR
  const own = books.ownUses.some(
    (u) => use !== null && at(use) >= u.from - near && at(use) <= u.to + BLUR,
  )
  if (use !== null && !own) found.push('somebody uses it')
  return found
}

function againstRevoking(
  books: Books,
  from: StartInput,
  event: Extract<RotationEvent, { type: 'revocation.confirmed' }>,
): string[] {
  const found: string[] = []
  const no = (holds: boolean, reason: string) => {
    if (!holds) found.push(reason)
  }
  const [keepSide, retireSide] = side(books)
  const grain = from.portal.granularityMs
  const now = at(event.at)
  const { cutover, latest } = books
  no(event.by.kind !== 'system', 'the program confirms nothing')
  no(books.passed, 'no passed test with the kept token since the cutover')
  no(books.halted === 'no', 'halted')
  no(cutover !== null, 'no cutover')
  const shown = latest?.[retireSide].lastUsedAt ?? null
  const clear = books.writes.filter((w) => shown === null || w.at >= at(shown) + grain - 2 * BLUR)
  no(clear.length > 0, 'no real write')
  const proven = clear.some((w) => books.foreign.some((u) => u.at >= w.at - grain - 3 * BLUR))
  no(proven, 'no use of the kept token by somebody else at or after it')
  const dead = ['revoked', 'expired', 'missing'].includes(latest?.[retireSide].status ?? '')
  const alive = latest?.old.status === 'live' && at(latest.readAt) >= (books.dead ?? 0)
  const gone = dead || (!books.back && books.dead !== null && !alive)
  const allowed = from.portal.observable ? MINUTE : 15 * MINUTE
  const look = from.portal.observable ? event.reading : latest
  no(look !== null && Math.abs(now - at(look.readAt)) <= allowed, 'no fresh look at the portal')
  if (!gone) {
    const quiet = Math.max(from.policy.quietMs, grain)
    const seenUntil = latest === null ? 0 : Math.min(at(latest.readAt), now)
    no(cutover !== null && seenUntil - cutover.at >= quiet, 'not quiet for long enough')
    no(!books.stray, 'the retired token was used after the cutover')
  }
  const kept = latest?.[keepSide]
  no(!from.portal.observable || kept?.status === 'live', 'the kept token is not shown live')
  const told = books.back ? null : (books.fresh?.expiresAt ?? null)
  const until = kept?.expiresAt ?? told
  no(until === null || at(until) > now, 'the kept token has expired')
  no(!books.back || books.dead === null || alive, 'the kept token has died')
  const target = books.back
    ? [books.fresh?.id, books.fresh?.print]
    : [from.oldToken.id, books.printOfOld, from.oldToken.hint]
  no(target.includes(event.named), 'another token is named')
  const asked =
    from.policy.secondPerson === 'always' ||
    (from.policy.secondPerson === 'when-attested' && books.words.length > 0)
  const first = books.words.length > 0 ? books.words : [from.startedBy.id]
  no(!asked || (books.approver !== null && !first.includes(books.approver)), 'no second person')
  return found
}
