/** The bundle as bytes: reproducible, strict to read, and every changed bit of it found. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { strToU8, zipSync } from 'fflate'
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { readArchive, writeArchive } from '../../src/support/archive.ts'
import { ALL_FILES, bundleOf } from '../../src/support/bundle-file.ts'
import type { Bundle } from '../../src/support/bundle-file.ts'
import { canonicalJson, parseCanonical } from '../../src/support/canonical-json.ts'
import { gate } from '../../src/support/gate.ts'
import { createLeakCheck } from '../../src/support/leak-check/leak-check.ts'
import { loadRules } from '../../src/support/rule-book.ts'
import { parseRecipient, sealBundle } from '../../src/support/sealed-bundle.ts'
import { verifyBundle } from '../../src/support/verify.ts'
import { withhold } from '../../src/support/withhold.ts'
import { chance, newSeed } from './chance.ts'
import { EXAMPLE_FOLDER, partsOf, sample, testSigner } from './bundle-sample.ts'
import { plant } from './token-kind.ts'

const NO_TOKENS = { scan: () => [] }
const check = createLeakCheck({ rules: loadRules(), known: NO_TOKENS })
const seed = newSeed()
let bundle: Bundle
beforeAll(async () => {
  bundle = await sample()
})

describe('the bytes', () => {
  it('are the same in every time zone and in two runs', async () => {
    const child = fileURLToPath(new URL('bundle-child.ts', import.meta.url))
    const run = async (TZ: string): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child], {
        env: { ...process.env, TZ },
      })
      return stdout.trim()
    }
    const zones = ['UTC', 'Asia/Tokyo', 'America/St_Johns']
    const said = await Promise.all(zones.map(run))
    const [offsets, sums] = [0, 1].map((part) => said.map((line) => line.split(' ')[part]))
    expect(new Set(offsets).size).toBe(3)
    expect(new Set(sums)).toEqual(new Set([bundle.sha256]))
    expect((await sample()).zip).toEqual(bundle.zip)
  })

  it('are clean for whoever verifies them', () => {
    const verdict = verifyBundle(bundle.zip)
    expect(verdict).toMatchObject({ verdict: 'clean', findings: [] })
    expect(verdict.keyFingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('of which one bit is changed are never clean', { timeout: 60_000 }, () => {
    const draw = chance(seed)
    // Scanning is measured elsewhere; here every find must come from structure, sums and signature.
    const none = { inspect: () => [] }
    const verdicts = { 'not-clean': 0, unreadable: 0 }
    for (let flip = 0; flip < 1500; flip += 1) {
      const at = draw.below(bundle.zip.length)
      const bytes = bundle.zip.slice()
      bytes[at] = bytes[at]! ^ (1 << draw.below(8))
      const { verdict } = verifyBundle(bytes, none)
      expect(verdict, `seed ${seed} byte ${at}`).not.toBe('clean')
      verdicts[verdict as 'unreadable'] += 1
    }
    expect(verdicts.unreadable).toBeGreaterThan(20)
  })

  it('cannot be lengthened, shortened or put together anew', () => {
    const changed: Uint8Array[] = [
      bundle.zip.slice(0, -1),
      bundle.zip.slice(1),
      Buffer.concat([bundle.zip, Buffer.from([0])]),
      Buffer.concat([Buffer.from('PK'), bundle.zip]),
      writeArchive(bundle.files.slice(1)),
      writeArchive([...bundle.files, { path: 'more.md', bytes: strToU8('x') }]),
      new Uint8Array(),
      new Uint8Array(22),
    ]
    for (const bytes of changed) expect(verifyBundle(bytes, check).verdict).toBe('unreadable')
  })

  it('that were signed by nobody, or by another key under this one’s name, are not clean', async () => {
    const swap = (name: string, change: (text: string) => string): Uint8Array =>
      writeArchive(
        bundle.files.map(({ path, bytes }) =>
          path === name
            ? { path, bytes: strToU8(change(Buffer.from(bytes).toString('utf8'))) }
            : { path, bytes },
        ),
      )
    const kinds = (bytes: Uint8Array) => verifyBundle(bytes, check).findings.map((f) => f.kind)
    const zeros = (name: string) => (text: string) =>
      text.replace(new RegExp(`("${name}":")[0-9a-f]+`), (all, head: string) =>
        head.padEnd(all.length, '0'),
      )
    expect(kinds(swap('signature.json', zeros('signature')))).toEqual(['signature-invalid'])
    expect(kinds(swap('signature.json', zeros('publicKey')))).toEqual(['key-differs'])
    expect(kinds(swap('signature.json', zeros('keyFingerprint')))).toEqual(['key-differs'])
    expect(kinds(swap('signature.json', (text) => ` ${text}`))).toEqual(['not-accepted'])
    expect(kinds(swap('summary.md', (text) => `${text}\n`))).toEqual(['hash-differs'])
    expect(kinds(swap('bundle.json', (text) => text.replace('"acme"', '"ACME"')))).toContain(
      'hash-differs',
    )
  })
})

describe('the archive', () => {
  it('is read only as it is written', () => {
    const file = { 'a.md': strToU8('text') }
    const mtime = new Date(1980, 0, 1)
    const ours = writeArchive([{ path: 'a.md', bytes: strToU8('text') }])
    expect(readArchive(ours)?.map(({ path }) => path)).toEqual(['a.md'])
    const others: Record<string, Uint8Array> = {
      packed: zipSync(file, { level: 9, mtime }),
      dated: zipSync(file, { level: 0, mtime: new Date(2026, 1, 1) }),
      commented: zipSync(file, { level: 0, mtime, comment: 'hello' }),
      'with an extra field': zipSync({
        'a.md': [strToU8('text'), { level: 0, mtime, extra: { 9: strToU8('x') } }],
      }),
      'with a path': zipSync({ '../a.md': strToU8('text') }, { level: 0, mtime }),
      'unknown name': zipSync({ 'a.exe': strToU8('text') }, { level: 0, mtime }),
    }
    for (const [name, bytes] of Object.entries(others)) expect(readArchive(bytes), name).toBeNull()
  })

  it('refuses two files of one name', () => {
    const two = writeArchive([
      { path: 'a.md', bytes: strToU8('one') },
      { path: 'b.md', bytes: strToU8('two') },
    ])
    const bytes = Buffer.from(two)
    for (let at = bytes.indexOf('b.md'); at >= 0; at = bytes.indexOf('b.md'))
      bytes.write('a.md', at)
    expect(readArchive(bytes)).toBeNull()
  })

  it('unpacks nothing, so no size in it can grow', () => {
    const bomb = zipSync({ 'a.md': new Uint8Array(8_000_000) }, { level: 9 })
    expect(bomb.length).toBeLessThan(20_000)
    expect(readArchive(bomb)).toBeNull()
  })
})

describe('the gate', () => {
  const token = plant('scim-base64url', chance(seed)).value
  const files = (text: string, path = 'summary.md') => [{ path, bytes: strToU8(text) }]
  const through = (text: string, path?: string) => {
    const all = files(text, path)
    return gate(check, all, writeArchive(all))
  }

  it('finds a token in any file, in its name, and in an encoding', () => {
    expect(through('nothing here')).toEqual([])
    expect(through(`look: ${token}`).map(({ path }) => path)).toContain('summary.md')
    expect(through(`look: ${Buffer.from(token).toString('base64')}`)).not.toEqual([])
    const named = files('x', `${token}.md`)
    expect(gate(check, named, writeArchive(named)).length).toBeGreaterThan(0)
  })

  it('lets nothing out when a detector fails, is missing, or the archive is another', () => {
    const all = files('nothing here')
    const zip = writeArchive(all)
    const throwing = createLeakCheck({
      rules: loadRules(),
      known: {
        scan: () => {
          throw new Error('x')
        },
      },
    })
    const empty = createLeakCheck({ rules: { version: 'x', rules: [] }, known: NO_TOKENS })
    const broken = {
      inspect: () => {
        throw new Error('x')
      },
    }
    for (const failing of [throwing, empty, broken]) {
      expect(gate(failing, all, zip)).not.toEqual([])
    }
    expect(gate(check, all, writeArchive(files('another')))).toEqual([
      { path: '', kind: 'archive-altered' },
    ])
    expect(
      gate(check, [{ path: 'a.md', bytes: new Uint8Array([0xff, 0xfe]) }], zip),
    ).toContainEqual({
      path: 'a.md',
      kind: 'not-text',
    })
  })
})

describe('what is collected', () => {
  it('loses what looks like a token, and says where', () => {
    const { value } = plant('github-classic', chance(seed))
    const { section, cut } = withhold(
      check,
      { hosts: ['portal.example', value], id: 'tok_1', deep: { found: value } },
      '/rotation',
    )
    expect(section).toEqual({ hosts: ['portal.example'], id: 'tok_1', deep: { found: null } })
    expect(cut.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/rotation/hosts/1', '/rotation/deep/found']),
    )
    expect(JSON.stringify(cut)).not.toContain(value.slice(4, 12))
  })

  it('cannot hold a member nobody named, nor a word that is none of ours', async () => {
    const signer = await testSigner()
    const parts = partsOf('groups-fail')
    const with_ = (change: object) =>
      bundleOf({ ...parts, content: { ...parts.content, ...change } }, signer)
    expect(() => with_({ log: 'x' })).toThrow()
    expect(() => with_({ gaps: [{ section: 'x'.repeat(40), why: 'y' }] })).toThrow()
    expect(() => with_({ gaps: [{ section: 'portal', why: 'a'.repeat(64) }] })).toThrow()
    expect(() => with_({ next: { who: 'somebody', steps: ['x'] } })).toThrow()
  })
})

it('every committed example makes a clean bundle', async () => {
  const signer = await testSigner()
  const names = readdirSync(EXAMPLE_FOLDER)
  expect(names).toHaveLength(5)
  for (const name of names) {
    const made = bundleOf(partsOf(name), signer)
    expect(made.files.map(({ path }) => path).toSorted()).toEqual([...ALL_FILES].toSorted())
    expect(verifyBundle(made.zip), name).toMatchObject({ verdict: 'clean', findings: [] })
  }
})

it('a value has one spelling', () => {
  expect(canonicalJson({ b: 1, a: ['é', 1e21] })).toBe('{"a":["é",1e+21],"b":1}\n')
  expect(parseCanonical('{"a":1}\n')).toEqual({ a: 1 })
  for (const text of ['{"a":1}', '{"a": 1}\n', '{"b":1,"a":2}\n', '{"a":1,"a":1}\n', '{', '']) {
    expect(parseCanonical(text), text).toBeUndefined()
  }
})

it('is sealed for one reader', async () => {
  const identity = await generateX25519Identity()
  const recipient = parseRecipient(await identityToRecipient(identity))
  expect(recipient).not.toBeNull()
  const settings = { INTERLOCK_SUPPORT_AGE_RECIPIENT: recipient! }
  expect(readConfig(settings).supportRecipient).toBe(recipient)
  const sealed = await sealBundle(bundle.zip, recipient!)
  const reader = new Decrypter()
  reader.addIdentity(identity)
  expect(Buffer.from(await reader.decrypt(sealed)).equals(Buffer.from(bundle.zip))).toBe(true)
  for (const bad of [
    '',
    'age1',
    identity,
    `${recipient}x`,
    recipient!.slice(0, -1),
    recipient!.replace(/.$/, 'q'),
    recipient!.replace(/.$/, 'p'),
  ]) {
    if (bad === recipient) continue
    expect(parseRecipient(bad), bad).toBeNull()
    // An empty setting is an absent one.
    if (bad !== '') {
      const read = () => readConfig({ INTERLOCK_SUPPORT_AGE_RECIPIENT: bad })
      expect(read).toThrow(/^INTERLOCK_SUPPORT_AGE_RECIPIENT must be one age public key/)
    }
  }
})
