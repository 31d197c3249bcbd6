/** JSON lines. What is logged is ids, codes, counts and times; the redaction here is only a second net. */
import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

const NEVER = new Set([
  'token',
  'key',
  'value',
  'password',
  'secret',
  'credential',
  'authorization',
  'cookie',
])

/** Deeper than anything that is logged. */
const DEPTH = 4

/** Many lines in one write, a tenth of a second later at the latest, and in full when the process ends. */
const BEHIND = { dest: 1, sync: false, minLength: 4096, periodicFlush: 100 }

/** On standard output unless told otherwise. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: (line) => censored(line, DEPTH) },
      serializers: { err: traceOf, error: traceOf },
    },
    destination ?? pino.destination(BEHIND),
  )
}

type Line = Record<string, unknown>

/** What stands under a telling name is not written. pino's own redaction takes ten times as long for it. */
function censored(line: Line, depth: number): Line {
  const kept: Line = {}
  for (const [name, value] of Object.entries(line)) {
    kept[name] = NEVER.has(name) ? '[secret]' : within(value, depth)
  }
  return kept
}

/** Errors and values that say themselves how they are written are left to that. */
function within(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '[deep]'
  if (Array.isArray(value)) return value.map((one) => within(one, depth - 1))
  const plain = Object.getPrototypeOf(value) === Object.prototype
  return plain ? censored(value as Line, depth - 1) : value
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
