/**
 * Base URLs at which discovery has answered as SCIM before, from this machine: there the token may go
 * out beside discovery, since the address is no slip of the finger. Digests only, no address and no
 * token. Without a home, or when the file cannot be used, nothing is remembered, and discovery goes first.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import type { Terminal } from './terminal.ts'

/** An address may come into other hands; after this long it has to show itself again. */
const GOOD_FOR_MS = 90 * 24 * 60 * 60 * 1000
const MOST = 200

const Book = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.int().min(0))

export async function wasSeen(
  env: Terminal['env'],
  baseUrl: string,
  now: number,
): Promise<boolean> {
  const at = (await read(env))[digest(baseUrl)]
  return at !== undefined && at <= now && now - at < GOOD_FOR_MS
}

/** Never fails: a check must not end badly because its memory did. */
export async function remember(env: Terminal['env'], baseUrl: string, now: number): Promise<void> {
  const path = placeOf(env)
  if (path === null) return
  const others = Object.entries(await read(env)).filter(([key]) => key !== digest(baseUrl))
  const newest = others.toSorted(([, one], [, other]) => other - one).slice(0, MOST - 1)
  const beside = `${path}.${process.pid}`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const text = JSON.stringify(Object.fromEntries([[digest(baseUrl), now], ...newest]))
    await writeFile(beside, text, { mode: 0o600 })
    await rename(beside, path)
  } catch {
    // Then it is not remembered.
  }
}

async function read(env: Terminal['env']): Promise<Readonly<Record<string, number>>> {
  const path = placeOf(env)
  if (path === null) return {}
  try {
    return Book.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return {}
  }
}

/** The XDG base directory specification: a relative path in it does not count. */
function placeOf(env: Terminal['env']): string | null {
  const state = env['XDG_STATE_HOME'] ?? ''
  const home = env['HOME'] ?? ''
  if (isAbsolute(state)) return join(state, 'interlock', 'seen-base-urls.json')
  return isAbsolute(home) ? join(home, '.local', 'state', 'interlock', 'seen-base-urls.json') : null
}

const digest = (baseUrl: string): string => createHash('sha256').update(baseUrl).digest('hex')
