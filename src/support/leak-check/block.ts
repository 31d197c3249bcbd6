/** Encodings of whole blocks: base64 (both alphabets, any offset), base32, hex, ascii85, and what is packed inside. */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { oddness } from './oddness.ts'
import { areReadable, isReadable } from './printable.ts'

export interface Reading {
  text: string
  name: string
  /** The block was not unpacked to its end: more lies in it than is looked at. */
  cut: boolean
}

/** Unpacked output beyond this is a bomb, or at least not a log excerpt. */
export const MOST_UNPACKED = 4 * 1024 * 1024

const UNPACKERS = [
  ['gzip', gunzipSync],
  ['zlib', inflateSync],
  ['deflate', inflateRawSync],
] as const

function unpacked(bytes: Buffer, name: string, aligned: boolean): Reading[] {
  const first = bytes[0] ?? 0
  const second = bytes[1] ?? 0
  const gzip = first === 0x1f && second === 0x8b
  const zlib = first === 0x78 && (first * 256 + second) % 31 === 0
  const kind = gzip ? 0 : zlib ? 1 : 2
  const [packing, unpack] = UNPACKERS[kind]
  // Raw deflate has no signature; a failed attempt is dear, so only likely blocks are tried.
  const likely = aligned && bytes.length > 64 && (first & 6) !== 0 && (first & 6) !== 6
  if (kind === 2 && !likely) return []
  try {
    const text = unpack(bytes, { maxOutputLength: MOST_UNPACKED }).toString('latin1')
    return kind === 2 && !isReadable(text) ? [] : [{ text, name: `${name}/${packing}`, cut: false }]
  } catch (error) {
    const tooLong = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
    return tooLong ? [{ text: '', name: `${name}/${packing}`, cut: true }] : []
  }
}

function readings(bytes: Buffer, name: string, aligned = true): Reading[] {
  if (bytes.length < 6) return []
  if (areReadable(bytes)) return [{ text: bytes.toString('latin1'), name, cut: false }]
  let empty = 0
  for (const byte of bytes) if (byte === 0) empty += 1
  if ((bytes.length - empty) * 2 <= bytes.length + 1) {
    const narrow = bytes.toString('latin1').replace(/\0/g, '')
    if (isReadable(narrow)) return [{ text: narrow, name: `${name}/utf-16`, cut: false }]
  }
  return unpacked(bytes, name, aligned)
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
function base32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const character of text.toUpperCase()) {
    const digit = BASE32.indexOf(character)
    if (digit < 0) continue
    value = ((value << 5) | digit) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 0xff)
    }
  }
  return Buffer.from(bytes)
}

function ascii85(text: string): Buffer {
  const bytes: number[] = []
  let group: number[] = []
  const push = (digits: number[], keep: number): void => {
    const value = digits.reduce((sum, digit) => sum * 85 + digit, 0)
    for (let index = 0; index < keep; index += 1)
      bytes.push(Math.floor(value / 256 ** (3 - index)) & 0xff)
  }
  for (const character of text) {
    const digit = character.charCodeAt(0) - 33
    if (digit < 0 || digit > 84) continue
    group.push(digit)
    if (group.length === 5) {
      push(group, 4)
      group = []
    }
  }
  if (group.length > 1) push([...group, 84, 84, 84, 84].slice(0, 5), group.length - 1)
  return Buffer.from(bytes)
}

/** Shorter or plainer runs are words or identifiers; nothing was encoded in them. */
const SHORTEST = 20
const PLAIN = 60
const LONGEST_PLAIN = 40
/** 2 for letters and digits, 1 for the other signs of base64. */
const SIGN: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code)
  return /[A-Za-z0-9]/.test(sign) ? 2 : /[+/_-]/.test(sign) ? 1 : 0
})

/** Twenty letters and digits in a row, or forty signs of base64. */
function hasRun(block: string): boolean {
  let signs = 0
  let letters = 0
  for (let index = 0; index < block.length; index += 1) {
    const sign = SIGN[block.charCodeAt(index)] ?? 0
    signs = sign === 0 ? 0 : signs + 1
    letters = sign === 2 ? letters + 1 : 0
    if (letters === SHORTEST || signs === LONGEST_PLAIN) return true
  }
  return false
}

/** Everything readable that a block of token characters may stand for. */
export function decodeBlock(block: string): Reading[] {
  if (block.length < SHORTEST || !hasRun(block)) return []
  const found: Reading[] = []
  for (const [source] of block.matchAll(/[A-Za-z0-9+/_-]{20,}/g)) {
    const run = source.replace(/^0x/i, '')
    if (/^[0-9a-f]+$/i.test(run)) {
      for (const shift of [0, 1]) {
        found.push(...readings(Buffer.from(run.slice(shift), 'hex'), 'hex', shift === 0))
      }
    } else if (/[A-Za-z0-9]{20}/.test(run) && oddness(run) >= PLAIN) {
      for (let shift = 0; shift < 4; shift += 1) {
        found.push(...readings(Buffer.from(run.slice(shift), 'base64url'), 'base64', shift === 0))
      }
      if (/^[A-Z2-7]+$/.test(run)) found.push(...readings(base32(run), 'base32', false))
    }
  }
  return found
}

function uudecoded(lines: string): Buffer {
  const bytes: number[] = []
  for (const line of lines.split('\n')) {
    const length = (line.charCodeAt(0) - 32) & 63
    const start = bytes.length
    for (let at = 1; at + 3 < line.length && bytes.length - start < length; at += 4) {
      const group = [0, 1, 2, 3].reduce(
        (sum, index) => sum * 64 + ((line.charCodeAt(at + index) - 32) & 63),
        0,
      )
      bytes.push((group >> 16) & 255, (group >> 8) & 255, group & 255)
    }
    bytes.length = Math.min(bytes.length, start + length)
  }
  return Buffer.from(bytes)
}

interface Block {
  start: number
  end: number
  readings: Reading[]
}

/** What `uuencode` writes, from its `begin` on. */
export const decodeUuencoded = (text: string): Block[] =>
  Array.from(text.matchAll(/begin [0-7]{3} [^\n]{1,80}\n([ -`\n]{10,60000})/g), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    readings: readings(uudecoded(match[1] ?? ''), 'uuencode'),
  }))

/** `<~…~>`. */
export function decodeAscii85(text: string): Block[] {
  return Array.from(text.matchAll(/<~([!-u\s]{10,20000})~>/g), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    readings: readings(ascii85(match[1] ?? ''), 'ascii85'),
  }))
}
