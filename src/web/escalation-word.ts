/** The words of a case: its eight items, its states, and how an answer is known. */
import type {
  FailingOperation,
  From,
  ItemName,
  Resolution,
  Unknowable,
} from '../../machines/escalation.facts.ts'
import type { EscalationState } from '../../machines/escalation.record.ts'
import type { z } from 'zod'
import type { EscalationView } from '../workflow/escalation-view.ts'
import type { IconName } from './icon.tsx'
import { exact } from './time.tsx'
import { IDP_NAMES } from './word.ts'

export const ITEM_LABELS: Readonly<Record<ItemName, string>> = {
  tenantId: 'Tenant',
  scimBaseUrl: 'SCIM base URL',
  idp: 'IdP',
  operation: 'Failing operation',
  occurredAt: 'Approximate time',
  httpStatus: 'HTTP status',
  discoverySucceeds: 'Discovery succeeds',
  tokenRecentlyUsed: 'Portal shows recent use of the token',
}

export const OPERATION_NAMES: Readonly<Record<z.infer<typeof FailingOperation>, string>> = {
  create: 'Creating users',
  update: 'Updating users',
  deactivate: 'Deactivating users',
  'group-sync': 'Group sync',
}

export const UNKNOWABLE_NAMES: Readonly<Record<Unknowable, string>> = {
  'no-access': 'nobody here may look',
  'not-recorded': 'it was not recorded',
  'not-shown': 'it is not shown where it should be',
}

export const RESOLUTION_NAMES: Readonly<Record<z.infer<typeof Resolution>, string>> = {
  'token-replaced': 'Token replaced',
  'base-url-corrected': 'Base URL corrected',
  'tenant-corrected': 'Tenant corrected',
  'permission-corrected': 'Permission corrected',
  'idp-corrected': 'Settings of the IdP corrected',
  'data-corrected': 'Data corrected',
  'service-provider-corrected': 'Corrected at the service provider',
  'no-fault-found': 'No fault found',
  other: 'Something else',
}

interface StateWord {
  word: string
  icon: IconName
}

export const STATE_WORDS: Readonly<Record<EscalationState, StateWord>> = {
  collecting: { word: 'Collecting', icon: 'open' },
  ready: { word: 'Ready to submit', icon: 'now' },
  submitted: { word: 'Submitted', icon: 'wait' },
  acknowledged: { word: 'Acknowledged', icon: 'person' },
  needsInfo: { word: 'Support asked back', icon: 'wait' },
  resolved: { word: 'Resolved', icon: 'done' },
  withdrawn: { word: 'Withdrawn', icon: 'none' },
}

const SOURCES: Readonly<Record<From, string>> = {
  connection: 'in the connection',
  checks: 'by the first checks',
  rotation: 'in the rotation',
  portal: 'in the portal',
  diagnosis: 'by the diagnosis',
  person: '',
}
export const sourceOf = (from: string): string => SOURCES[from as From] ?? ''

type Value = string | number | boolean | null

export interface Said {
  value: Value
  cannotBeKnown: string | null
}

/** An answer for people. */
export function answerOf(name: ItemName, { value, cannotBeKnown }: Said): string {
  if (cannotBeKnown !== null) {
    return `cannot be known: ${UNKNOWABLE_NAMES[cannotBeKnown as Unknowable]}`
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (name === 'httpStatus') return value === 'none' ? 'no answer came' : String(value)
  if (name === 'idp') return IDP_NAMES[value as keyof typeof IDP_NAMES]
  if (name === 'operation') return OPERATION_NAMES[value as keyof typeof OPERATION_NAMES]
  if (name === 'occurredAt') return exact(String(value))
  return String(value)
}

/** What fails, in a few words: the title of the case. */
export function titleOf({ operation, httpStatus }: EscalationView['fields']): string {
  const what = operation?.value ?? null
  const status = httpStatus?.value ?? null
  const subject = what === null ? 'Provisioning' : OPERATION_NAMES[what]
  if (status === null) return `${subject} fails`
  if (status === 'none') return `${subject} gets no answer`
  return status < 400 ? `${subject} goes wrong with ${status}` : `${subject} fails with ${status}`
}

export const shortId = (id: string): string => id.slice(-4)
