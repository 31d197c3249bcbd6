/**
 * Who acts when the command line works on the local store: whoever holds the folder could write any
 * key, so this machine's user gets one for as long as the command runs. The same user is always the
 * same key id, or one person could approve what they attested themselves.
 */
import { createHash, randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { instant } from '../../machines/vocabulary.ts'
import { keyedDigest } from '../access/derived-key.ts'
import { INTERLOCK, keyEntry } from '../access/key.ts'
import { KeyName, parseKeyRecord } from '../access/key-record.ts'
import { secretFor } from '../access/stored-secret.ts'
import type { Interlock } from '../compose.ts'
import type { Config } from '../config.ts'
import { Secret } from '../secret.ts'

/** A command that was killed leaves its key behind; nobody knows its value, and it ends by itself. */
const LENT_FOR_MS = 12 * 60 * 60 * 1000

export async function lendKey(
  interlock: Interlock,
  config: Config,
): Promise<{ key: Secret; takeBack(): Promise<void> }> {
  const { store, keys } = interlock
  const user = userName()
  const id = `key_here_${createHash('sha256').update(user).digest('hex').slice(0, 16)}`
  const key = new Secret(`ilk_${randomBytes(32).toString('base64url')}`)
  const digest = keyedDigest(await secretFor(config), 'access-key')
  const held = await keys.load(id)
  const now = Date.now()
  const record = parseKeyRecord({
    version: 1,
    id,
    name: nameOf(user),
    role: 'owner',
    tenants: 'all',
    digest: digest(key.reveal()),
    createdAt: instant(now),
    createdBy: INTERLOCK,
    expiresAt: instant(now + LENT_FOR_MS),
    revokedAt: null,
  })
  const entry = keyEntry(
    held === null ? 'key.created' : 'key.replaced',
    record,
    instant(now),
    INTERLOCK,
  )
  await store.commit('key', id, held?.revision ?? 0, record, entry)
  return { key, takeBack: () => keys.revoke(id, INTERLOCK) }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // No entry in the user database, as in some containers.
    return `uid-${process.getuid?.() ?? 0}`
  }
}

function nameOf(user: string): string {
  const name = `${user} (command line)`
  return KeyName.safeParse(name).success ? name : 'command line'
}
