/**
 * One process per folder. `lock` is made with link(2), which fails when the name is taken and never
 * shows half a file. The lock of a dead process is taken over by a *claim* on its nonce, made the same
 * way: whoever makes `lock.after-<nonce>` may replace that lock, and nobody else. Who then finds that the
 * lock is no longer the one it judged has come too late. (Deleting a stale lock and making a new one
 * lets two processes in: the slower one deletes the lock of the faster.) A claimant that died is
 * succeeded by a claim on its own nonce.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

import { Holder, mayBeAlive, thisProcess } from './process-identity.ts'

export interface FolderLock {
  /** False when somebody deleted or replaced it under us. */
  held(): boolean
  release(): void
}

/** Another process has the folder, or may have it. `holder` is null when the lock cannot be read. */
export class FolderLocked extends Error {
  override readonly name = 'FolderLocked'
  readonly holder: Holder | null

  constructor(path: string, holder: Holder | null) {
    super(
      holder === null
        ? `${path} cannot be read. If no other Interlock runs on this folder, delete that file`
        : `the folder is in use by process ${holder.pid} on ${holder.host}, started ` +
            `${holder.startedAt}. Stop it first; if that machine or container is gone, delete ${path}`,
    )
    this.holder = holder
  }
}

export function lockFolder(folder: string, nowMs: number): FolderLock {
  const path = join(folder, 'lock')
  const me = thisProcess(nowMs)
  const mine = `${path}.${me.nonce}`
  writeHolder(mine, me)
  try {
    while (!linked(mine, path)) {
      const holder = readHolder(path)
      if (holder === 'absent') continue
      if (holder === 'unreadable') throw new FolderLocked(path, null)
      if (mayBeAlive(holder)) throw new FolderLocked(path, holder)
      if (takenOver(path, mine, holder)) break
    }
  } finally {
    rmSync(mine, { force: true })
  }
  sweep(folder)
  const held = (): boolean => nonceOf(path) === me.nonce
  return {
    held,
    release: () => {
      if (held()) rmSync(path, { force: true })
    },
  }
}

function takenOver(path: string, mine: string, dead: Holder): boolean {
  const claims: string[] = []
  for (let last = dead; ;) {
    const claim = `${path}.after-${last.nonce}`
    claims.push(claim)
    if (linked(mine, claim)) break
    const rival = readHolder(claim)
    if (rival === 'absent') return false
    if (rival === 'unreadable') throw new FolderLocked(claim, null)
    if (mayBeAlive(rival)) throw new FolderLocked(path, rival)
    last = rival
  }
  const intime = nonceOf(path) === dead.nonce
  if (intime) renameSync(mine, path)
  // The claims go last: while the dead lock stands, they are what keeps others out.
  for (const claim of intime ? claims : claims.slice(-1)) rmSync(claim, { force: true })
  return intime
}

function writeHolder(path: string, holder: Holder): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify(holder)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(path: string): Holder | 'absent' | 'unreadable' {
  try {
    return Holder.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unreadable'
  }
}

function nonceOf(path: string): string | null {
  const holder = readHolder(path)
  return typeof holder === 'string' ? null : holder.nonce
}

/** What killed processes left beside the lock. What a living one needs stays; half a file may be such. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!/^lock\.(after-)?[0-9a-f-]{36}$/.test(name)) continue
    const holder = readHolder(join(folder, name))
    if (typeof holder !== 'string' && !mayBeAlive(holder)) {
      rmSync(join(folder, name), { force: true })
    }
  }
}
