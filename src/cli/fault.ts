/** How a command ends when it does not end well: the exit code, what holds, and what to do next. */

/** The same numbers for every command; each `--help` says what they mean there. */
export const EXIT = {
  done: 0,
  /** It was done and the answer is no: findings, a refusal, not clean. */
  no: 1,
  /** The command was called wrongly, or cannot start here. */
  usage: 2,
  /** Left before the end; the same command goes on from there. */
  unfinished: 3,
  interrupted: 130,
} as const

/** As `interlock --help` tells them. */
export const EXIT_MEANS: Readonly<Record<number, string>> = {
  [EXIT.done]: 'done, and the answer is yes',
  [EXIT.no]: 'the answer is no: findings, a refusal, not clean, no answer',
  [EXIT.usage]: 'called wrongly, or it cannot start here',
  [EXIT.unfinished]: 'left before the end; the same command goes on from there',
  [EXIT.interrupted]: 'Ctrl-C',
}

/** `message` and `next` are sentences of ours: nothing that was typed or answered is in them. */
export class CliFault extends Error {
  override readonly name = 'CliFault'
  readonly exit: number
  readonly code: string
  readonly next: string
  /** Lists that belong to a refusal, by their names in the API: which fields, what is missing. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(
    exit: number,
    code: string,
    message: string,
    next: string,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.more = more
    this.exit = exit
    this.code = code
    this.next = next
  }
}

export const wrongUsage = (message: string, next: string): CliFault =>
  new CliFault(EXIT.usage, 'wrong-usage', message, next)

/** Somebody pressed Ctrl-C or Escape at a question. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
