/** A base URL that has spoken SCIM before is asked everything at once; any other shows itself first. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { remember, wasSeen } from '../../src/cli/seen-before.ts'
import { noFaults } from '../../src/practice/fault.ts'
import { openProvider } from '../workflow/provider.ts'
import type { Provider } from '../workflow/provider.ts'
import { piped } from './screen.ts'

const DAY = 24 * 60 * 60 * 1000
let provider: Provider
let token: string
let home: string
/** Paths in the order in which they arrived; discovery is held back until `release`. */
let arrived: string[]

beforeAll(async () => {
  provider = await openProvider(Date.now)
  token = provider.practice.tokens.create({ name: 'checked' }).value.reveal()
})
afterAll(() => provider.close())
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'interlock-seen-'))
  arrived = []
})
afterEach(async () => {
  provider.tap = null
  Object.assign(provider.practice.faults, noFaults())
  await rm(home, { recursive: true })
})

const env = () => ({ HOME: home, INTERLOCK_ALLOW_TARGETS: provider.host })
const check = () => piped(['check', `${provider.url}/scim/v2`, '--json'], env(), token)
const file = () => join(home, '.local/state/interlock/seen-base-urls.json')

/** Lets discovery wait for a list to arrive: only a check that asks side by side ends. */
const listsFirst = (): void => {
  let arrive = (): void => undefined
  const list = new Promise<void>((resolve) => (arrive = resolve))
  provider.tap = async (passing) => {
    const { path } = passing
    arrived.push(path.split('/').at(-1) ?? '')
    if (path.endsWith('/Users')) arrive()
    if (path.endsWith('/ServiceProviderConfig')) await list
    return passing.answer()
  }
}

describe('interlock check', () => {
  it('shows the token to a new base URL only after discovery', async () => {
    provider.tap = async (passing) => {
      arrived.push(passing.path.split('/').at(-1) ?? '')
      const answered = await passing.answer()
      arrived.push('answered')
      return answered
    }
    expect((await check()).exit).toBe(0)
    expect(arrived.slice(0, 2)).toEqual(['ServiceProviderConfig', 'answered'])
  })

  it('asks a known base URL everything side by side', async () => {
    await check()
    listsFirst()
    const ended = await check()
    expect(ended.exit).toBe(0)
    expect(arrived.toSorted()).toEqual(['Groups', 'ServiceProviderConfig', 'Users'])
  })

  it('does not remember what did not answer as SCIM, or named another host', async () => {
    for (const fault of [{ htmlErrorPage: 502 }, { wrongEnvironment: 'staging.example' }]) {
      Object.assign(provider.practice.faults, noFaults(), fault)
      expect((await check()).exit).toBe(1)
      expect(await wasSeen(env(), `${provider.url}/scim/v2`, Date.now())).toBe(false)
    }
  })

  it('reports a known base URL that fails now as any other', async () => {
    await check()
    provider.practice.faults.htmlErrorPage = 502
    const ended = await check()
    expect(ended.exit).toBe(1)
    expect(JSON.parse(ended.stdout).findings[0].code).toBe('web-page-instead-of-scim')
  })
})

describe('what is kept', () => {
  const BASE = 'https://portal.example/scim/v2'

  it('is a digest and a time, for this user alone', async () => {
    await remember(env(), BASE, 1_000)
    const text = await readFile(file(), 'utf8')
    expect(text).toMatch(/^\{"[0-9a-f]{64}":1000\}$/)
    expect((await stat(file())).mode & 0o777).toBe(0o600)
  })

  it('holds for 90 days, and only for that very base URL', async () => {
    await remember(env(), BASE, 0)
    expect(await wasSeen(env(), BASE, 89 * DAY)).toBe(true)
    expect(await wasSeen(env(), BASE, 90 * DAY)).toBe(false)
    expect(await wasSeen(env(), `${BASE}x`, 0)).toBe(false)
    expect(await wasSeen(env(), BASE.replace('portal', 'porta1'), 0)).toBe(false)
  })

  it('is nothing without a home, and nothing from a broken file', async () => {
    await remember({}, BASE, 0)
    expect(await wasSeen({}, BASE, 0)).toBe(false)
    await remember(env(), BASE, 0)
    await writeFile(file(), '{"x":')
    expect(await wasSeen(env(), BASE, 0)).toBe(false)
    await remember({ HOME: '/dev/null' }, BASE, 0)
    expect(await wasSeen({ HOME: '/dev/null' }, BASE, 0)).toBe(false)
  })
})
