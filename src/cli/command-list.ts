/** Which commands there are. Each is loaded when it is called, so that help is there at once. */
import type { Command } from './command.ts'

interface Entry {
  readonly summary: string
  load(): Promise<Command>
}

export const COMMANDS: Readonly<Record<string, Entry>> = {
  rotate: {
    summary: 'walk through a rotation, step by step',
    load: async () => (await import('./rotate.ts')).rotate,
  },
  check: {
    summary: 'run the first checks against a SCIM base URL',
    load: async () => (await import('./check.ts')).check,
  },
  list: {
    summary: 'list connections and where their rotations stand',
    load: async () => (await import('./list.ts')).list,
  },
  show: {
    summary: 'show a rotation or a connection',
    load: async () => (await import('./show.ts')).show,
  },
  keys: {
    summary: 'list, make and revoke access keys',
    load: async () => (await import('./keys.ts')).keys,
  },
  bundle: {
    summary: 'verify a support bundle, offline',
    load: async () => (await import('./bundle.ts')).bundle,
  },
  scrub: {
    summary: 'cut tokens out of a text: standard input to standard output',
    load: async () => (await import('./scrub.ts')).scrub,
  },
  serve: {
    summary: 'start the server',
    load: async () => (await import('./serve.ts')).serve,
  },
  demo: {
    summary: 'show a whole rotation on a practice service provider',
    load: async () => (await import('./demo.ts')).demo,
  },
  completion: {
    summary: 'print the completion for bash or zsh',
    load: async () => (await import('./completion.ts')).completion,
  },
  help: {
    summary: 'show this, or the help of a command',
    load: async () => (await import('./help.ts')).help,
  },
  version: {
    summary: 'show the version',
    load: async () => (await import('./version.ts')).version,
  },
}

export async function loadCommand(name: string): Promise<Command | null> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  return entry === undefined ? null : entry.load()
}
