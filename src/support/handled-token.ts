/** The doors through which tokens come in and go out: each remembers what passes, at that moment. */
import type { Keys } from '../access/key.ts'
import type { Portal, PortalCredential } from '../portals/contract.ts'
import type { Send } from '../scim/contract.ts'
import { Secret } from '../secret.ts'
import type { TokenRegistry } from './token-registry.ts'

type Remembers = Pick<TokenRegistry, 'remember' | 'retire'>

/** What is sent as a token to anybody, and a session's cookie. */
export const rememberingSend =
  (send: Send, tokens: Remembers): Send =>
  (request) => {
    if (request.bearer !== undefined) tokens.remember(request.bearer)
    const cookie = request.headers?.['cookie'] ?? request.headers?.['Cookie']
    const value = cookie?.slice(cookie.indexOf('=') + 1)
    if (value !== undefined) tokens.remember(new Secret(value), { keep: 'memory' })
    return send(request)
  }

/** The value of a token that the portal has just made, before anybody else sees it. */
export const rememberingPortal = (portal: Portal, tokens: Remembers): Portal => ({
  kind: portal.kind,
  list: () => portal.list(),
  revoke: (tokenId) => portal.revoke(tokenId),
  async create(order) {
    const created = await portal.create(order)
    tokens.remember(created.value)
    return created
  },
})

export function rememberCredential(tokens: Remembers, credential: PortalCredential): void {
  if (credential.auth === 'bearer') tokens.remember(credential.value)
  else tokens.remember(credential.password, { keep: 'memory' })
}

/** Access keys: when they are made, whenever one is shown, and when they end. */
export const rememberingKeys = (keys: Keys, tokens: Remembers, clock: () => number): Keys => {
  /** By id: taking a fingerprint costs more than all else of a request that only reads. */
  const remembered = new Set<string>()
  return {
    ...keys,
    async authenticate(value) {
      const principal = await keys.authenticate(value)
      if (principal !== null && !remembered.has(principal.actor.id)) {
        tokens.remember(value, { id: principal.actor.id })
        remembered.add(principal.actor.id)
      }
      return principal
    },
    async mint(order, by) {
      const made = await keys.mint(order, by)
      tokens.remember(made.value, { id: made.id })
      if (order.expiresAt !== null) tokens.retire(made.id, Date.parse(order.expiresAt))
      return made
    },
    async revoke(id, by) {
      await keys.revoke(id, by)
      tokens.retire(id, clock())
      remembered.delete(id)
    },
  }
}
