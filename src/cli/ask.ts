/**
 * Questions to the person, by @clack/prompts. Ctrl-C and Escape end the command. What is typed into
 * an open field is kept and shown to others, so a token in one is refused before it goes anywhere.
 */
import * as clack from '@clack/prompts'
import { looksLikeToken } from './argument.ts'
import { Interrupted } from './fault.ts'
import type { Output, Terminal } from './terminal.ts'

export interface Choice<T extends string> {
  value: T
  label: string
  hint?: string
}

export interface Ask {
  choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T>
  confirm(message: string, labels?: { yes: string; no: string }): Promise<boolean>
  /** `refuse` says why a text is not accepted, or null. */
  text(
    message: string,
    options?: { placeholder?: string; refuse?: (text: string) => string | null },
  ): Promise<string>
  /** Not shown while it is typed. */
  secret(message: string): Promise<string>
}

export const TOKEN_IN_FIELD =
  'This looks like a token, and what is typed here is kept. Treat it as exposed now: revoke it where it was issued, and type the field without it.'

export function createAsk(terminal: Pick<Terminal, 'stdin'>, output: Output): Ask {
  const io = { input: terminal.stdin, output }
  return {
    async choose<T extends string>(message: string, choices: readonly Choice<T>[]) {
      const options = choices.map(({ value, label, hint }) => ({
        value: value as string,
        label,
        ...(hint === undefined ? {} : { hint }),
      }))
      return sure(await clack.select<string>({ message, options, ...io })) as T
    },
    confirm: async (message, labels) =>
      sure(
        await clack.confirm({
          message,
          active: labels?.yes ?? 'Yes',
          inactive: labels?.no ?? 'No',
          ...io,
        }),
      ),
    text: async (message, { placeholder, refuse } = {}) => {
      const typed = await clack.text({
        message,
        ...(placeholder === undefined ? {} : { placeholder }),
        validate: (text = '') => {
          if (text.split(/[\s,;:"']+/).some(looksLikeToken) || looksLikeToken(text)) {
            return TOKEN_IN_FIELD
          }
          return refuse?.(text.trim()) ?? undefined
        },
        ...io,
      })
      return (sure(typed) ?? '').trim()
    },
    secret: async (message) => sure(await clack.password({ message, ...io })) ?? '',
  }
}

function sure<T>(answer: T | typeof clack.CANCEL_SYMBOL): T {
  if (clack.isCancel(answer)) throw new Interrupted()
  return answer
}
