/** What is stored of an access key: never the key, only a keyed digest of it. */
import { z } from 'zod'
import { Actor, Instant } from '../../machines/vocabulary.ts'
import type { Labels } from '../store/contract.ts'
import { Role } from './role.ts'
import { Tenants } from './scope.ts'

/** A name is printed in journals and logs' neighbourhood: one line, no control characters. */
export const KeyName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@'()/&+-]{0,79}$/u)

export const KeyRecord = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^key_[A-Za-z0-9_-]{1,60}$/),
  name: KeyName,
  role: Role,
  tenants: Tenants,
  /** HMAC-SHA-256 under a key derived from INTERLOCK_SECRET. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: Instant,
  createdBy: Actor,
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
export type KeyRecord = z.infer<typeof KeyRecord>

/** For the store's codec: throws on anything that is not a key record of a known version. */
export const parseKeyRecord = (record: unknown): KeyRecord => KeyRecord.parse(record)

/** What a key is found by. */
export const keyLabels = (record: KeyRecord): Labels => ({
  digest: record.digest,
  role: record.role,
  revoked: record.revokedAt === null ? 'no' : 'yes',
})
