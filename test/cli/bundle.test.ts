/** `interlock bundle verify`: what it says of a bundle, and the exit code a script decides by. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeArchive } from '../../src/support/archive.ts'
import type { Bundle } from '../../src/support/bundle-file.ts'
import { sample } from '../support/bundle-sample.ts'
import { interlock } from './child.ts'
import { piped } from './screen.ts'

let folder: string
let bundle: Bundle
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interlock-verify-'))
  bundle = await sample()
})
afterAll(() => rm(folder, { recursive: true }))

const saved = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, 'bundle.zip')
  await writeFile(path, bytes)
  return path
}

/** Put together anew with another word in the summary: a sound archive, and not what was signed. */
const altered = (): Uint8Array =>
  writeArchive(
    bundle.files.map((file) =>
      file.path === 'summary.md'
        ? { ...file, bytes: Buffer.concat([file.bytes, Buffer.from('All is well.\n')]) }
        : file,
    ),
  )

describe('interlock bundle verify', () => {
  it('a whole one: clean, exit 0, and whose key it is, as a process without any setting', async () => {
    const ended = await interlock(['bundle', 'verify', await saved(bundle.zip)])
    expect([ended.exit, ended.stderr]).toEqual([0, ''])
    expect(ended.stdout).toMatch(/^Clean: .*\n {2}signed by the key [0-9a-f]{64}\n$/)
    const { exit, stdout } = await piped(['bundle', 'verify', await saved(bundle.zip), '--json'])
    expect(exit).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'clean',
      findings: [],
      keyFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
  })

  it('an altered one: not clean, exit 1, each find with its file', async () => {
    const path = await saved(altered())
    const ended = await piped(['bundle', 'verify', path])
    expect(ended.exit).toBe(1)
    expect(ended.stdout).toMatch(/^Not clean\. /)
    expect(ended.stdout).toContain('summary.md: ')
    const json = await piped(['bundle', 'verify', path, '--json'])
    expect(json.exit).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'not-clean' })
  })

  it.each([
    ['no bundle', Buffer.from('not a zip at all')],
    ['an empty file', Buffer.alloc(0)],
  ])('%s: unreadable, exit 2', async (_name, bytes) => {
    const path = await saved(bytes)
    const ended = await piped(['bundle', 'verify', path])
    expect(ended.exit).toBe(2)
    expect(ended.stdout).toMatch(/^Unreadable: /)
    const json = await piped(['bundle', 'verify', path, '--json'])
    expect(json.exit).toBe(2)
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'unreadable', keyFingerprint: null })
  })

  it.each([
    ['no file of that name', ['verify', '/nonexistent/bundle.zip'], 'cannot be read'],
    ['a folder', ['verify', tmpdir()], 'cannot be read'],
    ['another verb', ['open', 'x'], 'bundle verify FILE'],
    ['no file', ['verify'], 'bundle verify FILE'],
  ])('%s: exit 2, and what to do', async (_name, words, says) => {
    const ended = await piped(['bundle', ...words])
    expect([ended.exit, ended.stdout]).toEqual([2, ''])
    expect(ended.stderr).toContain(says)
    const json = await piped(['bundle', ...words, '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { exit: 2 } })
  })
})
