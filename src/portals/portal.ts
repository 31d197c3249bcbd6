/** From what a connection says of its portal to the portal itself. */
import type { Send } from '../scim/contract.ts'
import { createAxonflowPortal } from './axonflow.ts'
import type { Portal, PortalCredential } from './contract.ts'
import { createManualPortal } from './manual.ts'

export type PortalOrder =
  | { kind: 'manual' }
  | { kind: 'axonflow'; url: string; credential: PortalCredential }

/**
 * Keep what it answers as long as the connection is unchanged: an AxonFlow session and the count of
 * its log-ins live inside. `clock` answers epoch milliseconds.
 */
export function openPortal(order: PortalOrder, means: { send: Send; clock: () => number }): Portal {
  if (order.kind === 'manual') return createManualPortal()
  return createAxonflowPortal({ ...order, ...means })
}
