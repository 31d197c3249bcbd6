/**
 * Waiting with a line that moves, so that nobody wonders whether anything happens. Enter ends it
 * early, Ctrl-C ends the command; the terminal is as it was afterwards, however it ends.
 */
import { Interrupted } from './fault.ts'
import type { Out, Terminal } from './terminal.ts'

const FRAMES = ['◐', '◓', '◑', '◒']

/** Until `untilMs` (epoch). `line` is given the seconds left. */
export async function waiting(
  terminal: Terminal,
  out: Out,
  untilMs: number,
  line: (secondsLeft: number) => string,
): Promise<'time' | 'enter'> {
  const { stdin } = terminal
  return new Promise((resolve, reject) => {
    let frame = 0
    const draw = (): void => {
      const left = Math.max(0, Math.ceil((untilMs - Date.now()) / 1000))
      frame += 1
      const text = line(left).slice(0, out.columns - 4)
      out.raw(`\r\u001B[K${out.ink.wait(FRAMES[frame % FRAMES.length] ?? '')} ${text}`)
      if (Date.now() >= untilMs) end(() => resolve('time'))
    }
    const heard = (chunk: Buffer | string): void => {
      const keys = String(chunk)
      if (keys.includes('\u0003') || keys.includes('\u0004')) end(() => reject(new Interrupted()))
      else if (/[\r\n]/.test(keys)) end(() => resolve('enter'))
    }
    const timer = setInterval(draw, 250)
    const end = (settle: () => void): void => {
      clearInterval(timer)
      stdin.off('data', heard)
      stdin.setRawMode?.(false)
      stdin.pause()
      out.raw('\r\u001B[K')
      settle()
    }
    stdin.setRawMode?.(true)
    stdin.on('data', heard)
    stdin.resume()
    draw()
  })
}

/** A sentence while a request is out. */
export async function during<T>(out: Out, sentence: string, work: Promise<T>): Promise<T> {
  let frame = 0
  const draw = (): void => {
    frame += 1
    const told = sentence.slice(0, out.columns - 4)
    out.raw(`\r\u001B[K${out.ink.wait(FRAMES[frame % FRAMES.length] ?? '')} ${told}`)
  }
  draw()
  const timer = setInterval(draw, 250)
  try {
    return await work
  } finally {
    clearInterval(timer)
    out.raw('\r\u001B[K')
  }
}

/**
 * For as long as something is shown that must not stay in the scroll-back: the terminal's other
 * screen. What was there before is back afterwards.
 */
export async function onOtherScreen<T>(out: Out, work: () => Promise<T>): Promise<T> {
  out.raw('\u001B[?1049h\u001B[H\u001B[2J')
  try {
    return await work()
  } finally {
    out.raw('\u001B[2J\u001B[?1049l')
  }
}

/** However the process ends, no hidden cursor and no other screen stay behind. */
export function guardTerminal(out: Out): () => void {
  const restore = (): void => out.raw('\u001B[?25h\u001B[?1049l')
  process.once('exit', restore)
  return () => void process.off('exit', restore)
}
