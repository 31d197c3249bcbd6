/** `interlock help`: what there is, and one command with its options, an example and its exit codes. */
import { HELP } from './argument.ts'
import { JSON_OPTION } from './command.ts'
import { COMMANDS, loadCommand } from './command-list.ts'
import type { Command, Option } from './command.ts'
import { EXIT, EXIT_MEANS, wrongUsage } from './fault.ts'
import { wrap } from './terminal.ts'
import type { Out } from './terminal.ts'

export const help: Command = {
  usage: '[COMMAND]',
  about: ['Shows what there is, or the help of one command, as COMMAND --help does.'],
  options: { json: JSON_OPTION },
  examples: [['interlock help rotate', 'how a rotation is walked through']],
  exits: { 0: 'shown', 2: 'there is no such command' },
  words: [0, 1],
  among: Object.keys(COMMANDS),
  async run({ words, out, json }) {
    const [name] = words
    const command = name === undefined ? null : await loadCommand(name)
    if (name !== undefined && command === null) {
      const names = Object.keys(COMMANDS).join(', ')
      throw wrongUsage('There is no such command.', `There are: ${names}.`)
    }
    if (json) out.json(command === null ? listing() : described(name ?? '', command))
    else out.raw(command === null ? overview(out) : helpOf(name ?? '', command, out))
    return EXIT.done
  },
}

export function overview({ ink, columns }: Out): string {
  const widest = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  return [
    wrap('interlock rotates a SCIM token without provisioning silently stopping.', columns),
    '',
    'interlock COMMAND [options]',
    '',
    ...Object.entries(COMMANDS).map(
      ([name, { summary }]) =>
        `  ${ink.strong(name.padEnd(widest))}  ${hanging(summary, columns, widest + 4)}`,
    ),
    '',
    'Exit codes',
    ...Object.entries(EXIT_MEANS).map(
      ([code, means]) => `  ${code.padStart(3)}  ${hanging(means, columns, 7)}`,
    ),
    '',
    wrap('Each command explains itself: interlock COMMAND --help', columns),
    wrap('A first look, nothing to set up: interlock demo', columns),
    wrap(
      'Tokens and keys are never arguments: they are asked for, read from standard input, or taken from INTERLOCK_KEY. --json gives one JSON document, errors included. NO_COLOR is honoured.',
      columns,
    ),
    '',
  ].join('\n')
}

export function helpOf(name: string, command: Command, { ink, columns }: Out): string {
  const options = { ...command.options, help: HELP }
  const left = (option: string, { short, value }: Option): string =>
    `${short === undefined ? '' : `-${short}, `}--${option}${value === undefined ? '' : ` ${value}`}`
  const widest = Math.max(...Object.entries(options).map(([n, option]) => left(n, option).length))
  return [
    `interlock ${ink.strong(name)}${command.usage === '' ? '' : ` ${command.usage}`}`,
    '',
    ...command.about.flatMap((paragraph) => [wrap(paragraph, columns), '']),
    'Options',
    ...Object.entries(options).map(([n, option]) =>
      columns - widest < 28
        ? `  ${left(n, option)}\n${wrap(option.says, columns, '      ')}`
        : `  ${left(n, option).padEnd(widest)}  ${hanging(option.says, columns, widest + 4)}`,
    ),
    '',
    command.examples.length === 1 ? 'Example' : 'Examples',
    ...command.examples.flatMap(([line, says]) => [`  ${ink.quiet(`# ${says}`)}`, `  ${line}`]),
    '',
    'Exit codes',
    ...Object.entries(command.exits).map(
      ([code, means]) => `  ${code.padStart(3)}  ${hanging(means, columns, 7)}`,
    ),
    '',
  ].join('\n')
}

/** The first line stands behind `indent` columns already; the others are given them. */
const hanging = (text: string, columns: number, indent: number): string =>
  wrap(text, columns, ' '.repeat(indent)).trimStart()

const listing = (): object => ({
  exits: EXIT_MEANS,
  commands: Object.entries(COMMANDS).map(([name, { summary }]) => ({ name, summary })),
})

const described = (name: string, command: Command): object => ({
  name,
  usage: `interlock ${name} ${command.usage}`.trim(),
  about: command.about,
  options: Object.entries(command.options).map(([option, { type, value, says }]) => ({
    name: `--${option}`,
    type,
    ...(value === undefined ? {} : { value }),
    says,
  })),
  examples: command.examples.map(([line, says]) => ({ line, says })),
  exits: command.exits,
})
