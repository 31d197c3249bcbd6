/**
 * Which parts of a token are its own. Fixed beginnings (`scim_`, a JWT's header, the lines around a
 * key) are shared by every token of the kind: recognising them would mean finding all of them.
 */
import { oddness } from './oddness.ts'

const SCHEME = /^(?:bearer|ssws|basic|token)\s+/i
const STEM = /^(?:(?:[a-z]{3,}|[A-Z][a-z]{3,})\d{0,3}[_.:~-]+)+/
const KEY_BLOCK = /-----(?:BEGIN|END)[A-Z0-9 ]*-----/g
const ENOUGH = 8

const bare = (text: string): number => text.replace(/[^A-Za-z0-9]/g, '').length

/** The secret stretches of a token as it was issued. `stems` are vendors' fixed beginnings. */
export function tokenParts(value: string, stems: readonly string[]): string[] {
  const token = value.trim().replace(SCHEME, '')
  if (token.includes('-----BEGIN')) {
    return [token.replace(KEY_BLOCK, '').replace(/\s+/g, '')]
  }
  const jwt = token.split('.')
  if (jwt.length === 3 && token.startsWith('eyJ')) {
    return jwt.slice(1).filter((part) => bare(part) >= ENOUGH)
  }
  const stem = stems
    .filter((candidate) => token.startsWith(candidate))
    .reduce((longest, candidate) => (candidate.length > longest.length ? candidate : longest), '')
  const rest = token.slice(stem.length)
  const words = STEM.exec(rest)?.[0] ?? ''
  const random = rest.slice(words.length)
  if (words !== '' && oddness(words) < 40 && isRandom(random)) return [random]
  return [bare(rest) >= ENOUGH ? rest : token]
}

/** Words in front of anything less are not a stem but part of the secret: a passphrase. */
const isRandom = (rest: string): boolean => bare(rest) >= 16 && oddness(rest) >= 64

/** Words are guessed by the dictionary, however many letters they have: not for the disk. */
export const isHardToGuess = (part: string): boolean => /\d/.test(part) || oddness(part) >= 40

const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    return String.fromCharCode(code + ((code | 32) < 110 ? 13 : -13))
  })

const rot47 = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(33 + ((sign.charCodeAt(0) + 14) % 94)))

/** base64 of the part at the three byte offsets, without the characters its surroundings decide. */
function base64Cores(part: string): string[] {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.from('\0'.repeat(shift) + part)
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    return encoded.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === 0 ? undefined : -1)
  })
}

/** The part as it is, and as it looks when somebody turned or encoded it. */
export function disguises(part: string): string[] {
  const backwards = Array.from(part).reverse().join('')
  const long = bare(part) >= 12
  if (!long) return [part, backwards]
  return [
    part,
    backwards,
    rot13(part),
    rot47(part),
    Buffer.from(part).toString('hex'),
    ...base64Cores(part),
  ]
}
