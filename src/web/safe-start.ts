/** From when a token's end is somebody's business, and the last day on which a rotation can still begin calmly. */
import { instant, ms } from '../../machines/vocabulary.ts'

const DAY = 86_400_000

/** Chosen: a month is long enough to plan a change, short enough not to be looked past. */
const SOON_MS = 30 * DAY

/** Chosen: a change window, an approver on leave and one IdP cycle fit into a week. */
const NEEDED_MS = 7 * DAY

export type Urgency = 'expired' | 'expiring' | 'calm'

export function urgencyOf(expiresAt: string | null, now: number): Urgency {
  if (expiresAt === null) return 'calm'
  const left = ms(expiresAt) - now
  return left <= 0 ? 'expired' : left <= SOON_MS ? 'expiring' : 'calm'
}

/** The latest safe start; it may lie in the past. */
export const startBy = (expiresAt: string): string => instant(ms(expiresAt) - NEEDED_MS)
