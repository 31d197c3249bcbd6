/** What every verb is given: who acts, what they may see, and the parts of the program it may touch. */
import type { Actor, PortalKind } from '../../machines/vocabulary.ts'
import type { Scope } from '../access/scope.ts'
import type { Catalog } from '../catalog.ts'
import type { Portal, PortalCredential, PortalTraits } from '../portals/contract.ts'
import type { FirstChecksOrder } from '../scim/check.ts'
import type { FirstChecks, PilotReading } from '../scim/contract.ts'
import type { PilotOrder } from '../scim/pilot.ts'
import type { Store } from '../store/contract.ts'
import type { LeakCheck } from '../support/leak-check/leak-check.ts'
import type { Signer } from '../support/signer.ts'
import type { TokenRegistry } from '../support/token-registry.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { IdPrefix } from './id.ts'
import type { TokenVault } from './token-vault.ts'

/** The parts that main.ts wires once. */
export interface Deps {
  store: Store
  /** Epoch milliseconds. */
  clock: () => number
  nextId: (prefix: IdPrefix) => string
  fingerprint: Fingerprint
  vault: TokenVault
  /** Every token handled is remembered here, so that it is recognised wherever it turns up. */
  tokens: Pick<TokenRegistry, 'remember' | 'retire' | 'saved'>
  leaks: Pick<LeakCheck, 'inspect' | 'version'>
  /** `recipient`: support's age public key, where one is configured. */
  bundles: { signer: Signer; recipient: string | null }
  changes: ChangeFeed
  catalog: Catalog
  portals: {
    open(connectionId: string, connection: ConnectionRecord): Portal
    traits(kind: PortalKind): PortalTraits
    seal(connectionId: string, credential: PortalCredential): string
  }
  scim: {
    firstChecks(order: FirstChecksOrder): Promise<FirstChecks>
    readPilot(order: PilotOrder): Promise<PilotReading>
    /** May this address be called at all, as far as its text tells? Nothing is sent. */
    mayCall(url: string): boolean
  }
}

export interface Ctx extends Deps {
  actor: Actor
  scope: Scope
}

/** The program's own hand, for what happens while nobody clicks. */
export const SYSTEM: Actor = { kind: 'system', id: 'interlock', name: 'Interlock' }
