/** `npm run demo` as somebody types it: it ends well only when everything it says really happened. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let temporary: string
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'interlock-demo-test-'))
})
afterAll(() => rm(temporary, { recursive: true, force: true }))

interface Ended {
  code: number | null
  out: string
}

/** `TMPDIR` is ours, so that what it leaves behind can be seen. */
async function run(command: string, args: string[]): Promise<Ended> {
  const child = spawn(command, args, {
    env: { ...process.env, TMPDIR: temporary, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out }
}

/** The demo with a provider that cheats, put in before the demo's own modules are used. */
async function sabotaged(cheat: string): Promise<Ended> {
  const file = join(temporary, 'cheat.mjs')
  await writeFile(file, cheat)
  const args = ['--import', 'tsx', '--import', pathToFileURL(file).href, 'src/practice/demo.ts']
  return run(process.execPath, args)
}
describe('npm run demo', () => {
  it('walks the whole rotation, refuses each early revocation, proves 401 and 200', async () => {
    const { code, out } = await run('npm', ['run', '--silent', 'demo'])
    expect(code, out).toBe(0)
    for (const step of ['1 create', '2 update', '3 test', '4 verify']) {
      expect(out).toMatch(new RegExp(`too early at ${step}: 409, missing .*old-token-quiet`))
    }
    expect(out).toContain('a real event by the new token: E7')
    expect(out).toContain('the old token answers 401, the new one 200')
    expect(out).toMatch(/^# Rotation rot_/m)
    expect(out).toMatch(/^Complete: status completed/m)
    expect(out).not.toMatch(/- \[ \]/)
    expect(out).not.toMatch(/scim_[A-Za-z0-9_-]{12}/)
    expect((await readdir(temporary)).filter((name) => name.startsWith('interlock-'))).toEqual([])
  })

  it('fails when the portal only says that it revoked', async () => {
    // Whoever asks the portal to revoke is answered 204, and nothing is revoked.
    const { code, out } = await sabotaged(`
import { register } from 'node:module'
const hooks = \`
export async function load(url, context, next) {
  const loaded = await next(url, context)
  if (!url.includes('/practice/token.ts')) return loaded
  const source = String(loaded.source).replace(/token\\.revokedAt *= *clock/, 'void clock')
  return { ...loaded, source }
}\`
register('data:text/javascript,' + encodeURIComponent(hooks))
`)
    expect(out).toContain('It did not happen')
    expect(code).toBe(1)
  })
})
