/** A terminal as a page: what was sent to it, read by an emulator, cell by cell. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import xterm from '@xterm/headless'

const { Terminal } = xterm
const COLUMNS = 100
const ROWS = 44

/** The sixteen colours that programs name by number, on a dark ground. */
const PALETTE = [
  '#1c1f24',
  '#ff9d94',
  '#7fd6a2',
  '#f0c36a',
  '#8cc2ff',
  '#d7aefb',
  '#78d9ec',
  '#e8eaee',
  '#7b8592',
  '#ff9d94',
  '#7fd6a2',
  '#f0c36a',
  '#8cc2ff',
  '#d7aefb',
  '#78d9ec',
  '#ffffff',
] as const

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export async function terminalPage(sent: string): Promise<string> {
  const terminal = new Terminal({
    cols: COLUMNS,
    rows: ROWS,
    allowProposedApi: true,
    convertEol: true,
  })
  await new Promise<void>((resolve) => terminal.write(sent, resolve))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, y) => lineOf(terminal, y))
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return `<!doctype html><style>
@font-face{font-family:Screen;src:url(data:font/woff2;base64,${font('400')})}
@font-face{font-family:Screen;font-weight:700;src:url(data:font/woff2;base64,${font('700')})}
body{margin:0;background:#15171a;color:#e8eaee}
pre{margin:24px;font:14px/1.45 Screen,monospace}</style>
<pre>${lines.slice(0, last + 1).join('\n')}</pre>`
}

/** Comes with a package: a machine without fonts would draw boxes for the marks in front of the lines. */
const font = (weight: string): string =>
  readFileSync(
    createRequire(import.meta.url).resolve(
      `@fontsource/dejavu-mono/files/dejavu-mono-latin-${weight}-normal.woff2`,
    ),
  ).toString('base64')

function lineOf({ buffer }: InstanceType<typeof Terminal>, y: number): string {
  const line = buffer.active.getLine(y)
  if (line === undefined) return ''
  let html = ''
  for (let x = 0; x < line.length; x += 1) {
    const cell = line.getCell(x)
    if (cell === undefined || cell.getWidth() === 0) continue
    const chars = escaped(cell.getChars() || ' ')
    const style = [
      cell.isFgPalette() ? `color:${PALETTE[cell.getFgColor() % 16]}` : '',
      cell.isBold() ? 'font-weight:700' : '',
      cell.isDim() ? 'opacity:.65' : '',
      cell.isUnderline() ? 'text-decoration:underline' : '',
      cell.isInverse() ? 'background:#e8eaee;color:#15171a' : '',
    ].filter(Boolean)
    html += style.length === 0 ? chars : `<span style="${style.join(';')}">${chars}</span>`
  }
  return html.trimEnd()
}
