import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { secretFor } from '../../src/access/stored-secret.ts'
import { ConfigError } from '../../src/config.ts'
import { Secret } from '../../src/secret.ts'

let root: string
let folder: string
const config = (secret: Secret | null = null) => ({
  secret,
  store: { kind: 'files' as const, folder },
})
const file = () => join(folder, 'secret.key')
const mode = async (path: string) => (await stat(path)).mode & 0o777

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'interlock-secret-'))
  folder = join(root, 'deep', 'store')
})
afterEach(() => rm(root, { recursive: true, force: true }))

it('uses the setting and then makes nothing', async () => {
  const given = new Secret('x'.repeat(32))
  expect(await secretFor(config(given))).toBe(given)
  expect(await readdir(root)).toEqual([])
})

it('makes one once, for its owner only, and keeps it', async () => {
  const first = (await secretFor(config())).reveal()
  expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect((await secretFor(config())).reveal()).toBe(first)
  expect(await mode(file())).toBe(0o600)
  expect(await mode(folder)).toBe(0o700)
  expect(await readdir(folder)).toEqual(['secret.key'])
})

it('makes one when several starts race', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => secretFor(config())))
  expect(new Set(all.map((secret) => secret.reveal())).size).toBe(1)
  expect(await readdir(folder)).toEqual(['secret.key'])
})

it('refuses one that is short or open to others, and touches neither', async () => {
  await secretFor(config())
  await writeFile(file(), 'canary-short')
  const short = await secretFor(config()).catch((error: unknown) => error)
  expect(short).toBeInstanceOf(ConfigError)
  expect(String(short)).toMatch(/INTERLOCK_SECRET .*32 characters/)
  expect(String(short)).not.toContain('canary')
  await writeFile(file(), 'y'.repeat(40))
  await chmod(file(), 0o644)
  await expect(secretFor(config())).rejects.toThrow(/chmod 600/)
  expect(await readFile(file(), 'utf8')).toBe('y'.repeat(40))
  await chmod(file(), 0o400)
  expect((await secretFor(config())).reveal()).toBe('y'.repeat(40))
})
