/** Tokens that were handled are recognised, also after a restart and until some time after their end; on disk lies nothing of them. */
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../../src/secret.ts'
import { UnreadableRecord } from '../../src/store/contract.ts'
import { FILE, LEASE_MS, openTokenRegistry, RETIRED_MS } from '../../src/support/token-registry.ts'
import type { TokenRegistry } from '../../src/support/token-registry.ts'
import { createFingerprint } from '../../src/workflow/fingerprint.ts'
import { chance, newSeed } from '../support/chance.ts'
import { plant, TOKEN_KINDS } from '../support/token-kind.ts'

const secret = new Secret('a secret of the tests, long enough to be one')
const fingerprint = createFingerprint(secret)
const DAY = 86_400_000
const draw = chance(newSeed())
let folder: string
let now: number
let tokens: TokenRegistry

const open = () =>
  openTokenRegistry({ folder, secret, fingerprint, stems: ['scim_'], clock: () => now })

beforeEach(async () => {
  now = Date.parse('2026-11-24T12:00:00.000Z')
  folder = await mkdtemp(join(tmpdir(), 'interlock-tokens-'))
  tokens = await open()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const token = (): Secret => new Secret(plant('scim-base64url', draw).value)
const knows = ({ known }: TokenRegistry, value: Secret): boolean =>
  known.scan(`It is ${value.reveal()}.`).length > 0

describe('a token that was handled', () => {
  it('is known at once, and after a restart', async () => {
    const value = token()
    expect(knows(tokens, value)).toBe(false)
    tokens.remember(value)
    expect(knows(tokens, value)).toBe(true)
    await tokens.saved()
    expect(knows(await open(), value)).toBe(true)
  })

  it('is forgotten some time after its end, by then and not before', async () => {
    const value = token()
    tokens.remember(value)
    tokens.retire(fingerprint(value), now)
    now += RETIRED_MS - DAY
    expect(knows(tokens, value)).toBe(true)
    await tokens.saved()
    now += 2 * DAY
    expect(knows(tokens, value)).toBe(false)
    expect(knows(await open(), value)).toBe(false)
    await tokens.saved()
    expect(await readFile(join(folder, FILE), 'utf8')).not.toContain(fingerprint(value))
  })

  it('of whose end nothing is known is forgotten when nobody has shown it for more than a year', () => {
    const [used, unused] = [token(), token()]
    tokens.remember(used)
    tokens.remember(unused)
    now += LEASE_MS - DAY
    tokens.remember(used)
    now += 2 * DAY
    expect(knows(tokens, used)).toBe(true)
    expect(knows(tokens, unused)).toBe(false)
  })

  it('that is shown again after its end stays known', () => {
    const value = token()
    tokens.remember(value)
    tokens.retire(fingerprint(value), now)
    now += DAY
    tokens.remember(value)
    now += RETIRED_MS + DAY
    expect(knows(tokens, value)).toBe(true)
  })
})

describe('the file', () => {
  it('holds no piece of any token, is private, and leaves nothing beside it', async () => {
    const planted = TOKEN_KINDS.map((kind) => plant(kind, draw))
    for (const { value } of planted) tokens.remember(new Secret(value))
    await tokens.saved()
    const text = await readFile(join(folder, FILE), 'utf8')
    for (const { value, random } of planted) {
      for (const part of [value, ...random]) {
        for (let at = 0; at + 6 <= part.length; at += 1) {
          expect(
            text.includes(part.slice(at, at + 6)) && !/^[\d",:]+$/.test(part.slice(at, at + 6)),
          ).toBe(false)
        }
      }
    }
    expect((await stat(join(folder, FILE))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual([FILE])
  })

  it('has no password that a person chose, and none that is a word', async () => {
    const password = new Secret('correct-horse-battery')
    tokens.remember(password, { keep: 'memory' })
    tokens.remember(new Secret('summer2026'))
    expect(knows(tokens, password)).toBe(true)
    expect(tokens.known.scan('in summer 2026 we moved')).toEqual([])
    await tokens.saved()
    expect(knows(await open(), password)).toBe(false)
  })

  it('that cannot be understood ends the start by name', async () => {
    for (const text of ['', '{}', '{"format":"interlock/known-tokens","version":2}']) {
      await writeFile(join(folder, FILE), text)
      await expect(open()).rejects.toThrow(UnreadableRecord)
    }
  })

  it('that cannot be written is said, and tried again', async () => {
    await chmod(folder, 0o500)
    tokens.remember(token())
    const root = process.getuid?.() === 0
    if (!root) await expect(tokens.saved()).rejects.toThrow()
    await chmod(folder, 0o700)
    await tokens.saved()
    expect(await readdir(folder)).toEqual([FILE])
  })
})
