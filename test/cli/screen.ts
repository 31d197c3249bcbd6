/** What appears on a terminal, and a hand at its keyboard. */
import type { Readable } from 'node:stream'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { run } from '../../src/cli.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

export interface Screen {
  /** Waits until the pattern shows up behind what was expected before. */
  expect(pattern: RegExp): Promise<RegExpExecArray>
  press(keys: string): void
  /** Everything until now, as it was sent to the terminal. */
  all(): string
  /** Without the control sequences. */
  plain(): string
}

export const ENTER = '\r'
export const DOWN = '\u001B[B'
export const CTRL_C = '\u0003'
const PATIENCE_MS = 12_000

export function follow(stream: Readable, press: (keys: string) => void): Screen {
  let seen = ''
  let at = 0
  const waiters = new Set<() => void>()
  stream.on('data', (chunk: Buffer) => {
    seen += chunk.toString()
    for (const wake of waiters) wake()
  })
  const plain = (): string => stripVTControlCharacters(seen)
  return {
    press,
    all: () => seen,
    plain,
    expect: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const text = plain()
          const found = pattern.exec(text.slice(at))
          if (found === null) return
          at += found.index + found[0].length
          done()
          resolve(found)
        }
        const done = (): void => {
          clearTimeout(timer)
          waiters.delete(look)
        }
        const timer = setTimeout(() => {
          done()
          reject(
            new Error(
              `${String(pattern)} did not appear; at the end stood:\n${plain().slice(-900)}`,
            ),
          )
        }, PATIENCE_MS)
        waiters.add(look)
        look()
      }),
  }
}

/** Line breaks aside. */
export const controls = (text: string): string[] =>
  Array.from(text.matchAll(/\p{Cc}/gu), ([sign]) => sign).filter((sign) => sign !== '\n')

export interface Session extends Screen {
  ended: Promise<number | null>
  /** What it wrote to standard error. */
  errors(): string
}

/** The command in this process, before a keyboard and a screen that only it knows. */
export function before(
  args: readonly string[],
  env: Record<string, string>,
  over: { isTTY?: boolean; input?: string; columns?: number } = {},
): Session {
  const { isTTY = true, columns = 100 } = over
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined })
  const stdout = Object.assign(new PassThrough(), { isTTY, columns })
  const stderr = Object.assign(new PassThrough(), { isTTY, columns })
  let errors = ''
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  if (over.input !== undefined) stdin.end(over.input)
  const terminal: Terminal = { stdin, stdout, stderr, env }
  const screen = follow(stdout, (keys) => void stdin.write(keys))
  return { ...screen, ended: run(args, terminal), errors: () => errors }
}

/** Without a terminal: pipes on all sides. → exit code and both outputs. */
export async function piped(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  const session = before(args, env, { isTTY: false, input })
  const exit = await session.ended
  return { exit, stdout: session.all(), stderr: session.errors() }
}

/** A terminal of that width, without colours. */
export async function narrow(
  args: readonly string[],
  columns: number,
  env: Record<string, string> = {},
): Promise<{ exit: number | null; stdout: string }> {
  const session = before(args, { NO_COLOR: '1', ...env }, { columns })
  const exit = await session.ended
  return { exit, stdout: session.all() }
}
