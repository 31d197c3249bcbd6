/** Starts the child quickly: bundled once by the esbuild that tsx brings, so it is up in a tenth of a second. */
import type { ChildProcessByStdio } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

interface Esbuild {
  buildSync(options: Readonly<Record<string, unknown>>): unknown
}

export interface Child {
  process: ChildProcessByStdio<Writable, Readable, null>
  /** Everything said until now; a line cut off by the kill is in it. */
  said(): string
  /** The words, once they were said; rejects when the process ends without saying them. */
  says(words: RegExp): Promise<string>
  kill(): Promise<void>
}

/** The path of the bundled child. Its folder is the caller's to remove. */
export function bundleChild(): string {
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json')
  const esbuild = createRequire(tsx)('esbuild') as Esbuild
  const outfile = join(mkdtempSync(join(tmpdir(), 'interlock-child-')), 'child.mjs')
  esbuild.buildSync({
    entryPoints: [fileURLToPath(new URL('./child.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
  })
  return outfile
}

export function startChild(script: string, ...words: string[]): Child {
  const process_ = spawn(process.execPath, [script, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  process_.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  // After a kill the pipe is drained before `close`: nothing that was said is missed.
  const ended = once(process_, 'close')
  return {
    process: process_,
    said: () => said,
    async says(words) {
      for (;;) {
        const found = words.exec(said)
        if (found !== null) return found[0]
        const gone = ended.then(() => true)
        const more = once(process_.stdout, 'data').then(() => false)
        if (await Promise.race([gone, more])) throw new Error(`ended before saying ${words}`)
      }
    },
    async kill() {
      process_.kill('SIGKILL')
      await ended
    },
  }
}
