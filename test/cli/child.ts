/** The command as people run it: a process of its own, with pipes or inside a pseudo-terminal. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { follow } from './screen.ts'
import type { Screen } from './screen.ts'

const SCRIPT = fileURLToPath(new URL('../../src/interlock.js', import.meta.url))

export interface Ended {
  exit: number | null
  stdout: string
  stderr: string
}

const bare = (env: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  // Nothing is remembered from one run of the tests to the next.
  XDG_STATE_HOME: '/dev/null/nowhere',
  LANG: 'C.UTF-8',
  ...env,
})

/** Waits for its end; `input` is the whole of its standard input. */
export async function interlock(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string; cwd?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: bare(options.env ?? {}),
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  // A command that needs no input may be gone before it is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  const [stdout, stderr, [exit]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { exit, stdout, stderr }
}

export interface Pty extends Screen {
  child: ChildProcess
  ended: Promise<number | null>
}

export const inTerminal = (args: readonly string[], env: Record<string, string>): Pty =>
  pty([process.execPath, SCRIPT, ...args], env)

/** `script` comes with every Debian and macOS, under the same name and with other words. */
export function pty(command: readonly string[], env: Record<string, string> = {}): Pty {
  const quoted = command.map((word) => `'${word}'`).join(' ')
  const words =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', ...command]
      : ['-qefc', `stty cols 100 rows 40; exec ${quoted}`, '/dev/null']
  const child = spawn('script', words, {
    env: bare({ TERM: 'xterm-256color', ...env }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const screen = follow(child.stdout, (keys) => void child.stdin.write(keys))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { ...screen, child, ended }
}
