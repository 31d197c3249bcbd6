/** Which of our requests may have moved `last_used_at`: they must not be taken for the IdP's. */
import { instant } from '../../machines/vocabulary.ts'
import type { Exchange, Failure, OwnUse } from './contract.ts'

/** With these, not one byte of the request was sent. */
const NEVER_SENT: ReadonlySet<Failure> = new Set<Failure>([
  'url-refused',
  'header-refused',
  'address-refused',
  'dns-failed',
  'unreachable',
  'tls-failed',
])

/**
 * For an exchange that carried a token. When in doubt it counts: a request that timed out may have
 * been authenticated, and a use of our own that is forgotten would look like the IdP's.
 */
export function ownUseOf(exchange: Exchange): OwnUse | null {
  if (exchange.kind === 'failure' && NEVER_SENT.has(exchange.failure)) return null
  return ownUse(exchange)
}

export const ownUse = (exchange: Exchange): OwnUse => ({
  startedAt: instant(exchange.startedAt),
  endedAt: instant(exchange.endedAt),
})
