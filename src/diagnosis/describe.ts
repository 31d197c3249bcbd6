/** A field of an observation in words. Only fixed words, numbers and host names, never typed text. */
import { scimTypeOf } from './code.ts'
import type { Field, Observation } from './observation.ts'

const LABELS: Readonly<Record<Field, string>> = {
  httpStatus: 'HTTP status',
  scimType: 'scimType',
  operation: 'operation',
  discoverySucceeds: 'discovery succeeds',
  usersSucceed: 'users succeed',
  groupsSucceed: 'groups succeed',
  tokenRecentlyUsed: 'token recently used',
  idp: 'IdP',
  tenantMismatch: 'tenant mismatch',
  idpScreen: 'screen',
  idpSignal: 'seen at the IdP',
  idpTestPasses: 'IdP’s connection test passes',
  workedBefore: 'worked before',
  requestArrives: 'request arrives',
  failure: 'no usable answer',
  answer: 'kind of answer',
  discoveryStatus: 'status of discovery',
  usersStatus: 'status of listing users',
  groupsStatus: 'status of listing groups',
  retryAfterSeconds: 'seconds to wait',
  redirectHost: 'redirect to',
  metaLocationMismatch: 'meta.location names another host',
  mismatches: 'mismatch',
  baseUrlFindings: 'base URL',
  tokenStatus: 'token in the portal',
  portalSilent: 'portal showed no list',
  lastUseMoved: 'last use moved when we used it',
  tokenMatch: 'fingerprint',
  tokenFault: 'token as given',
  tokenCorrections: 'token as given',
  oldTokenStatus: 'old token',
  idpUpdated: 'IdP updated',
  oldTokenUsedSinceCutover: 'old token used since the cutover',
  gap: 'requests failed in a gap',
}

const HOST = /^[a-z0-9.:-]{1,253}$/

const host = (text: string): string => (HOST.test(text) ? text : '(unreadable host)')

/** `null`: nothing was observed in this field. */
export function describe(seen: Observation, field: Field): string | null {
  const word = value(seen, field)
  return word === null ? null : `${LABELS[field]}: ${word}`
}

export const labelOf = (field: Field): string => LABELS[field]

function value(seen: Observation, field: Field): string | null {
  const raw = seen[field]
  if (raw === undefined || raw === null) return null
  if (typeof raw === 'boolean') return raw ? 'yes' : 'no'
  if (typeof raw === 'number') return String(raw)
  if (typeof raw === 'string') return word(field, raw)
  const all = raw.map((one) =>
    typeof one === 'string' ? one : `${one.source}: ${host(one.expected)} ≠ ${host(one.found)}`,
  )
  return all.length === 0 ? null : all.join(', ')
}

/** Three fields hold what somebody typed or sent; the others hold words of our own. */
function word(field: Field, text: string): string {
  if (field === 'scimType') return scimTypeOf(text) ?? 'a word that is not in the specification'
  if (field === 'redirectHost') return host(text)
  return field === 'idpScreen' ? 'named' : text
}
