/** The facts of a case in which everything is answered, to be spoilt one by one. */
import type { EscalationFacts, ItemName } from '../../machines/escalation.facts.ts'
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import { startEscalation } from '../../machines/kernel.ts'

export const KIM = { kind: 'key', id: 'key_kim', name: 'Kim' } as const
export const PROGRAM = { kind: 'system', id: 'interlock', name: 'Interlock' } as const
export const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 10, 24, 12) + seconds * 1000).toISOString()

const VALUES = {
  tenantId: 'acme',
  scimBaseUrl: 'https://portal.example/scim/v2',
  idp: 'okta',
  operation: 'update',
  occurredAt: at(-3600),
  httpStatus: 401,
  discoverySucceeds: true,
  tokenRecentlyUsed: false,
} as const

export const answer = (value: unknown, more: object = {}) => ({
  value,
  cannotBeKnown: null,
  witness: 'attested',
  from: 'person',
  at: at(10),
  by: KIM,
  ...more,
})

export const answers = (names: readonly ItemName[] = ITEM_NAMES, more: object = {}) =>
  Object.fromEntries(names.map((name) => [name, answer(VALUES[name], more)]))

export const signed = { at: at(60), by: KIM }
export const sent = { ...signed, bundleId: 'bun_1', sha256: 'a'.repeat(64) }

export function whole(spoilt: Partial<EscalationFacts> = {}): EscalationFacts {
  const { facts } = startEscalation({
    tenantId: 'acme',
    connectionId: 'con_1',
    rotationId: null,
    reference: null,
    openedAt: at(0),
    openedBy: KIM,
  })
  return { ...facts, items: { ...facts.items, ...answers() }, ...spoilt }
}
