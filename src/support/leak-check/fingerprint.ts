/**
 * Keyed fingerprints of short stretches ("grams") of a token, and the two ways to look for them:
 * a rolling hash that proposes, an HMAC that confirms. Without the key neither says anything.
 */
import { createHmac } from 'node:crypto'
import type { Canonical } from './canonical.ts'
import { gramText } from './canonical.ts'

export interface GramKey {
  /** A random number per symbol, and the base of the polynomial. */
  weights: Int32Array
  base: number
  memory: Buffer
  disk: Buffer
}

const derive = (secret: string, purpose: string): Buffer =>
  createHmac('sha256', secret).update(`interlock leak-check ${purpose}`).digest()

export function gramKey(secret: string): GramKey {
  const weights = new Int32Array(36)
  for (let symbol = 0; symbol < 36; symbol += 1) {
    weights[symbol] = derive(secret, `weight ${symbol}`).readInt32LE(0)
  }
  return {
    weights,
    base: derive(secret, 'base').readInt32LE(0) | 1,
    memory: derive(secret, 'memory'),
    disk: derive(secret, 'disk'),
  }
}

/** 48 bits of HMAC-SHA-256. */
export const tagOf = (key: Buffer, gram: string): number =>
  createHmac('sha256', key).update(gram).digest().readUIntBE(0, 6)

/** Calls `see` with the rolling hash of every stretch of `size` symbols. */
export function roll(
  key: GramKey,
  form: Canonical,
  size: number,
  see: (hash: number, start: number) => void,
): void {
  const { weights, base } = key
  const { symbols, length } = form
  let out = 1
  for (let index = 1; index < size; index += 1) out = Math.imul(out, base)
  let hash = 0
  for (let index = 0; index < length; index += 1) {
    if (index >= size) {
      hash = (hash - Math.imul(weights[symbols[index - size] as number] as number, out)) | 0
    }
    hash = (Math.imul(hash, base) + (weights[symbols[index] as number] as number)) | 0
    if (index >= size - 1) see(hash, index - size + 1)
  }
}

/** What one token leaves in memory: size, hash and tag of each gram. */
export interface Gram {
  size: number
  hash: number
  tag: number
}

export const SIZE = 12

export function gramsOf(key: GramKey, form: Canonical): Gram[] {
  const size = Math.min(SIZE, form.length)
  const grams: Gram[] = []
  if (size < 5) return grams
  roll(key, form, size, (hash, start) => {
    grams.push({ size, hash, tag: tagOf(key.memory, gramText(form.symbols, start, size)) })
  })
  return grams
}
