/** What a command is, and what several of them share. */
import type { Out, Terminal } from './terminal.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** What stands for the value in help. */
  readonly value?: string
  readonly says: string
  /** For the completion. */
  readonly among?: readonly string[]
}

export interface Call {
  readonly terminal: Terminal
  readonly out: Out
  readonly err: Out
  readonly json: boolean
  readonly words: readonly string[]
  /** The value of an option that takes one. */
  text(name: string): string | undefined
  has(name: string): boolean
}

export interface Command {
  /** Behind the name: `BASE_URL [options]`. */
  readonly usage: string
  /** Paragraphs. */
  readonly about: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  readonly examples: readonly (readonly [line: string, says: string])[]
  readonly exits: Readonly<Record<number, string>>
  /** How many words it takes. */
  readonly words: readonly [least: number, most: number]
  /** For the completion: what the first word can be. */
  readonly among?: readonly string[]
  /** The exit code; null leaves it to what was started. */
  run(call: Call): Promise<number | null>
}

/** Options that several commands share. */
export const JSON_OPTION: Option = {
  type: 'boolean',
  says: 'one JSON document on standard output, errors included',
}
export const SERVER_OPTIONS: Readonly<Record<string, Option>> = {
  url: {
    type: 'string',
    value: 'URL',
    says: 'the server to ask, with the key from INTERLOCK_KEY; default INTERLOCK_URL, and without both the store at STORE_URL',
  },
}
