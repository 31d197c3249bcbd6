/**
 * Where a command reads and writes. One small writer for all of it: colour and movement only on a
 * terminal that wants them, so that a pipe, a file and NO_COLOR (no-color.org) get plain text.
 */
import type { Readable, Writable } from 'node:stream'

export type Input = Readable & { isTTY?: boolean; setRawMode?(on: boolean): unknown }
export type Output = Writable & { isTTY?: boolean; columns?: number }

/** What a command is given instead of the process, so that a test can be the terminal. */
export interface Terminal {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

type Style = (text: string) => string

export interface Ink {
  readonly strong: Style
  readonly quiet: Style
  readonly good: Style
  readonly wait: Style
  readonly bad: Style
}

export interface Out {
  readonly ink: Ink
  /** May lines be redrawn and questions asked? */
  readonly live: boolean
  readonly columns: number
  line(text?: string): void
  /** One document on one line, never broken. */
  json(value: unknown): void
  /** Exactly these characters. */
  raw(text: string): void
}

const WIDEST = 100

export function outOf(output: Output, env: Terminal['env']): Out {
  const columns = Math.min(output.columns || 80, WIDEST)
  const live = output.isTTY === true && env['TERM'] !== 'dumb'
  const coloured = live && (env['NO_COLOR'] ?? '') === ''
  const style =
    (on: number, off: number): Style =>
    (text) =>
      coloured ? `\u001B[${on}m${text}\u001B[${off}m` : text
  const raw = (text: string): void => void output.write(text)
  return {
    ink: {
      strong: style(1, 22),
      quiet: style(2, 22),
      good: style(32, 39),
      wait: style(33, 39),
      bad: style(31, 39),
    },
    live,
    columns,
    // A pipe and a file get lines whole: whoever reads them breaks them.
    line: (text = '') => raw(`${live ? fold(text, columns) : text}\n`),
    json: (value) => raw(`${JSON.stringify(value)}\n`),
    raw,
  }
}

const STYLE = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')

/** How many columns it takes. Colours take none. */
const widthOf = (text: string): number => text.replaceAll(STYLE, '').length

/** Breaks what is wider than the terminal at spaces, under its own indent; longer words stay whole. */
export function fold(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((paragraph) =>
      widthOf(paragraph) <= columns ? [paragraph] : folded(paragraph, columns),
    )
    .join('\n')
}

function folded(paragraph: string, columns: number): string[] {
  const indent = /^ */.exec(paragraph)?.[0] ?? ''
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.slice(indent.length).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(indent) + widthOf(longer) > columns) {
      lines.push(indent + line.trimEnd())
      line = word
    } else line = longer
  }
  return [...lines, indent + line]
}

/** A text from elsewhere without control characters: an answer must not be able to move the cursor. */
export const tame = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/gu, '')

/** Breaks at spaces; longer words stay whole, so that what is copied is not cut. */
export function wrap(text: string, columns: number, indent = '', hang = ''): string {
  const width = Math.max(20, columns - indent.length - hang.length)
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (longer.length > width && line !== '') {
        lines.push(line)
        line = word
      } else line = longer
    }
    lines.push(line)
  }
  return lines
    .map((line, index) => (line === '' ? '' : indent + (index === 0 ? '' : hang) + line))
    .join('\n')
}
