/** A token from a person or a pipe: a hidden prompt on a terminal, standard input otherwise. Never an argument. */
import type { TokenCorrection } from '../scim/token-message.ts'
import type { Secret } from '../secret.ts'
import type { Call } from './command.ts'
import { wrongUsage } from './fault.ts'

export interface GivenToken {
  value: Secret
  corrections: TokenCorrection[]
  /** What was put right, in sentences: the same paste may stand in the IdP. */
  notes: string[]
}

/** More than any token; a file that was piped in by mistake is not read to its end. */
const MOST_CHARACTERS = 20_000

/** Throws a `CliFault` that says what is wrong with the paste, without repeating it. */
export async function readToken(call: Call, what: string): Promise<GivenToken> {
  const { stdin } = call.terminal
  const raw = stdin.isTTY === true ? await typed(call, what) : await piped(call)
  const { normaliseTokenInput } = await import('../scim/token-input.ts')
  const { TOKEN_MESSAGES } = await import('../scim/token-message.ts')
  const read = normaliseTokenInput(raw)
  if (!read.ok) {
    throw wrongUsage(
      TOKEN_MESSAGES[read.fault],
      'Give it at the prompt, or on standard input: interlock check BASE_URL < FILE',
    )
  }
  // A shell's echo ends in a line break; that says nothing about what stands in the IdP.
  const corrections = read.corrections.filter(
    (code) => stdin.isTTY === true || code !== 'trailing-newline',
  )
  return { value: read.value, corrections, notes: corrections.map((code) => TOKEN_MESSAGES[code]) }
}

async function typed(call: Call, what: string): Promise<string> {
  const { createAsk } = await import('./ask.ts')
  // On standard error: what is piped on is the result alone.
  return createAsk(call.terminal, call.terminal.stderr).secret(`${what} (not shown)`)
}

async function piped(call: Call): Promise<string> {
  let text = ''
  for await (const chunk of call.terminal.stdin) {
    text += String(chunk)
    if (text.length > MOST_CHARACTERS) break
  }
  if (text.trim() !== '') return text
  throw wrongUsage(
    'No token came on standard input.',
    'Pipe it in, or run without a pipe to be asked; --no-token checks discovery alone.',
  )
}
