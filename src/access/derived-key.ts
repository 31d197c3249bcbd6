import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../secret.ts'

/** What a derived key is for. Each purpose has its own key, so a digest of one means nothing to another. */
export type Purpose = 'access-key' | 'sign-in-code' | 'idempotency'

/** Digests text under a key that INTERLOCK_SECRET and the purpose give (HKDF-SHA256, RFC 5869). */
export type Digest = (text: string) => string

/** → 64 hexadecimal characters of HMAC-SHA-256. */
export function keyedDigest(secret: Secret, purpose: Purpose): Digest {
  const key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', `interlock ${purpose} v1`, 32))
  return (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex')
}

/** Takes the same time wherever two digests differ. Nothing equals an absent one. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a, 'hex')
  const right = Buffer.from(b, 'hex')
  return left.length === 32 && right.length === 32 && timingSafeEqual(left, right)
}
