/**
 * Arguments, read strictly. What was typed is never repeated: it may be a token. A token among the
 * arguments is refused before anything else, because it is in the shell's history by then.
 */
import { parseArgs } from 'node:util'
import type { Command, Option } from './command.ts'
import { wrongUsage } from './fault.ts'

export interface Arguments {
  words: string[]
  flags: Readonly<Record<string, string | boolean | undefined>>
}

export function parseArguments(name: string, command: Command, argv: readonly string[]): Arguments {
  let parsed
  try {
    parsed = parseArgs({
      args: [...argv],
      options: Object.fromEntries(
        Object.entries({ ...command.options, help: HELP }).map(([option, { type, short }]) => [
          option,
          { type, ...(short === undefined ? {} : { short }) },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    throw wrongUsage(`${reasonOf(error)} of "interlock ${name}".`, seeHelp(name))
  }
  const flags = parsed.values as Record<string, string | boolean | undefined>
  const [least, most] = command.words
  const count = parsed.positionals.length
  if (flags['help'] !== true && (count < least || count > most)) {
    const many = count < least ? 'Something is missing' : 'There are more words than it takes'
    throw wrongUsage(`${many}: interlock ${name} ${command.usage}`, seeHelp(name))
  }
  return { words: parsed.positionals, flags }
}

export const HELP: Option = { type: 'boolean', short: 'h', says: 'this help' }

export const seeHelp = (name: string): string => `See: interlock ${name} --help`

/** parseArgs quotes what it was given, so only its code is used. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return 'A value is missing, or one too many was given, for an option'
  }
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? 'That is no option' : 'Those are no arguments'
}

/** Options that other tools have, and that nothing here will ever take. */
const FOR_SECRETS =
  /^--?(access-?|api-?|bearer-?|scim-?|old-?|new-?)?(token|secret|password|credential|key)(=|$)/i

const VENDOR = /^(?:bearer\s|(?:scim|ilk)_[\w-]{8,}$|eyJ[\w-]{8,}\.|gh[pousr]_|xox[a-z]-|sk-)/i
const OWN_ID = /^(?:rot|con|key|esc|bun)_[\w-]+$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Cheap and wide: wrongly refused arguments can be given in another way, a token cannot be taken back. */
export function looksLikeToken(word: string): boolean {
  const text = word.replace(/^--?[\w-]+=/, '').trim()
  if (VENDOR.test(text)) return true
  if (OWN_ID.test(text) || UUID.test(text)) return false
  if (!/^[\w\-+/=~]{24,4096}$/.test(text) || /^\/|^\.|\/\w+\//.test(text)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length
  return kinds === 3 || /^[0-9a-f]{32,}$/i.test(text) || (kinds === 2 && !/[-_]/.test(text))
}

/** Before anything else is read. */
export function refuseTokens(argv: readonly string[]): void {
  if (!argv.some((word) => looksLikeToken(word) || FOR_SECRETS.test(word))) return
  throw wrongUsage(
    'A token was given as an argument. It is now in the shell’s history, and was in the list of processes.',
    [
      'Treat it as exposed: revoke it where it was issued, and delete that line from the history.',
      argv[0] === 'check'
        ? 'Then: interlock check BASE_URL asks for it without showing it, or reads it from standard input.'
        : 'Then run the command without it: what is secret is asked for, or comes from standard input or INTERLOCK_KEY.',
    ].join(' '),
  )
}
