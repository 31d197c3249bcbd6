/** Whether two references mean one token. */
import type { TokenRef } from './vocabulary.ts'

/**
 * One matching id or fingerprint is enough: a portal that renews a value in place keeps the id. With
 * neither to compare, two tokens that show the same few characters are taken as one.
 */
export function isSameToken(a: TokenRef, b: TokenRef): boolean {
  if (a.fingerprint !== null && a.fingerprint === b.fingerprint) return true
  if (a.id !== null && a.id === b.id) return true
  const comparable =
    (a.fingerprint !== null && b.fingerprint !== null) || (a.id !== null && b.id !== null)
  return !comparable && a.hint !== null && a.hint === b.hint
}
