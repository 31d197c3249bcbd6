/**
 * Signs bundles with Ed25519 (RFC 8032). The key pair is made once in the store's folder and belongs
 * into its backup: with another key, bundles of before can no longer be told to come from here.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { UnreadableRecord } from '../store/contract.ts'
import { readPrivate, writePrivate } from './private-file.ts'

export interface Signer {
  /** The 32 bytes of the public key, hex: in base64 the leak check could not tell it from a token. */
  readonly publicKey: string
  /** SHA-256 of those bytes, hex: what people compare. */
  readonly keyFingerprint: string
  /** → 64 bytes, hex. The same bytes get the same signature. */
  sign(bytes: Uint8Array): string
}

export const FILE = 'bundle-signing.key'

/** Throws `UnreadableRecord` when the file is there and is no such key. */
export async function openSigner(folder: string): Promise<Signer> {
  const path = join(folder, FILE)
  const stored = await readPrivate(path)
  if (stored !== null) return signerOf(read(path, stored))
  const { privateKey } = generateKeyPairSync('ed25519')
  await writePrivate(path, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return signerOf(privateKey)
}

function read(path: string, pem: Buffer): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // The message quotes the file.
  }
  throw new UnreadableRecord(path, 'it does not hold an Ed25519 private key')
}

/** The DER prefix of an Ed25519 public key (RFC 8410): the key itself follows. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

function signerOf(privateKey: KeyObject): Signer {
  const raw = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .subarray(SPKI.length)
  return {
    publicKey: raw.toString('hex'),
    keyFingerprint: fingerprintOf(raw),
    sign: (bytes) => sign(null, bytes, privateKey).toString('hex'),
  }
}

export const fingerprintOf = (publicKey: Uint8Array): string =>
  createHash('sha256').update(publicKey).digest('hex')

export function isSignedBy(publicKey: Buffer, bytes: Uint8Array, signature: Buffer): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([SPKI, publicKey]),
      format: 'der',
      type: 'spki',
    })
    return verify(null, bytes, key, signature)
  } catch {
    // Not every 32 bytes are a point of the curve.
    return false
  }
}
