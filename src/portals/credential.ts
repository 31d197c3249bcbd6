/**
 * Portal credentials at rest: AES-256-GCM (NIST SP 800-38D) under a key derived from
 * INTERLOCK_SECRET by HKDF-SHA256 (RFC 5869). The connection's id is authenticated with it, so a
 * sealed credential copied into another connection does not open there.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Secret } from '../secret.ts'
import type { PortalCredential } from './contract.ts'

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SHORTEST_SECRET = 32

const Plain = z.discriminatedUnion('auth', [
  z.strictObject({ auth: z.literal('bearer'), value: z.string().min(1) }),
  z.strictObject({
    auth: z.literal('session'),
    orgId: z.string().min(1),
    password: z.string().min(1),
  }),
])

/** It was changed, belongs to another connection, or was sealed under another INTERLOCK_SECRET. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'

  constructor() {
    super('the portal credential does not open with this INTERLOCK_SECRET for this connection')
  }
}

export interface SealKey {
  /** INTERLOCK_SECRET; at least 32 characters, or `RangeError`. */
  secret: Secret
  connectionId: string
}

/** → `v1.` + base64url of nonce (12 bytes), tag (16 bytes) and ciphertext. */
export function sealCredential(credential: PortalCredential, key: SealKey): string {
  const plain: z.infer<typeof Plain> =
    credential.auth === 'bearer'
      ? { auth: 'bearer', value: credential.value.reveal() }
      : { ...credential, password: credential.password.reveal() }
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyBytes(key.secret), nonce).setAAD(bound(key))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final()])
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Throws `SealBroken`, whatever the reason: which one it was must not be told apart from outside. */
export function openCredential(sealed: string, key: SealKey): PortalCredential {
  const secret = keyBytes(key.secret)
  try {
    const plain = Plain.parse(JSON.parse(decrypt(sealed, secret, bound(key))))
    return plain.auth === 'bearer'
      ? { auth: 'bearer', value: new Secret(plain.value) }
      : { ...plain, password: new Secret(plain.password) }
  } catch {
    throw new SealBroken()
  }
}

function decrypt(sealed: string, secret: Buffer, aad: Buffer): string {
  const [version, text, ...rest] = sealed.split('.')
  if (version !== VERSION || text === undefined || rest.length > 0) throw new SealBroken()
  const bytes = Buffer.from(text, 'base64url')
  // Base64 has several spellings of the same bytes; only ours is accepted.
  if (bytes.toString('base64url') !== text) throw new SealBroken()
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(tag)
  const plain = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]
  return Buffer.concat(plain).toString('utf8')
}

function keyBytes(secret: Secret): Buffer {
  const material = secret.reveal()
  if (material.length < SHORTEST_SECRET) throw new RangeError('INTERLOCK_SECRET is too short')
  return Buffer.from(hkdfSync('sha256', material, '', 'interlock portal-credential v1', 32))
}

function bound(key: SealKey): Buffer {
  return Buffer.from(`portal-credential:${VERSION}:${key.connectionId}`, 'utf8')
}
