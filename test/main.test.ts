/** The program as a process: what it says when it cannot start, how it starts, and how it ends. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

const KEY = 'ilk_main_test_key_0123456789abcdefghijk'
const SECRET_VALUE = 'oops-a-value-nobody-may-repeat'

interface Program {
  child: ChildProcess
  out: string
  err: string
  url: string
  exit: Promise<number | null>
}

const children: ChildProcess[] = []
const folders: string[] = []
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
})
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-main-'))
  folders.push(folder)
  return folder
}

function launch(settings: Record<string, string>, args: string[] = []): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const exit = once(child, 'close').then(([code]) => code as number | null)
  const program: Program = { child, out: '', err: '', url: '', exit }
  child.stdout.on('data', (chunk: Buffer) => (program.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (program.err += chunk.toString()))
  return program
}

/** Until it says where it listens; fails with what it said when it ends instead. */
async function ready(settings: Record<string, string>, args: string[] = []): Promise<Program> {
  const program = launch(settings, args)
  const lines = once(program.child.stderr!, 'data')
  await Promise.race([lines, program.exit])
  await expect
    .poll(() => program.err.includes('Interlock listens on') || program.child.exitCode !== null, {
      timeout: 15_000,
    })
    .toBe(true)
  program.url = /listens on (\S+)/.exec(program.err)?.[1] ?? ''
  expect(program.url, program.err).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  return program
}

const fileStore = (folder: string) => ({ STORE_URL: `file:${folder}` })
const statusOf = async (url: string, init?: RequestInit): Promise<number> =>
  (await fetch(url, init)).status

describe('a bad setting', () => {
  it.each([
    ['HOST', '0.0.0.0'],
    ['INTERLOCK_BOOTSTRAP_KEY', SECRET_VALUE],
    ['STORE_URL', 'file:package.json/below-a-file'],
    ['STORE_URL', 'file:/proc/takes/no-folder'],
  ])('%s ends the start with one line that names it, exit code 2', async (name, value) => {
    const folder = await newFolder()
    const program = launch({ ...fileStore(folder), [name]: value })
    expect(await program.exit).toBe(2)
    expect(program.err.trimEnd().split('\n')).toHaveLength(1)
    expect(program.err).toContain(name)
    expect(program.err + program.out).not.toContain(SECRET_VALUE)
    expect(await readdir(folder)).toEqual([])
  })

  it('PORT that is taken is named too', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const folder = await newFolder()
    const program = launch({ ...fileStore(folder), PORT: String(port) })
    expect(await program.exit).toBe(2)
    taken.close()
    expect(program.err.trimEnd()).toMatch(/^PORT is taken/)
  })

  it('with --json is one document on standard output', async () => {
    const program = launch({ HOST: '0.0.0.0' }, ['--json'])
    expect(await program.exit).toBe(2)
    expect(program.err).toBe('')
    expect(JSON.parse(program.out)).toMatchObject({ error: { code: 'not-started', exit: 2 } })
    expect(program.out).toContain('HOST')
  })
})

describe('a running program', () => {
  it('with --json says where it listens as JSON, and the sign-in link not in the log', async () => {
    const program = launch(fileStore(await newFolder()), ['--json'])
    await expect.poll(() => program.err.endsWith('\n'), { timeout: 15_000 }).toBe(true)
    const started = JSON.parse(program.err) as Record<string, string | null>
    expect(await statusOf(`${started['url']}/healthz`)).toBe(200)
    expect(started['signInUrl']).toContain(`${started['url']}/sign-in/`)
    expect(program.out).not.toContain('/sign-in/')
    program.child.kill('SIGTERM')
    expect(await program.exit).toBe(0)
  })

  it('is alive and ready, prints one sign-in link that works once, and drains on SIGTERM', async () => {
    const folder = await newFolder()
    const program = await ready(fileStore(folder))
    expect(await statusOf(`${program.url}/healthz`)).toBe(200)
    expect(await statusOf(`${program.url}/readyz`)).toBe(200)
    await expect.poll(() => program.err).toContain('/sign-in/')
    const links = program.err.match(/http:\S+\/sign-in\/\S+/g) ?? []
    expect(links).toHaveLength(1)
    const link = links[0]!
    expect(await statusOf(link)).toBe(200)
    const signedIn = await fetch(link, { method: 'POST' })
    const key = /ilk_[A-Za-z0-9_-]{28,}/.exec(await signedIn.text())?.[0] ?? ''
    expect(key).not.toBe('')
    expect(await statusOf(link, { method: 'POST' })).not.toBe(200)
    const headers = { Authorization: `Bearer ${key}` }
    expect(await statusOf(`${program.url}/v1/connections`, { headers })).toBe(200)
    await expect.poll(() => program.out).toContain('/v1/connections')
    // Logged as JSON lines, and neither the link nor the key is among them.
    const logged = program.out.trimEnd().split('\n')
    for (const line of logged) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) })
    expect(program.out).not.toContain(link.split('/').at(-1))
    expect(program.out).not.toContain(key)

    program.child.kill('SIGTERM')
    expect(await program.exit).toBe(0)
    expect(await readdir(folder)).not.toContain('lock')

    // The key still works after a restart, and there is no second link.
    const again = await ready(fileStore(folder), ['--practice'])
    expect(await statusOf(`${again.url}/v1/connections`, { headers })).toBe(200)
    expect(again.err).not.toContain('/sign-in/')
    expect(again.err).toContain('Practice provider:')
    expect(await statusOf(`${again.url}/practice/scim/v2/ServiceProviderConfig`)).toBe(200)
    again.child.kill('SIGTERM')
    expect(await again.exit).toBe(0)
  })

  it('ends a request that is under way before it goes', async () => {
    const folder = await newFolder()
    const program = await ready({ ...fileStore(folder), INTERLOCK_BOOTSTRAP_KEY: KEY })
    const asking = Array.from({ length: 20 }, () =>
      statusOf(`${program.url}/v1/keys`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'late', role: 'auditor', tenants: 'all' }),
      }).catch(() => 0),
    )
    await Promise.race(asking)
    program.child.kill('SIGTERM')
    const made = (await Promise.all(asking)).filter((status) => status === 201).length
    expect(await program.exit).toBe(0)
    expect(made).toBeGreaterThan(0)
    // Every one that was answered is on the disk: the bootstrap key and those.
    const kept = (await readdir(join(folder, 'key'))).filter((name) => name.endsWith('.json'))
    expect(kept.length).toBeGreaterThanOrEqual(made + 1)
  })

  it('has its folder to itself', async () => {
    const folder = await newFolder()
    const first = await ready({ ...fileStore(folder), INTERLOCK_BOOTSTRAP_KEY: KEY })
    const second = launch({ ...fileStore(folder), INTERLOCK_BOOTSTRAP_KEY: KEY })
    expect(await second.exit).toBe(1)
    expect(second.err.trimEnd().split('\n')).toHaveLength(1)
    expect(second.err).toContain(`process ${first.child.pid}`)
    expect(await statusOf(`${first.url}/readyz`)).toBe(200)
    // Killed, not stopped: the next start takes the folder over.
    first.child.kill('SIGKILL')
    await first.exit
    const third = await ready({ ...fileStore(folder), INTERLOCK_BOOTSTRAP_KEY: KEY })
    third.child.kill('SIGTERM')
    expect(await third.exit).toBe(0)
  })

  it('does not start on a record it cannot read, and names it', async () => {
    const folder = await newFolder()
    const first = await ready({ ...fileStore(folder), INTERLOCK_BOOTSTRAP_KEY: KEY })
    first.child.kill('SIGTERM')
    await first.exit
    const path = join(folder, 'key', 'key_bootstrap.json')
    const torn = (await readFile(path, 'utf8')).slice(0, -20)
    await writeFile(path, torn)
    const second = launch({ ...fileStore(folder), INTERLOCK_BOOTSTRAP_KEY: KEY })
    expect(await second.exit).toBe(1)
    expect(second.err.trimEnd().split('\n')).toHaveLength(1)
    expect(second.err).toContain('key_bootstrap.json')
    expect(await readFile(path, 'utf8')).toBe(torn)
  })
})
