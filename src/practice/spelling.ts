/**
 * The ways a portal may spell its answers. AxonFlow's field names are not published, so what the
 * adapter claims to tolerate is produced here, on the wire.
 */
import type { PracticeToken } from './token.ts'

/** May be changed at run time. */
export interface Spelling {
  names: 'snake' | 'camel' | 'kebab' | 'short'
  list: 'bare' | 'tokens' | 'data' | 'items'
  times:
    | 'milliseconds'
    | 'seconds'
    | 'nanoseconds'
    | 'offset'
    | 'epoch-seconds'
    | 'epoch-milliseconds'
  /** Which field says that a token is revoked. */
  revocation: 'revoked_at' | 'revoked' | 'is_active' | 'status'
  /** Under which name a new value is handed out, and whether its token stands in an object of its own. */
  value: 'token' | 'plaintext' | 'value' | 'secret'
  created: 'flat' | 'nested'
  /** False: revoked tokens vanish from the list. */
  keepsRevoked: boolean
}

export function defaultSpelling(): Spelling {
  return {
    names: 'snake',
    list: 'tokens',
    times: 'milliseconds',
    revocation: 'revoked_at',
    value: 'token',
    created: 'flat',
    keepsRevoked: true,
  }
}

type Fields = Record<string, unknown>

/** Names that differ by more than their case. */
const SHORT: Readonly<Record<string, string>> = {
  id: 'token_id',
  token_prefix: 'prefix',
  expires_at: 'valid_until',
}

export function spellToken(token: PracticeToken, now: number, spelling: Spelling): Fields {
  const time = (at: number | null) => (at === null ? null : spellTime(at, spelling.times))
  const expired = token.expiresAt !== null && token.expiresAt <= now
  const revoked = token.revokedAt !== null
  const lives: Record<Spelling['revocation'], unknown> = {
    revoked_at: time(token.revokedAt),
    revoked,
    is_active: !revoked && !expired,
    status: revoked ? 'revoked' : expired ? 'expired' : 'active',
  }
  const fields: Fields = {
    id: token.id,
    name: token.name,
    token_prefix: token.prefix,
    tenant_id: token.tenantId,
    created_at: time(token.createdAt),
    expires_at: time(token.expiresAt),
    last_used_at: time(token.lastUsedAt),
    [spelling.revocation]: lives[spelling.revocation],
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [spellName(name, spelling.names), value]),
  )
}

export function spellList(rows: Fields[], spelling: Spelling): unknown {
  return spelling.list === 'bare' ? rows : { [spelling.list]: rows }
}

export function spellCreation(row: Fields, value: string, spelling: Spelling): Fields {
  if (spelling.created === 'flat') return { ...row, [spelling.value]: value }
  const holder = spelling.value === 'token' ? 'data' : 'token'
  return { [holder]: row, [spelling.value]: value }
}

function spellName(name: string, names: Spelling['names']): string {
  if (names === 'short') return SHORT[name] ?? name
  if (names === 'kebab') return name.replaceAll('_', '-')
  return names === 'snake'
    ? name
    : name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

function spellTime(at: number, times: Spelling['times']): string | number {
  const text = new Date(at).toISOString()
  switch (times) {
    case 'seconds':
      return text.replace(/\.\d+/, '')
    case 'nanoseconds':
      return text.replace('Z', '999999Z')
    case 'offset':
      return new Date(at + 7_200_000).toISOString().replace('Z', '+02:00')
    case 'epoch-seconds':
      return Math.floor(at / 1000)
    case 'epoch-milliseconds':
      return at
    default:
      return text
  }
}
