/** INTERLOCK_SECRET, or the one that was made for this store: once, 0600, never replaced. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'
import type { Config } from '../config.ts'
import { Secret } from '../secret.ts'

const FILE = 'secret.key'

/**
 * Losing this file makes every key and every sealed portal credential unreadable: it belongs into the
 * backup, beside the records. Throws `ConfigError` when the file is there but cannot be trusted.
 */
export async function secretFor(config: Pick<Config, 'secret' | 'store'>): Promise<Secret> {
  if (config.secret !== null) return config.secret
  const path = join(config.store.folder, FILE)
  await mkdir(config.store.folder, { recursive: true, mode: 0o700 })
  return (await readSecret(path)) ?? (await makeSecret(path, config.store.folder))
}

async function readSecret(path: string): Promise<Secret | null> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0) throw bad('must be readable by its owner only (chmod 600)')
    const text = (await readFile(path, 'utf8')).trim()
    if (text.length < 32) throw bad('must hold at least 32 characters')
    return new Secret(text)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null
    throw error instanceof ConfigError ? error : bad('must be a readable file')
  }
}

/** Written beside, then linked into place: a killed start leaves no half secret, and of two starts one wins. */
async function makeSecret(path: string, folder: string): Promise<Secret> {
  const beside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(`${randomBytes(32).toString('base64url')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(beside, path).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error
    })
    await syncFolder(folder)
  } finally {
    await rm(beside, { force: true })
  }
  const made = await readSecret(path)
  if (made === null) throw bad('could not be made')
  return made
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const bad = (must: string): ConfigError =>
  new ConfigError('INTERLOCK_SECRET', `is not set, and ${FILE} in the store's folder ${must}`)

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
