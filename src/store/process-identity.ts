/**
 * Which process holds something, and whether it still lives. A process id alone is not enough: after a
 * crash it is given to somebody else. On Linux the start time (proc(5), field 22 of `stat`) and the boot
 * id tell them apart. Elsewhere a living process of that id counts as the holder: better to ask a
 * person once too often. Two machines of the same name must not share a folder: neither can see the other.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

import { z } from 'zod'

import { instant } from '../../machines/vocabulary.ts'

export const Holder = z.strictObject({
  /** Different each time, even for the same process: what a takeover is tied to. */
  nonce: z.uuid(),
  pid: z.int().min(1),
  host: z.string(),
  startedAt: z.string(),
  startTicks: z.string().nullable(),
  bootId: z.string().nullable(),
})
export type Holder = z.infer<typeof Holder>

export function thisProcess(nowMs: number): Holder {
  return {
    nonce: randomUUID(),
    pid: process.pid,
    host: hostname(),
    startedAt: instant(Math.round(nowMs - process.uptime() * 1000)),
    startTicks: processStat(process.pid)?.startTicks ?? null,
    bootId: bootId(),
  }
}

/** False only when it is certain: on another machine nothing is. */
export function mayBeAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  if (differ(holder.bootId, bootId())) return false
  if (!exists(holder.pid)) return false
  const stat = processStat(holder.pid)
  // A zombie was killed; its parent has not noticed yet. It writes nothing any more.
  if (stat?.state === 'Z' || stat?.state === 'X') return false
  return !differ(holder.startTicks, stat?.startTicks ?? null)
}

const differ = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one !== other

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function processStat(pid: number): { state: string; startTicks: string } | null {
  const text = readSystemFile(`/proc/${pid}/stat`)
  if (text === null) return null
  // The name in parentheses may hold spaces and parentheses: fields are counted after the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  return state === undefined || startTicks === undefined ? null : { state, startTicks }
}

const bootId = (): string | null =>
  readSystemFile('/proc/sys/kernel/random/boot_id')?.trim() ?? null

function readSystemFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
