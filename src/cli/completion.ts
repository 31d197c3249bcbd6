/** `interlock completion`: scripts made from the same descriptions as the help, so they cannot fall behind. */
import { HELP } from './argument.ts'
import { JSON_OPTION } from './command.ts'
import { COMMANDS, loadCommand } from './command-list.ts'
import type { Command, Option } from './command.ts'
import { EXIT, wrongUsage } from './fault.ts'

export const completion: Command = {
  usage: 'bash|zsh',
  about: [
    'Prints a script that completes commands, options and their values. Put its line where your shell starts.',
  ],
  options: { json: { ...JSON_OPTION, says: 'the script inside one document {shell, script}' } },
  examples: [
    ['source <(interlock completion bash)', 'in ~/.bashrc'],
    ['source <(interlock completion zsh)', 'in ~/.zshrc, behind compinit'],
  ],
  exits: { 0: 'printed', 2: 'for another shell than these' },
  words: [1, 1],
  among: ['bash', 'zsh'],
  async run({ words, out, json }) {
    const loaded: [string, Command][] = []
    for (const name of Object.keys(COMMANDS)) {
      const command = await loadCommand(name)
      if (command !== null) loaded.push([name, command])
    }
    const [shell] = words
    if (shell !== 'bash' && shell !== 'zsh') {
      throw wrongUsage('There is a completion for bash and for zsh.', 'interlock completion bash')
    }
    const script = { bash, zsh }[shell](loaded)
    if (json) out.json({ shell, script })
    else out.raw(script)
    return EXIT.done
  },
}

const optionsOf = (command: Command): [string, Option][] =>
  Object.entries({ ...command.options, help: HELP })

function bash(commands: [string, Command][]): string {
  const cases = commands.map(([name, command]) => {
    const flags = optionsOf(command).map(([option]) => `--${option}`)
    return `    ${name}) words="${[...(command.among ?? []), ...flags].join(' ')}" ;;`
  })
  const values = commands.flatMap(([name, command]) =>
    optionsOf(command).flatMap(([option, { among }]) =>
      among === undefined ? [] : [`    ${name}:--${option}) words="${among.join(' ')}" ;;`],
    ),
  )
  return `# bash completion for interlock
_interlock() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(([name]) => name).join(' ')} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[1]}:\${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
    bundle:verify) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _interlock interlock
`
}

/** Inside single quotes and _arguments' brackets. */
const spec = (text: string): string =>
  text.replaceAll("'", '’').replaceAll(/[[\]:\\]/g, (sign) => `\\${sign}`)

function zsh(commands: [string, Command][]): string {
  const names = commands.map(([name]) => `    '${name}:${spec(COMMANDS[name]?.summary ?? '')}'`)
  const cases = commands.map(([name, command]) => {
    const flags = optionsOf(command).map(([option, { type, value, says, among }]) => {
      const takes =
        type === 'boolean'
          ? ''
          : `:${spec(value ?? 'value')}:${among === undefined ? '()' : choices(among)}`
      return `        '--${option}[${spec(says)}]${takes}' \\`
    })
    const first = command.among === undefined ? '' : `        '1: :${choices(command.among)}' \\\n`
    // An empty list, not an empty action: that is a message, and beside one zsh inserts nothing.
    const rest = name === 'bundle' ? `'2:file:_files'` : `'*: :()'`
    return `      ${name})\n        _arguments \\\n${first}${flags.join('\n')}\n        ${rest} ;;`
  })
  return `#compdef interlock
_interlock() {
  local context state line
  local -a commands
  commands=(
${names.join('\n')}
  )
  _arguments -C '1: :->command' '*:: :->rest'
  case $state in
    command) _describe 'command' commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}
compdef _interlock interlock
`
}

const choices = (among: readonly string[] | undefined): string =>
  among === undefined ? '' : `(${among.join(' ')})`
