/** Which of a rotation's two tokens a value is: told by fingerprint, else by what the portal shows of it. */
import { roles, tokenOf } from '../../machines/rotation.facts.ts'
import type { Facts } from '../../machines/rotation.facts.ts'
import type { Secret } from '../secret.ts'
import type { Ctx } from './context.ts'

export type TokenPart = 'keep' | 'retire' | 'other' | 'unknown'

/** `other`: certainly neither. `unknown`: the token that stays has no fingerprint yet, so it may be this one. */
export function partOf(ctx: Ctx, facts: Facts, value: Secret): TokenPart {
  const { keep, retire } = roles(facts)
  const kept = tokenOf(facts, keep)
  const retired = tokenOf(facts, retire)
  const fingerprint = ctx.fingerprint(value)
  if (kept?.fingerprint === fingerprint) return 'keep'
  if (retired?.fingerprint === fingerprint) return 'retire'
  if (retired !== null && retired.fingerprint === null && shows(retired.hint, value))
    return 'retire'
  return kept !== null && kept.fingerprint === null ? 'unknown' : 'other'
}

/**
 * A value cut short has another fingerprint and says nothing else: told by the whole one while it is in
 * memory, else by the characters that the portal shows.
 */
export function isPartOf(whole: Secret | null, hint: string | null, value: Secret): boolean {
  const kept = whole?.reveal()
  const given = value.reveal()
  if (kept === undefined) return shows(hint, value)
  return given.length < kept.length && (kept.startsWith(given) || kept.endsWith(given))
}

const shown = (hint: string | null): string => (hint ?? '').replaceAll(/[.…*•\s]+/g, '')

/** The vendor's own prefix alone says nothing of which token it is. */
export const isTelling = (hint: string | null): boolean =>
  shown(hint).replace(/^scim_/, '').length >= 4

/** Do the few characters a portal shows stand at either end? */
export function shows(hint: string | null, value: Secret): boolean {
  if (!isTelling(hint)) return false
  const whole = value.reveal()
  return whole.startsWith(shown(hint)) || whole.endsWith(shown(hint).replace(/^scim_/, ''))
}
