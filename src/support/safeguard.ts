/** The leak check as the running program has it: with the rules of `data/` and every token it has handled. */
import type { FieldError } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { createLeakCheck } from './leak-check/leak-check.ts'
import type { LeakCheck } from './leak-check/leak-check.ts'
import { pasteGuard } from './paste-guard.ts'
import { loadRules } from './rule-book.ts'
import { openTokenRegistry } from './token-registry.ts'
import type { TokenRegistry } from './token-registry.ts'

export interface Safeguard {
  tokens: TokenRegistry
  leaks: LeakCheck
  guardInput: (value: unknown) => FieldError[]
}

export async function openSafeguard(order: {
  /** The store's folder. */
  folder: string
  secret: Secret
  fingerprint: (value: Secret) => string
  clock: () => number
}): Promise<Safeguard> {
  const rules = loadRules()
  const stems = rules.rules.flatMap((rule) => rule.stems)
  const tokens = await openTokenRegistry({ ...order, stems })
  const leaks = createLeakCheck({ rules, known: tokens.known })
  return { tokens, leaks, guardInput: pasteGuard(leaks) }
}
