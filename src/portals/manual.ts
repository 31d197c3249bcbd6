/**
 * A portal this program cannot reach. Nothing is listed, created or revoked from here: a person
 * reads the list out and presses the buttons, their readings are attested, never observed, and a
 * second person approves (DESIGN §3).
 */
import { PortalError } from './contract.ts'
import type { Portal } from './contract.ts'

/** Every method rejects with 'portal-not-connected', so that callers need no case of their own. */
export function createManualPortal(): Portal {
  const refuse = (): Promise<never> => Promise.reject(new PortalError('portal-not-connected'))
  return { kind: 'manual', list: refuse, create: refuse, revoke: refuse }
}
