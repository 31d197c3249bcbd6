/** What every verb is given, wired once. Part of the composition root: only `compose.ts` imports it. */
import { openPortals } from './portals/open.ts'
import { firstChecks } from './scim/check.ts'
import { createSend } from './scim/client.ts'
import { readPilot } from './scim/pilot.ts'
import { judgeTarget, parseAllowTargets } from './scim/target.ts'
import type { AllowTargets } from './scim/target.ts'
import type { Secret } from './secret.ts'
import type { Store } from './store/contract.ts'
import { rememberCredential, rememberingPortal, rememberingSend } from './support/handled-token.ts'
import type { Safeguard } from './support/safeguard.ts'
import { createChangeFeed } from './workflow/change-feed.ts'
import type { Deps } from './workflow/context.ts'
import { createIdSource } from './workflow/id.ts'
import { createTokenVault } from './workflow/token-vault.ts'

export function createDeps(parts: {
  store: Store
  secret: Secret
  clock: () => number
  catalog: Deps['catalog']
  allow: { current(): AllowTargets }
  safeguard: Pick<Safeguard, 'tokens' | 'leaks'>
  fingerprint: Deps['fingerprint']
  bundles: Deps['bundles']
}): Deps {
  const { store, secret, clock, fingerprint, catalog, allow, bundles } = parts
  const { tokens, leaks } = parts.safeguard
  const send = rememberingSend(createSend({ allow: allow.current(), clock }), tokens)
  const portals = openPortals({ secret, send, clock })
  return {
    store,
    clock,
    nextId: createIdSource(clock),
    fingerprint,
    vault: createTokenVault(clock),
    changes: createChangeFeed(),
    catalog,
    tokens,
    leaks,
    bundles,
    portals: {
      traits: (kind) => portals.traits(kind),
      open: (id, connection) => rememberingPortal(portals.open(id, connection), tokens),
      seal(id, credential) {
        rememberCredential(tokens, credential)
        return portals.seal(id, credential)
      },
    },
    scim: {
      firstChecks: (order) => firstChecks(send, order),
      readPilot: (order) => readPilot(send, order),
      mayCall: (url) => typeof judgeTarget(url, allow.current()) !== 'string',
    },
  }
}

/** The practice provider runs on our own port, which may only be known after listening. */
export function allowing(configured: AllowTargets): {
  current(): AllowTargets
  open(host: string, port: number): void
} {
  const entries = [...configured.entries]
  const list: AllowTargets = { entries }
  return {
    current: () => list,
    open: (host, port) => {
      for (const name of new Set([host, 'localhost'])) {
        entries.push(...parseAllowTargets(`${bracketed(name)}:${port}`).entries)
      }
    },
  }
}

export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
