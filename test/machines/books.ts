/** The oracle's own books: what a history of events comes to, reckoned without a line of `machines/`. */
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import type { Reading } from '../../machines/rotation.facts.ts'

export const at = (text: string): number => Date.parse(text)
export const MINUTE = 60_000
/** Clocks are compared by a header that is good to a second. */
export const BLUR = 1_000

export interface Books {
  back: boolean
  fresh: { id: string | null; print: string | null; expiresAt: string | null } | null
  handed: boolean
  cutover: { at: number; seen: Reading | null } | null
  passed: boolean
  printOfOld: string | null
  canaryAt: number | null
  /** Real writes after the cutover, and whose word they are (null: observed). */
  writes: { at: number; by: string | null }[]
  ownUses: { from: number; to: number }[]
  /** Uses of the kept token by others. */
  foreign: { at: number; by: string | null }[]
  stray: boolean
  latest: Reading | null
  words: string[]
  approver: string | null
  halted: 'no' | 'person' | 'tenant'
  dead: number | null
  /** The latest moment that a new token or a cutover was dated. */
  told: number
}

export const side = (books: Books) =>
  books.back ? (['old', 'new'] as const) : (['new', 'old'] as const)

function forget(books: Books): void {
  books.passed = false
  books.canaryAt = null
  books.writes = []
  books.foreign = []
  books.approver = null
  books.words = []
}

function look(books: Books, from: StartInput, seen: Reading, counts: boolean): void {
  const [keep, retire] = side(books)
  const { cutover } = books
  if (books.latest === null || at(books.latest.readAt) <= at(seen.readAt)) books.latest = seen
  if (seen.witness === 'attested' && counts) {
    books.words.push(seen.by.id)
    books.approver = null
  }
  if (cutover === null) return
  const gone = ['revoked', 'expired', 'missing'].includes(seen[retire].status)
  const mark = seen[retire].lastUsedAt
  const before = cutover.seen?.[retire].lastUsedAt ?? null
  if (cutover.seen === null ? mark !== null && at(mark) > cutover.at : mark !== before && !gone) {
    books.stray ||= mark !== null
  }
  const use = seen[keep].lastUsedAt
  if (use === null || !counts) return
  const known = cutover.seen?.[keep].lastUsedAt ?? null
  if (known !== null && at(use) <= at(known)) return
  if (cutover.seen === null && at(use) <= cutover.at) return
  if (at(use) > at(seen.readAt) + 30_000 + BLUR) return
  const grain = from.portal.granularityMs
  const own = books.ownUses.some((u) => at(use) >= u.from - grain && at(use) <= u.to)
  if (!own) books.foreign.push({ at: at(use), by: seen.witness === 'attested' ? seen.by.id : null })
}

export function keep(books: Books, from: StartInput, event: RotationEvent): void {
  const own = (uses: readonly { startedAt: string; endedAt: string }[]) => {
    books.ownUses.push(...uses.map((u) => ({ from: at(u.startedAt), to: at(u.endedAt) })))
  }
  switch (event.type) {
    case 'token.created':
      forget(books)
      books.told = at(event.at)
      Object.assign(books, {
        cutover: null,
        ownUses: [],
        stray: false,
        latest: null,
        handed: false,
      })
      books.fresh = {
        id: event.token.id,
        print: event.token.fingerprint,
        expiresAt: event.expiresAt,
      }
      return
    case 'idp.updated': {
      forget(books)
      const readAt = event.reading === null ? 0 : at(event.reading.readAt)
      const usable = event.reading !== null && at(event.at) - readAt <= MINUTE
      const seen = usable ? event.reading : null
      // It came after everything told before it, whatever its clock says.
      books.cutover = { at: Math.max(at(event.at), readAt, books.told), seen }
      Object.assign(books, { stray: false, latest: event.reading, told: books.cutover.at })
      if (event.reading?.witness === 'attested') books.words.push(event.reading.by.id)
      books.handed ||= !books.back
      return
    }
    case 'base-url.changed':
      forget(books)
      Object.assign(books, { cutover: null, stray: false, latest: null })
      return
    case 'roll-back.started':
      forget(books)
      Object.assign(books, { back: true, cutover: null, stray: false, latest: event.reading })
      return
    case 'old-token.lost':
      books.dead = at(event.at)
      if (!books.back) return
      forget(books)
      Object.assign(books, { back: false, cutover: null, stray: false, latest: null })
      return
    case 'connection.tested': {
      own(event.uses)
      if (event.baseline !== null) look(books, from, event.baseline, false)
      books.passed = event.passed && event.fingerprint === (printOfKept(books) ?? event.fingerprint)
      if (event.passed && books.back) books.printOfOld ??= event.fingerprint
      if (event.passed && !books.back && books.fresh) books.fresh.print ??= event.fingerprint
      return
    }
    case 'canary.issued':
      books.canaryAt = at(event.at)
      return
    case 'portal.read':
      look(books, from, event.reading, true)
      return
    case 'event.recorded': {
      const { event: told } = event
      const id = books.back ? from.oldToken.id : (books.fresh?.id ?? null)
      const real =
        told.outcome === 'success' &&
        told.operation !== 'read' &&
        [null, from.tenantId].includes(told.tenantId) &&
        [null, id].includes(told.tokenId) &&
        told.subject.toLowerCase() === from.pilotUser?.toLowerCase() &&
        at(told.occurredAt) <= at(event.at) + 30_000 &&
        books.cutover !== null &&
        at(told.occurredAt) > books.cutover.at
      if (!real) return
      const word = event.witness === 'attested' ? event.by.id : null
      books.writes.push({ at: at(told.occurredAt), by: word })
      if (word !== null) {
        books.words.push(word)
        books.approver = null
      }
      return
    }
    case 'pilot.read': {
      own([event.use])
      const changed = event.lastModified === null ? null : at(event.lastModified)
      const until = at(event.use.endedAt)
      if (event.canaryPresent === true && books.canaryAt !== null) {
        const when = Math.max(books.canaryAt, changed ?? 0)
        books.writes.push({ at: Math.min(when, until), by: null })
      } else if (changed !== null && books.cutover !== null && changed > books.cutover.at) {
        books.writes.push({ at: Math.min(changed, until), by: null })
      }
      if (event.baseline !== null) look(books, from, event.baseline, false)
      return
    }
    case 'own-use.recorded':
      own(event.uses)
      if (event.baseline !== null) look(books, from, event.baseline, false)
      return
    case 'revocation.approved':
      books.approver = event.by.kind === 'system' ? null : event.by.id
      return
    case 'revocation.confirmed':
      if (event.reading !== null) look(books, from, event.reading, true)
      return
    case 'tenant.mismatched':
      books.halted = 'tenant'
      return
    case 'rotation.halted':
      books.halted = 'person'
      return
    case 'rotation.resumed':
      if (books.halted === 'tenant') forget(books)
      books.halted = 'no'
      return
    default:
  }
}

const printOfKept = (books: Books): string | null =>
  books.back ? books.printOfOld : (books.fresh?.print ?? null)

/** Nothing has happened yet. */
export const blank = (from: StartInput): Books => ({
  back: false,
  fresh: null,
  handed: false,
  cutover: null,
  passed: false,
  printOfOld: from.oldToken.fingerprint,
  canaryAt: null,
  writes: [],
  ownUses: [],
  foreign: [],
  stray: false,
  latest: null,
  words: [],
  approver: null,
  halted: 'no',
  dead: null,
  told: 0,
})
