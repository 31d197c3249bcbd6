/** The command line: finds the command, reads its arguments, and gives every ending its exit code. */
import process from 'node:process'
import { parseArguments, refuseTokens } from './cli/argument.ts'
import { COMMANDS, loadCommand } from './cli/command-list.ts'
import { CliFault, EXIT, Interrupted, wrongUsage } from './cli/fault.ts'
import { outOf, wrap } from './cli/terminal.ts'
import type { Out, Terminal } from './cli/terminal.ts'

/** Called by `interlock.js`. The exit code is set, not forced: what was written still goes out. */
export async function runProcess(): Promise<void> {
  // `interlock list | head`: whoever stops reading has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.no)
  })
  const { stdin, stdout, stderr, env } = process
  const exit = await run(process.argv.slice(2), { stdin, stdout, stderr, env })
  if (exit !== null) process.exitCode = exit
}

/** `argv` without node and script. → exit code; null where what was started decides it. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number | null> {
  const out = outOf(terminal.stdout, terminal.env)
  const err = outOf(terminal.stderr, terminal.env)
  const json = argv.includes('--json')
  try {
    return await dispatch(argv, terminal, { out, err })
  } catch (error) {
    if (error instanceof Interrupted) {
      err.line('Stopped.')
      return EXIT.interrupted
    }
    const fault = error instanceof CliFault ? error : await unexpected(error)
    if (json) out.json({ error: shown(fault) })
    else await tell(err, fault)
    return fault.exit
  }
}

async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  { out, err }: { out: Out; err: Out },
): Promise<number | null> {
  refuseTokens(argv)
  const { name, rest } = nameIn(argv)
  if (name === null) {
    const { overview } = await import('./cli/help.ts')
    err.raw(overview(err))
    return EXIT.usage
  }
  const command = await loadCommand(name)
  if (command === null) {
    throw wrongUsage('There is no such command.', `There are: ${Object.keys(COMMANDS).join(', ')}.`)
  }
  const { words, flags } = parseArguments(name, command, rest)
  if (flags['help'] === true) {
    const { helpOf } = await import('./cli/help.ts')
    out.raw(helpOf(name, command, out))
    return EXIT.done
  }
  return command.run({
    terminal,
    out,
    err,
    json: flags['json'] === true,
    words,
    text: (option) => {
      const value = flags[option]
      return typeof value === 'string' ? value : undefined
    },
    has: (option) => flags[option] === true,
  })
}

function nameIn(argv: readonly string[]): { name: string | null; rest: readonly string[] } {
  const [first, ...rest] = argv
  if (first === undefined) return { name: null, rest }
  if (first === '--help' || first === '-h') return { name: 'help', rest }
  if (first === '--version' || first === '-V') return { name: 'version', rest }
  if (first.startsWith('-')) {
    throw wrongUsage('The command comes first, its options behind it.', 'See: interlock --help')
  }
  return { name: first, rest }
}

async function tell(err: Out, fault: CliFault): Promise<void> {
  const [first = '', ...more] = wrap(`interlock: ${fault.message}`, err.columns).split('\n')
  err.line(first.replace(/^interlock:/, (name) => err.ink.bad(name)))
  for (const line of more) err.line(line)
  if (Object.keys(fault.more).length > 0) {
    const { detailLines } = await import('./cli/view.ts')
    for (const line of detailLines(err, fault.more)) err.line(line)
  }
  if (fault.next !== '') err.line(wrap(fault.next, err.columns))
}

const shown = ({ code, message, next, exit, more }: CliFault): object => ({
  code,
  message,
  next,
  exit,
  ...more,
})

/** Not foreseen: where it happened, and not what it says, since parsers and drivers quote their input. */
async function unexpected(error: unknown): Promise<CliFault> {
  const { traceOf } = await import('./log.ts')
  return new CliFault(
    EXIT.no,
    'internal',
    `Something went wrong inside Interlock: ${JSON.stringify(traceOf(error))}`,
    'Report these places in the code; no input is among them.',
  )
}
