/**
 * The one-time sign-in of the first start: a code in memory, good once and for 15 minutes. A later
 * start makes another one for as long as nobody holds an owner key.
 */
import { randomBytes } from 'node:crypto'
import { Secret } from '../secret.ts'
import { keyedDigest, sameDigest } from './derived-key.ts'
import { INTERLOCK } from './key.ts'
import type { Keys } from './key.ts'

export const SIGN_IN_MINUTES = 15

export interface SignIn {
  /** A new code; the one before it, if any, is void. */
  offer(): Secret
  /** Looking does not use the code up: link previews look, too. */
  isOpen(code: Secret): boolean
  /** Uses the code up. Null: not a code, used, or too old. */
  redeem(code: Secret): Promise<Secret | null>
}

export function createSignIn(deps: { keys: Keys; secret: Secret; clock: () => number }): SignIn {
  const digest = keyedDigest(deps.secret, 'sign-in-code')
  let open: { digest: string; until: number } | null = null

  const isOpen = (code: Secret): boolean =>
    open !== null && deps.clock() < open.until && sameDigest(open.digest, digest(code.reveal()))

  return {
    isOpen,
    offer() {
      const code = new Secret(randomBytes(32).toString('base64url'))
      const until = deps.clock() + SIGN_IN_MINUTES * 60_000
      open = { digest: digest(code.reveal()), until }
      return code
    },
    async redeem(code) {
      const offered = open
      if (offered === null || !isOpen(code)) return null
      // Closed before the first await: two clicks at once get one key. A failed write opens it again.
      open = null
      try {
        const order = {
          name: 'first owner',
          role: 'owner',
          tenants: 'all',
          expiresAt: null,
        } as const
        return (await deps.keys.mint(order, INTERLOCK)).value
      } catch (error) {
        open ??= offered
        throw error
      }
    },
  }
}
