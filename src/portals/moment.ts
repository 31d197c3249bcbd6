/** Times as portals write them, brought to the stored form. Nothing is guessed: no zone, no time. */
import { z } from 'zod'
import { instant } from '../../machines/vocabulary.ts'

const Rfc3339 = z.iso.datetime({ offset: true })

/** Before this no SCIM token existed (RFC 7644 is of 2015); after it, a unit was mistaken. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

/** 1e11 seconds lie in the year 5138, 1e11 milliseconds in 1973: between the two no date is lost. */
const SECONDS_END = 1e11

/** What several languages write for a time that was never set. */
const UNSET: ReadonlySet<unknown> = new Set([null, undefined, '', 0, '0001-01-01T00:00:00Z'])

/** A time that a portal wrote and that cannot be read. Never carries what it wrote. */
export class UnreadableMoment extends Error {
  override readonly name = 'UnreadableMoment'
}

/**
 * RFC 3339 with any precision and offset, epoch seconds or milliseconds (number or digits) → RFC
 * 3339 UTC with milliseconds, cut, never rounded up: a use must not look later than it was.
 * Unset → null. Anything else throws `UnreadableMoment`.
 */
export function readMoment(wire: unknown): string | null {
  if (UNSET.has(wire)) return null
  const epochMs = toEpochMs(wire)
  if (Number.isNaN(epochMs) || epochMs < EARLIEST || epochMs > LATEST) throw new UnreadableMoment()
  return instant(epochMs)
}

function toEpochMs(wire: unknown): number {
  if (typeof wire === 'number') return fromEpoch(wire)
  if (typeof wire !== 'string') return Number.NaN
  if (/^\d{10}$|^\d{13}$/.test(wire)) return fromEpoch(Number(wire))
  return Rfc3339.safeParse(wire).success ? Date.parse(cutFraction(wire)) : Number.NaN
}

function fromEpoch(value: number): number {
  return Math.floor(value < SECONDS_END ? value * 1000 : value)
}

/** More than three decimals are outside what ECMA-262 promises to parse. */
function cutFraction(text: string): string {
  return text.replace(/(\.\d{3})\d+/, '$1')
}
