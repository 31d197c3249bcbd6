/** Which token is the old one: by id, by value or by hint, checked against the portal where it can be seen. */
import type { Sight } from '../../machines/rotation.facts.ts'
import type { TokenRef } from '../../machines/vocabulary.ts'
import type { PortalToken } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { Ctx } from './context.ts'
import { isTelling, shows } from './token-part.ts'
import { tokenFrom } from './token.ts'

export type OldTokenInput = { id: string } | { token: string } | { hint: string }

export interface OldToken {
  ref: TokenRef
  status: Sight['status']
  /** For the proof at the end; held in memory only. */
  value: Secret | null
}

/** `listed` is null where the portal cannot be read: then what the person says is all there is. */
export function identifyOldToken(
  ctx: Ctx,
  input: OldTokenInput,
  listed: readonly PortalToken[] | null,
): OldToken {
  const value = 'token' in input ? tokenFrom(ctx, input.token).value : null
  const fingerprint = value === null ? null : ctx.fingerprint(value)
  if (listed === null) {
    const ref: TokenRef = {
      id: 'id' in input ? input.id : null,
      hint: 'hint' in input ? input.hint : value === null ? null : lastFour(value),
      fingerprint,
    }
    return { ref, status: 'unknown', value }
  }
  const found = listed.filter((token) => fits(token, input, value))
  const live = found.filter((token) => token.status === 'live')
  const [match, ...others] =
    live.length > 0 ? live : found.length > 0 ? found : onlyLive(input, listed)
  if (match === undefined || others.length > 0) throw new ProblemError('old-token-unknown')
  return { ref: { id: match.id, hint: match.hint, fingerprint }, status: match.status, value }
}

/**
 * A portal that shows the first characters cannot confirm the last four, and one that shows none
 * confirms nothing: but where a single token is live, that is the one in use.
 */
function onlyLive(input: OldTokenInput, listed: readonly PortalToken[]): PortalToken[] {
  const live = listed.filter((token) => token.status === 'live')
  const [single] = live
  if ('id' in input || live.length !== 1 || single === undefined) return []
  const confirmable = 'token' in input && isTelling(single.hint)
  return confirmable ? [] : [single]
}

function fits(token: PortalToken, input: OldTokenInput, value: Secret | null): boolean {
  if ('id' in input) return token.id === input.id
  if ('token' in input) return value !== null && shows(token.hint, value)
  const shown = (token.hint ?? '').replaceAll(/[.…*•\s]+/g, '')
  return shown !== '' && (shown === input.hint || shown.endsWith(input.hint))
}

export const lastFour = (value: Secret): string => value.reveal().slice(-4)
