/** Help: there for every command, teaching by example, and there at once. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS, loadCommand } from '../../src/cli/command-list.ts'
import { EXIT } from '../../src/cli/fault.ts'
import { interlock } from './child.ts'
import { narrow, piped } from './screen.ts'

const NAMES = Object.keys(COMMANDS)

describe('help', () => {
  it.each(NAMES)('%s --help teaches: usage, options, an example, exit codes', async (name) => {
    const { exit, stdout, stderr } = await piped([name, '--help'])
    expect(exit).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toMatch(new RegExp(`^interlock ${name}\\b`))
    expect(stdout).toMatch(/\nOptions\n/)
    expect(stdout).toMatch(/\nExamples?\n {2}# .+\n {2}.*interlock/)
    expect(stdout).toMatch(/\nExit codes\n {4}0 {2}\S/)
    expect(stdout).not.toContain('\u001B')
    const command = await loadCommand(name)
    for (const option of Object.keys(command?.options ?? {}))
      expect(stdout).toContain(`--${option}`)
    expect((await piped(['help', name])).stdout).toBe(stdout)
  })

  it.each(NAMES)('%s has --json, and answers in it when it is called wrongly', async (name) => {
    expect((await loadCommand(name))?.options['json']?.type).toBe('boolean')
    const { exit, stdout, stderr } = await piped([name, '--json', '--nonsense'])
    expect([exit, stderr]).toEqual([2, ''])
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'wrong-usage', exit: 2 } })
  })

  it('tells what every exit code means, in general and by command', async () => {
    const { stdout } = await piped(['--help'])
    for (const code of Object.values(EXIT)) {
      expect(stdout).toMatch(new RegExp(`\\n {2}${String(code).padStart(3)} {2}\\S`))
    }
    const known = new Set(Object.values(EXIT).map(String))
    for (const name of NAMES) {
      const codes = Object.keys((await loadCommand(name))?.exits ?? {})
      expect(codes.length, name).toBeGreaterThan(0)
      expect(
        codes.filter((code) => !known.has(code)),
        name,
      ).toEqual([])
    }
  })

  it.each([40, 80])(
    'is no wider than a terminal of %i columns, but for lines to copy',
    async (columns) => {
      for (const args of [['--help'], ...NAMES.map((name) => [name, '--help'])]) {
        const { exit, stdout } = await narrow(args, columns)
        expect(exit).toBe(0)
        const wide = stdout
          .split('\n')
          .filter((line) => line.length > columns && !/^interlock|^ {2}(#|\S)/.test(line))
        expect(wide, args.join(' ')).toEqual([])
      }
    },
  )

  it('is one document with --json', async () => {
    const all = JSON.parse((await piped(['help', '--json'])).stdout) as {
      commands: { name: string }[]
    }
    expect(all.commands.map(({ name }) => name)).toEqual(NAMES)
    const one = JSON.parse((await piped(['help', 'check', '--json'])).stdout) as object
    expect(one).toMatchObject({ name: 'check', exits: { 0: 'all passed' } })
  })

  it('without a command says what there is, and ends with 2', async () => {
    const { exit, stdout, stderr } = await piped([])
    expect(exit).toBe(2)
    expect(stdout).toBe('')
    for (const name of NAMES) expect(stderr).toContain(`  ${name}`)
  })

  it('is there at once: as a process from any folder it loads none of the heavy parts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock-help-'))
    try {
      const env = { NODE_V8_COVERAGE: folder }
      const { exit, stdout } = await interlock(['--help'], { env, cwd: tmpdir() })
      expect(exit).toBe(0)
      expect(stdout).toContain('interlock COMMAND')
      const loaded = readdirSync(folder).flatMap((file) => {
        const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
          result: { url: string }[]
        }
        return result.map(({ url }) => url)
      })
      expect(loaded.some((url) => url.endsWith('/src/cli/help.ts'))).toBe(true)
      const heavy =
        /node_modules\/(hono|xstate|zod|pino|lowdb|@clack|@hono)\/|\/src\/(http|workflow|scim|store)\//
      expect(loaded.filter((url) => heavy.test(url))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('knows its version', async () => {
    const own = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as {
      version: string
    }
    expect((await piped(['--version'])).stdout).toContain(own.version)
    expect(JSON.parse((await piped(['version', '--json'])).stdout)).toMatchObject({
      version: own.version,
    })
  })
})
