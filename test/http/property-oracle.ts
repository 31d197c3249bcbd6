/**
 * May this token be revoked now? Answered from what the practice provider logged and from what the test
 * itself did and was answered, without a line of the law: that is what makes it a second opinion.
 */
import type { LoggedRequest } from '../../src/practice/request-log.ts'

/** What the test did, by its own clock. */
export interface History {
  oldId: string
  newId: string | null
  /** When the last accepted word came that the IdP holds the token that stays; null: none since the last turn. */
  cutoverAt: number | null
  direction: 'forward' | 'back'
  /** The IdP was said to hold the present new token at some time. */
  everHandedOver: boolean
  halted: boolean
  /** The last typed event that was taken as evidence, and the last approval by somebody else. */
  attestedAt: number | null
  approvedAt: number | null
}

export const GRANULARITY_MS = 1000

/** Null: nothing speaks against it. Otherwise the reason. */
export function objection(
  history: History,
  log: readonly LoggedRequest[],
  deleted: { id: string; at: number },
): string | null {
  const { oldId, newId, cutoverAt, direction } = history
  const [keep, retire] = direction === 'forward' ? [newId, oldId] : [oldId, newId]
  if (deleted.id !== retire) return 'a token that is not the one to go'
  if (keep === null) return 'there is no other token'
  if (history.halted) return 'the rotation was halted'
  const used = log.filter((r) => r.door === 'scim' && r.status < 300 && r.at < deleted.at)
  if (direction === 'back' && cutoverAt === null) {
    if (history.everHandedOver) return 'the IdP was said to hold it'
    const others = used.some((r) => r.tokenId === retire && !isOurs(r))
    return others ? 'somebody else had begun to use it' : null
  }
  if (cutoverAt === null) return 'nobody said that the IdP was updated'
  const since = used.filter((r) => r.at > cutoverAt)
  if (since.some((r) => r.tokenId === retire)) return 'the token to go was used since'
  if (!since.some((r) => r.tokenId === keep && isOurs(r))) return 'it was never tested'
  if (!since.some((r) => r.tokenId === keep && isWrite(r)))
    return 'no write with the one that stays'
  if (deleted.at - cutoverAt < GRANULARITY_MS) return 'the portal could still hide a use'
  const { attestedAt, approvedAt } = history
  if (attestedAt !== null && (approvedAt ?? 0) < attestedAt) return 'nobody else had approved'
  return null
}

/** The hands of these tests are Okta's; everything else that asks is Interlock. */
const isOurs = (r: LoggedRequest): boolean => !(r.userAgent ?? '').startsWith('Okta')
const isWrite = (r: LoggedRequest): boolean =>
  !isOurs(r) && r.method !== 'GET' && r.path.startsWith('/Users')
