/** A token as somebody pasted it: brought to its one form, with what was put right, or refused with the reason. */
import { ProblemError } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { normaliseTokenInput } from '../scim/token-input.ts'
import type { TokenCorrection } from '../scim/token-message.ts'
import { TOKEN_MESSAGES } from '../scim/token-message.ts'
import type { Ctx } from './context.ts'

export interface TokenNote {
  kind: TokenCorrection
  message: string
}

/** In words, because the same paste went into the IdP. Never the value. */
export function notesOn(pasted: string | undefined): TokenNote[] {
  const read = pasted === undefined ? null : normaliseTokenInput(pasted)
  if (read === null || !read.ok) return []
  return read.corrections.map((kind) => ({ kind, message: TOKEN_MESSAGES[kind] }))
}

export function tokenFrom(
  ctx: Pick<Ctx, 'tokens'>,
  pasted: string,
): { value: Secret; corrections: TokenCorrection[] } {
  const read = normaliseTokenInput(pasted)
  if (read.ok) {
    ctx.tokens.remember(read.value)
    return { value: read.value, corrections: read.corrections }
  }
  throw new ProblemError('token-unusable', TOKEN_MESSAGES[read.fault], {
    errors: [{ path: 'token', message: TOKEN_MESSAGES[read.fault], kind: read.fault }],
  })
}
