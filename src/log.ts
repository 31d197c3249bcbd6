/** JSON lines. What is logged is ids, codes, counts and times; the redaction here is only a second net. */
import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

const NEVER = [
  'token',
  'key',
  'value',
  'password',
  'secret',
  'credential',
  'authorization',
  'cookie',
]

export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: NEVER.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[secret]',
      },
      serializers: { err: traceOf, error: traceOf },
    },
    destination,
  )
}

/** Where an error happened. */
export interface Trace {
  name: string
  code?: string
  frames: string[]
}

/** Its message stays out: parsers and drivers quote what they were given. Ours are told by name and code. */
export function traceOf(error: unknown): Trace {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const stack = error.stack ?? ''
  const start = stack.indexOf(error.message)
  // Cut behind the message, which may have lines that look like frames.
  const frames = (start === -1 ? '' : stack.slice(start + error.message.length))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at [^\n]*:\d+:\d+\)?$/.test(line))
    .slice(0, 12)
  // The class's name is written in code; `error.name` may be set to anything.
  const { name } = error.constructor
  const code = 'code' in error ? String(error.code) : ''
  return ERRNO.test(code) ? { name, code, frames } : { name, frames }
}

const ERRNO = /^(E[A-Z0-9]{2,15}|ERR_[A-Z0-9_]{2,60})$/
