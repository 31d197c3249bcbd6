/** The bodies AxonFlow's token endpoints answer with: a list, and a creation. */
import { Secret } from '../secret.ts'
import { readRow, readTenant } from './axonflow-row.ts'
import type { PortalToken } from './contract.ts'
import { fold, isObject, pick } from './folded.ts'

const LIST = ['tokens', 'data', 'items', 'scimtokens', 'results']
const VALUE = [
  'token',
  'plaintext',
  'value',
  'secret',
  'plaintexttoken',
  'plaintoken',
  'tokenvalue',
]
const NESTED = ['token', 'data', 'item', 'scimtoken']
/** RFC 6750 §2.1: the characters a bearer token may have. A masked value has others. */
const B64TOKEN = /^[A-Za-z0-9._~+/-]{8,4096}=*$/

/** The body is not what a token endpoint answers. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer'
}

/** @param now our clock, epoch ms. Throws when anything in the list cannot be understood. */
export function readListing(
  body: string,
  now: number,
): { items: PortalToken[]; showsUse: boolean; tenant?: string } {
  const answer: unknown = JSON.parse(body)
  const wire = Array.isArray(answer) ? answer : listIn(answer)
  const rows = wire.map((row: unknown) => {
    if (!isObject(row)) throw new UnreadableAnswer()
    return readRow(row, now, false)
  })
  if (new Set(rows.map((row) => row.token.id)).size !== rows.length) throw new UnreadableAnswer()
  const tenants = new Set(rows.map((row) => row.tenant))
  if (isObject(answer)) tenants.add(readTenant(fold(answer)))
  tenants.delete(null)
  if (tenants.size > 1) throw new UnreadableAnswer()
  const [tenant] = tenants
  return {
    items: rows.map((row) => row.token),
    showsUse: rows.some((row) => row.showsLastUse),
    ...(tenant ? { tenant } : {}),
  }
}

/** The value is wrapped before anything else can go wrong; throws when it or the token is unreadable. */
export function readCreation(body: string, now: number): { token: PortalToken; value: Secret } {
  const answer: unknown = JSON.parse(body)
  if (!isObject(answer)) throw new UnreadableAnswer()
  const outer = fold(answer)
  const nested = NESTED.map((name) => outer.get(name)).find((entry) => isObject(entry))
  const inner = nested ? fold(nested) : outer
  const value = secretIn(VALUE.map((name) => outer.get(name) ?? inner.get(name)))
  const row = Object.fromEntries([...outer, ...inner].filter(([, entry]) => !isObject(entry)))
  return { token: readRow(row, now, true).token, value }
}

function secretIn(candidates: readonly unknown[]): Secret {
  const values = new Set(candidates.filter((entry) => typeof entry === 'string'))
  const [value] = values
  if (values.size !== 1 || value === undefined || !B64TOKEN.test(value))
    throw new UnreadableAnswer()
  return new Secret(value)
}

function listIn(answer: unknown): unknown[] {
  if (!isObject(answer)) throw new UnreadableAnswer()
  const envelope = fold(answer)
  const list = pick(envelope, LIST)
  if (!Array.isArray(list)) throw new UnreadableAnswer()
  const total = pick(envelope, ['total', 'totalcount', 'totalresults'])
  const more = [
    envelope.get('hasmore') === true,
    typeof total === 'number' && total > list.length,
    ['nextcursor', 'nextpagetoken', 'next', 'nextpage'].some((name) => Boolean(envelope.get(name))),
  ]
  // A token missing from a part of the list is not a token that is gone.
  if (more.includes(true)) throw new UnreadableAnswer()
  return list
}
