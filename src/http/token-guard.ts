import { ProblemError } from '../problem.ts'
import type { GuardInput } from './env.ts'

/**
 * Refuses free text that seems to hold a token, before anything of it is stored. Give it the parsed
 * body: then its paths are names of ours. Leave out the fields that are meant to hold a token.
 */
export function refuseTokens(guard: GuardInput, parsed: unknown): void {
  const errors = guard(parsed)
  if (errors.length > 0) throw new ProblemError('token-in-field', undefined, { errors })
}
