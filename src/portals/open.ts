/** All portals of this program: opened from what a connection says, and kept while it says the same. */
import type { PortalKind } from '../../machines/vocabulary.ts'
import type { Send } from '../scim/contract.ts'
import type { Secret } from '../secret.ts'
import type { Portal, PortalCredential, PortalTraits } from './contract.ts'
import { openCredential, sealCredential } from './credential.ts'
import { openPortal } from './portal.ts'
import { loadPortalFacts } from './knowledge.ts'
import { traitsOf } from './trait.ts'

/** What of a connection makes its portal. */
export interface PortalPlace {
  portal: { kind: PortalKind; url: string | null; sealedCredential: string | null }
}

export interface Portals {
  /** A session and the count of its log-ins live inside a portal, so the same place gets the same one. */
  open(connectionId: string, connection: PortalPlace): Portal
  traits(kind: PortalKind): PortalTraits
  seal(connectionId: string, credential: PortalCredential): string
}

const MOST_KEPT = 500

export function openPortals(means: { secret: Secret; send: Send; clock: () => number }): Portals {
  const kept = new Map<string, { made: string; portal: Portal }>()
  const facts = loadPortalFacts()
  const { secret } = means
  return {
    open(connectionId, { portal }) {
      const made = `${portal.kind} ${portal.url ?? ''} ${portal.sealedCredential ?? ''}`
      const known = kept.get(connectionId)
      if (known?.made === made) return known.portal
      const opened =
        portal.kind === 'manual' || portal.url === null || portal.sealedCredential === null
          ? openPortal({ kind: 'manual' }, means)
          : openPortal(
              {
                kind: portal.kind,
                url: portal.url,
                credential: openCredential(portal.sealedCredential, { secret, connectionId }),
              },
              means,
            )
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
      kept.set(connectionId, { made, portal: opened })
      return opened
    },
    traits: (kind) => traitsOf(facts[kind]),
    seal: (connectionId, credential) => sealCredential(credential, { secret, connectionId }),
  }
}
