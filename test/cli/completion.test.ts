/** Completion: the scripts, and what the shells themselves make of them when Tab is pressed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/command-list.ts'
import { pty } from './child.ts'
import { piped } from './screen.ts'

const NAMES = Object.keys(COMMANDS)
const TAB = '\t'

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

describe('with Tab, in a real shell', () => {
  let folder: string
  const file = (shell: string): string => join(folder, shell)
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'interlock-tab-'))
    for (const shell of ['bash', 'zsh']) {
      writeFileSync(file(shell), (await piped(['completion', shell])).stdout)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const sessions: [string, string[], string][] = [
    ['bash', ['bash', '--norc', '--noprofile', '-i'], ''],
    ['zsh', ['zsh', '-f', '-i'], 'autoload -U compinit; compinit -u -D; '],
  ]
  // bash is on every Linux; zsh is tried by hand's keys where somebody has it, and parsed above everywhere else.
  const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).error === undefined
  for (const [shell, command, first] of sessions.filter(([name]) => isThere(name))) {
    it(`${shell} completes a command, an option, a value and a file`, async () => {
      const screen = pty(command, { TERM: 'dumb', PS1: '> ' })
      // What was completed is run, by a stand-in that repeats its arguments: no guessing from a screen.
      const standIn = `interlock() { for word in "$@"; do printf '<%s>' "$word"; done; echo; }`
      screen.press(`${first}source ${file(shell)}; ${standIn}; echo read""y\r`)
      await screen.expect(/^ready/m)
      const typed: [string, string][] = [
        [`interlock che${TAB}`, '<check>'],
        [`interlock check --publ${TAB}`, '<check><--public-discovery>'],
        [`interlock check --idp ent${TAB}`, '<check><--idp><entra>'],
        [`interlock keys make --role appr${TAB}`, '<keys><make><--role><approver>'],
        [`interlock bundle ver${TAB}${file(shell).slice(0, -2)}${TAB}`, `<verify><${file(shell)}>`],
      ]
      for (const [keys, ran] of typed) {
        screen.press(`${keys}\r`)
        await screen.expect(new RegExp(`${ran}\\s*$`, 'm'))
      }
      screen.press('exit\r')
      expect(await screen.ended).toBe(0)
    })
  }
})
