/** The program as a process of its own, the way it is started for real. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import process from 'node:process'

export const KEY = 'ilk_bench_key_0123456789abcdefghijklmnop'

export interface Running {
  url: string
  /** Milliseconds from the start of the process to its first answer. */
  startedMs: number
  /** Megabytes; null where the system has no /proc. */
  residentMb(): number | null
  stop(): Promise<void>
}

/** `src/main.ts` on this folder; counted until `/readyz` answers 200. */
export const startInterlock = (folder: string): Promise<Running> =>
  start('src/main.ts', '/readyz', {
    STORE_URL: `file:${folder}`,
    INTERLOCK_BOOTSTRAP_KEY: KEY,
    INTERLOCK_PRACTICE: '0',
  })

/** `test/bench/bare.ts`: a bare Hono route that answers the JSON in this file. */
export const startBare = (file: string): Promise<Running> =>
  start('test/bench/bare.ts', '/thing', { BARE_FILE: file })

async function start(
  script: string,
  ready: string,
  environment: Record<string, string>,
): Promise<Running> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { PATH: process.env['PATH'], PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  while (!(await answersAt(`${url}${ready}`))) {
    if (child.exitCode !== null) throw new Error(`${script} ended early: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return {
    url,
    startedMs: performance.now() - began,
    residentMb: () => residentMb(child),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function answersAt(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 200
  } catch {
    return false
  }
}

function residentMb({ pid }: ChildProcess): number | null {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
  } catch {
    return null
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
