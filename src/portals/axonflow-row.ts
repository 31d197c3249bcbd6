/**
 * One row of AxonFlow's token list. Its field names are not published, so the spellings of
 * neighbouring products with the same path are understood as well; whatever cannot be understood
 * makes the whole answer unreadable.
 */
import { ms } from '../../machines/vocabulary.ts'
import type { PortalToken } from './contract.ts'
import { Contradiction, first, fold, pick } from './folded.ts'
import type { Folded } from './folded.ts'
import { readMoment } from './moment.ts'

const ID = ['id', 'tokenid']
const NAME = ['name', 'label', 'description']
const HINT = ['prefix', 'tokenprefix', 'hint', 'tokenhint', 'lastfour', 'tokenlastfour', 'last4']
const CREATED = ['createdat', 'created']
const EXPIRES = ['expiresat', 'validuntil', 'expiredat', 'expires', 'expiry']
const LAST_USED = ['lastusedat', 'lastused']
const TENANT = ['tenantid', 'tenant', 'orgid', 'org', 'organizationid', 'organization']

/** `ended`: not live, and the row does not say whether it expired or somebody ended it. */
type Word = 'live' | 'expired' | 'revoked' | 'ended'

const STATUS: ReadonlyMap<unknown, Word> = new Map([
  ...(['active', 'live', 'enabled', 'valid'] as const).map((word) => [word, 'live'] as const),
  ...(['revoked', 'deleted'] as const).map((word) => [word, 'revoked'] as const),
  ...(['disabled', 'inactive'] as const).map((word) => [word, 'ended'] as const),
  ['expired', 'expired'] as const,
])

/** Begins with a letter or digit: `..` in a path would delete something else. */
export const TOKEN_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** The row cannot be understood. Never carries what stood there. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow'
}

export interface Row {
  token: PortalToken
  /** False: the row has no field for the last use, which alone does not mean "never". */
  showsLastUse: boolean
  tenant: string | null
}

/**
 * @param now our clock, epoch ms: an expiry before it makes a live token 'expired'.
 * @param fresh the row answers a creation: it may leave out that it is not revoked.
 * Throws `UnreadableRow`, `Contradiction` or `UnreadableMoment`.
 */
export function readRow(wire: object, now: number, fresh: boolean): Row {
  const row = fold(wire)
  const expiresAt = readMoment(pick(row, EXPIRES))
  const pastExpiry = expiresAt !== null && ms(expiresAt) <= now
  return {
    token: {
      id: readId(pick(row, ID)),
      name: readText(first(row, NAME), 200),
      hint: readHint(first(row, HINT)),
      createdAt: readMoment(pick(row, CREATED)),
      expiresAt,
      lastUsedAt: readMoment(pick(row, LAST_USED)),
      revokedAt: readMoment(row.get('revokedat')),
      status: readLife(row, pastExpiry, fresh),
    },
    showsLastUse: LAST_USED.some((name) => row.has(name)),
    tenant: readTenant(row),
  }
}

/** Only a clean word can be shown to people as "the tenant it says it is"; anything else says nothing. */
export function readTenant(row: Folded): string | null {
  const said = first(row, TENANT)
  const text = typeof said === 'number' ? String(said) : said
  return typeof text === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(text) ? text : null
}

/** Every field that speaks of revocation must agree, and at least one must speak. */
function readLife(row: Folded, pastExpiry: boolean, fresh: boolean): PortalToken['status'] {
  const words = wordsOf(row)
  const revoked = words.has('revoked') || (words.has('ended') && !pastExpiry)
  if (revoked && words.has('live')) throw new Contradiction()
  if (revoked) return 'revoked'
  if (words.size === 0 && !fresh) throw new UnreadableRow()
  return pastExpiry || words.has('expired') ? 'expired' : 'live'
}

function wordsOf(row: Folded): ReadonlySet<Word> {
  const words = new Set<Word>()
  if (row.has('revokedat')) words.add(readMoment(row.get('revokedat')) ? 'revoked' : 'live')
  for (const name of ['revoked', 'isrevoked']) {
    if (row.has(name)) words.add(readFlag(row.get(name)) ? 'revoked' : 'live')
  }
  for (const name of ['isactive', 'active']) {
    if (row.has(name)) words.add(readFlag(row.get(name)) ? 'live' : 'ended')
  }
  for (const name of ['status', 'state']) {
    if (row.has(name)) words.add(readStatus(row.get(name)))
  }
  return words
}

function readFlag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new UnreadableRow()
  return value
}

function readStatus(value: unknown): Word {
  const word = STATUS.get(typeof value === 'string' ? value.toLowerCase() : value)
  if (word === undefined) throw new UnreadableRow()
  return word
}

function readId(value: unknown): string {
  const id = Number.isSafeInteger(value) ? String(value) : value
  if (typeof id !== 'string' || !TOKEN_ID.test(id)) throw new UnreadableRow()
  return id
}

function readText(value: unknown, longest: number): string | null {
  if (typeof value !== 'string') return null
  return value.replaceAll(/\p{C}/gu, '').slice(0, longest) || null
}

/** A "prefix" longer than people need to tell tokens apart may be the token itself: it is cut. */
function readHint(value: unknown): string | null {
  const hint = readText(value, 4096)
  return hint === null || hint.length <= 20 ? hint : `${hint.slice(0, 12)}…`
}
