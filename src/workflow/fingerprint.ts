import { createHmac, hkdfSync } from 'node:crypto'
import type { Secret } from '../secret.ts'

/** Recognises a token without keeping it: the first 64 bits of a keyed HMAC-SHA-256, as 16 hex digits. */
export type Fingerprint = (token: Secret) => string

/** A plain hash would let anybody who finds the store test guesses, or link tokens across systems. */
export function createFingerprint(secret: Secret): Fingerprint {
  const key = Buffer.from(
    hkdfSync('sha256', secret.reveal(), '', 'interlock token-fingerprint v1', 32),
  )
  return (token) =>
    createHmac('sha256', key).update(token.reveal(), 'utf8').digest('hex').slice(0, 16)
}
