/** Help and completion: there for every command, teaching by example, and there at once. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS, loadCommand } from '../../src/cli/command.ts'
import { interlock } from './child.ts'
import { piped } from './screen.ts'

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

describe('completion', () => {
  const inBash = (script: string, more: string): string =>
    execFileSync('bash', ['--norc', '-c', `${script}\n${more}`], { encoding: 'utf8' })
  const completed = (script: string, ...words: string[]): string[] =>
    inBash(
      script,
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _interlock; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
      .split('\n')
      .filter(Boolean)

  it('for bash: is valid, is registered, and completes commands, options and values', async () => {
    const { exit, stdout: script } = await piped(['completion', 'bash'])
    expect(exit).toBe(0)
    expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0)
    expect(inBash(script, 'complete -p interlock')).toContain('-F _interlock interlock')
    expect(completed(script, 'interlock', 'ch')).toEqual(['check'])
    expect(completed(script, 'interlock', '').toSorted()).toEqual(
      [...NAMES, '--help', '--version'].toSorted(),
    )
    expect(completed(script, 'interlock', 'check', '--i')).toEqual(['--idp'])
    expect(completed(script, 'interlock', 'check', '--idp', 'o')).toEqual(['okta', 'onelogin'])
    expect(completed(script, 'interlock', 'keys', 're')).toEqual(['revoke'])
  })

  it('for zsh: names every command and option; valid where zsh can say so', async () => {
    const { exit, stdout: script } = await piped(['completion', 'zsh'])
    expect(exit).toBe(0)
    expect(script).toMatch(/^#compdef interlock\n/)
    for (const name of NAMES) expect(script).toContain(`      ${name})`)
    expect(script.split("'").length % 2).toBe(1)
    const folder = mkdtempSync(join(tmpdir(), 'interlock-zsh-'))
    const file = join(folder, '_interlock')
    writeFileSync(file, script)
    const asked = spawnSync('zsh', ['-n', file])
    rmSync(folder, { recursive: true })
    if (asked.error === undefined) expect(asked.status).toBe(0)
  })

  it('for another shell says which there are', async () => {
    const { exit, stderr } = await piped(['completion', 'fish'])
    expect(exit).toBe(2)
    expect(stderr).toContain('bash and for zsh')
  })
})
