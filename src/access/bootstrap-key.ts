/** The owner key that INTERLOCK_BOOTSTRAP_KEY names: there from the first start on. */
import { instant } from '../../machines/vocabulary.ts'
import type { Secret } from '../secret.ts'
import { keyedDigest, sameDigest } from './derived-key.ts'
import { INTERLOCK, isLive, keyEntry } from './key.ts'
import type { KeyDeps } from './key.ts'
import { parseKeyRecord } from './key-record.ts'

export const BOOTSTRAP_KEY_ID = 'key_bootstrap'

/**
 * Makes the stored key agree with the setting: another value replaces it at once, and one that was
 * revoked while the setting was away lives again, since whoever holds the environment asked for it.
 * Without the setting the stored key stays as it is, so that it can be taken out after the first start.
 */
export async function seedBootstrapKey(value: Secret | null, deps: KeyDeps): Promise<void> {
  if (value === null) return
  const digest = keyedDigest(deps.secret, 'access-key')(value.reveal())
  const stored = await deps.store.load('key', BOOTSTRAP_KEY_ID)
  const known = stored === null ? null : parseKeyRecord(stored.record)
  if (known !== null && sameDigest(known.digest, digest) && isLive(known, deps.clock())) return
  const at = instant(deps.clock())
  const record = parseKeyRecord({
    version: 1,
    id: BOOTSTRAP_KEY_ID,
    name: 'bootstrap key',
    role: 'owner',
    tenants: 'all',
    digest,
    createdAt: at,
    createdBy: INTERLOCK,
    expiresAt: null,
    revokedAt: null,
  })
  const event = known === null ? 'key.created' : 'key.replaced'
  const entry = keyEntry(event, record, at, INTERLOCK)
  await deps.store.commit('key', BOOTSTRAP_KEY_ID, stored?.head.revision ?? 0, record, entry)
}
