/** `interlock scrub` and `interlock bundle verify`: what comes in, what goes out, and how it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { interlock } from './child.ts'
import { piped } from './screen.ts'

const TOKEN = `scim_${'q7Xw2Lm9'.repeat(5)}`
const LOG = `2026-11-24T16:31:02Z GET /scim/v2/Users 401\nAuthorization: Bearer ${TOKEN}\nrequest id 7f3a-22\n`

describe('scrub', () => {
  it('cuts the token and keeps the rest, as a process', async () => {
    const { exit, stdout, stderr } = await interlock(['scrub'], { input: LOG })
    expect(exit).toBe(0)
    expect(stdout).toContain('GET /scim/v2/Users 401')
    expect(stdout).toContain('request id 7f3a-22')
    expect(stdout + stderr).not.toContain(TOKEN.slice(5, 17))
    expect(stderr).toContain('cut:')
  })

  it('leaves prose as it is', async () => {
    const text = 'Okta still uses the old token (last used 16:31).\nSave the new one.\n'
    expect(await piped(['scrub'], {}, text)).toEqual({ exit: 0, stdout: text, stderr: '' })
  })

  it('answers lines, each with the tokens that are known for it alone', async () => {
    const input = [
      { id: 1, text: 'say hunter2hunter2 to enter', known: ['hunter2hunter2'] },
      { id: 'two', text: 'say hunter2hunter2 to enter' },
      { id: 3, text: LOG },
    ]
    const { exit, stdout } = await piped(
      ['scrub', '--jsonl'],
      {},
      `${input.map((line) => JSON.stringify(line)).join('\n')}\n\n`,
    )
    expect(exit).toBe(0)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map(({ id, refused }) => [id, refused])).toEqual([
      [1, false],
      ['two', false],
      [3, false],
    ])
    expect(lines[0]?.['output']).not.toContain('hunter2')
    expect(lines[1]?.['output']).toBe('say hunter2hunter2 to enter')
    expect(lines[2]?.['output']).not.toContain(TOKEN.slice(5, 17))
    for (const line of lines)
      expect(Object.keys(line).toSorted()).toEqual(['id', 'output', 'refused', 'report'])
  })

  it('answers a line that it cannot read as refused, without what is in it', async () => {
    const { exit, stdout } = await piped(
      ['scrub', '--jsonl'],
      {},
      '{"hunter2":1}\n{"id":1,"text":"a"}\n',
    )
    expect(exit).toBe(0)
    const [bad, good] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(bad).toMatchObject({ id: null, refused: true, output: '' })
    expect(good).toMatchObject({ id: 1, refused: false, output: 'a' })
    expect(stdout).not.toContain('hunter2')
  })

  it('finds the token in an encoding, and cuts the whole of that', async () => {
    const hidden = Buffer.from(JSON.stringify({ [`Bearer ${TOKEN}`]: 1 })).toString('base64')
    const { exit, stdout } = await piped(['scrub'], {}, `blob ${hidden} and so on\n`)
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^blob .* and so on\n$/)
    expect(stdout).not.toContain(hidden.slice(12, 28))
  })

  it('writes nothing when there is more than can be looked at: exit 1', async () => {
    const { exit, stdout, stderr } = await piped(['scrub'], {}, `${LOG}${'y'.repeat(33 << 20)}`)
    expect(exit).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('nothing was written')
  })

  it('is one document with --json, and refuses both at once', async () => {
    const { stdout } = await piped(['scrub', '--json'], {}, LOG)
    expect(JSON.parse(stdout)).toMatchObject({ refused: false })
    expect((await piped(['scrub', '--json', '--jsonl'])).exit).toBe(2)
  })
})

describe('bundle verify', () => {
  it('says that a file is missing or no bundle: exit 2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock-bundle-'))
    try {
      const none = await piped(['bundle', 'verify', join(folder, 'none.zip')])
      expect(none.exit).toBe(2)
      expect(none.stderr).toContain('cannot be read')
      const file = join(folder, 'text.zip')
      writeFileSync(file, 'no zip at all')
      const text = await piped(['bundle', 'verify', file, '--json'])
      expect(text.exit).toBe(2)
      expect(() => JSON.parse(text.stdout) as unknown).not.toThrow()
      expect((await piped(['bundle', 'open', file])).exit).toBe(2)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
