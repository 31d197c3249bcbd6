/** `interlock check`: as a process against a real service provider, and each fault by its first finding. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noFaults } from '../../src/practice/fault.ts'
import type { Faults } from '../../src/practice/fault.ts'
import { openProvider } from '../workflow/provider.ts'
import type { Provider } from '../workflow/provider.ts'
import { inTerminal, interlock } from './child.ts'
import { controls, ENTER, piped } from './screen.ts'

interface Report {
  baseUrl: string
  passed: boolean
  checks: {
    name: string
    outcome: string
    httpStatus?: number
    durationMs: number
    detail: string
  }[]
  findings: { code: string; checks: { who: string }[]; next: string }[]
  notes: string[]
}

let provider: Provider
let token: { id: string; value: string }
let base: string
let env: Record<string, string>

beforeAll(async () => {
  provider = await openProvider(Date.now)
  const made = provider.practice.tokens.create({ name: 'checked' })
  token = { id: made.token.id, value: made.value.reveal() }
  base = `${provider.url}/scim/v2`
  env = { INTERLOCK_ALLOW_TARGETS: provider.host }
})
afterAll(() => provider.close())

const reset = (faults: Partial<Faults> = {}): void =>
  void Object.assign(provider.practice.faults, noFaults(), faults)

async function checked(faults: Partial<Faults>, ...more: string[]) {
  reset(faults)
  const ended = await piped(['check', base, '--json', ...more], env, token.value)
  reset()
  return { ...ended, report: JSON.parse(ended.stdout) as Report }
}

describe('as a process', () => {
  it('passes on a healthy provider, by pipe: exit 0, plain text, the token nowhere', async () => {
    const ended = await interlock(['check', base], { env, input: `${token.value}\n` })
    expect(ended.exit).toBe(0)
    for (const name of [
      'discovery',
      'list-users',
      'list-groups',
      'environment',
      'token-metadata',
    ]) {
      expect(ended.stdout).toContain(name)
    }
    expect(ended.stdout).toContain('All passed.')
    expect(controls(ended.stdout + ended.stderr)).toEqual([])
    expect(ended.stdout + ended.stderr).not.toContain(token.value.slice(5, 17))
  })

  it('says what is wrong, for whom, and what is next: exit 1', async () => {
    const ended = await interlock(['check', base, '--idp', 'okta', '--allow', provider.host], {
      input: 'scim_never_seen_by_anybody_0123456789',
    })
    expect(ended.exit).toBe(1)
    expect(ended.stdout).toContain('401')
    expect(ended.stdout).toContain('For the IdP’s administrator')
    expect(ended.stdout).toContain('→ Next:')
    expect(ended.stdout + ended.stderr).not.toContain('never_seen')
  })

  it('refuses a token among its arguments without repeating it, and sends nothing: exit 2', async () => {
    const before = provider.practice.requests.entries.length
    const ended = await interlock(['check', base, token.value], { env })
    expect(ended.exit).toBe(2)
    expect(ended.stderr).toContain('history')
    expect(ended.stdout + ended.stderr).not.toContain(token.value.slice(5, 17))
    expect(provider.practice.requests.entries.length).toBe(before)
  })

  it('asks for the token on a terminal without showing it, and moves a line per check', async () => {
    const screen = inTerminal(['check', base], { ...env, NO_COLOR: '1' })
    await screen.expect(/SCIM token \(not shown\)/)
    screen.press(`${token.value}${ENTER}`)
    await screen.expect(/◌ discovery\s+asked/)
    await screen.expect(/◌ discovery\s+HTTP 200 in \d+ ms/)
    await screen.expect(/◌ list-groups\s+HTTP 200/)
    await screen.expect(/All passed\./)
    expect(await screen.ended).toBe(0)
    expect(screen.plain()).not.toContain(token.value.slice(5, 17))
  })
})

describe('--json', () => {
  it('has the shape of the API, with every check once', async () => {
    const { exit, report, stderr } = await checked({})
    expect(exit).toBe(0)
    expect(stderr).toBe('')
    expect(report).toMatchObject({ baseUrl: base, passed: true, findings: [] })
    expect(report.checks.map(({ name, outcome }) => `${name} ${outcome}`).toSorted()).toEqual([
      'discovery pass',
      'environment pass',
      'list-groups pass',
      'list-users pass',
      'token-metadata skipped',
    ])
  })

  const rows: [string, Partial<Faults>, string[], string][] = [
    ['an expired token', { expired: 'all' }, [], 'unauthorized'],
    ['a revoked token', { revokedToken: 'all' }, [], 'unauthorized'],
    ['groups switched off', { groupsOff: 403 }, [], 'groups-off'],
    ['another environment', { wrongEnvironment: 'other.example' }, [], 'wrong-environment'],
    [
      'discovery behind auth',
      { discoveryBehindAuth: true },
      ['--public-discovery'],
      'discovery-behind-auth',
    ],
    ['a redirect', { redirectTo: 'other.example' }, [], 'redirected-elsewhere'],
    ['throttling', { throttled429: 30 }, [], 'throttled'],
    ['a proxy’s page', { htmlErrorPage: 502 }, [], 'web-page-instead-of-scim'],
    ['slowness', { slow: 1_500 }, ['--timeout', '1'], 'timed-out'],
  ]
  it.each(rows)('names %s first', async (_name, faults, more, code) => {
    const { exit, report } = await checked(faults, ...more)
    expect(exit).toBe(1)
    expect(report.passed).toBe(false)
    expect(report.findings[0]?.code).toBe(code)
  })

  it('takes discovery behind auth as a note where it is not public', async () => {
    const { exit, report } = await checked({ discoveryBehindAuth: true })
    expect(report.checks.find(({ name }) => name === 'discovery')?.outcome).toBe('skipped')
    expect(exit).toBe(0)
  })

  it('says that the word Bearer stood there twice, though the token is right', async () => {
    reset()
    const ended = await piped(['check', base, '--json'], env, `Bearer Bearer ${token.value}`)
    expect(ended.exit).toBe(1)
    expect((JSON.parse(ended.stdout) as Report).findings[0]?.code).toBe('doubled-bearer')
  })

  it('looks without a token when told to', async () => {
    reset()
    const before = provider.practice.requests.entries.length
    const ended = await piped(['check', base, '--json', '--no-token'], env)
    expect(ended.exit).toBe(0)
    expect(provider.practice.requests.entries.length).toBe(before + 1)
  })
})

describe('wrong usage: exit 2, before anything is sent', () => {
  const wrong: [string, string[], string][] = [
    ['no base URL', ['check'], ''],
    ['two of them', ['check', 'https://a.example', 'https://b.example'], ''],
    ['no URL at all', ['check', 'portal'], 'x'],
    ['a URL with a password', ['check', 'https://u:hunter2@a.example/scim/v2'], 'x'],
    ['a URL with a query', ['check', 'https://a.example/scim/v2?token=hunter2'], 'x'],
    ['plain http unasked', ['check', 'http://a.example/scim/v2'], 'x'],
    ['an unknown IdP', ['check', 'https://a.example/scim/v2', '--idp', 'hunter2'], 'x'],
    ['an unknown option', ['check', 'https://a.example/scim/v2', '--hunter2'], 'x'],
    ['a bad time limit', ['check', 'https://a.example/scim/v2', '--timeout', '0'], 'x'],
    ['a bad exception', ['check', 'https://a.example/scim/v2', '--allow', 'http://hunter2/'], 'x'],
    ['no token', ['check', 'https://a.example/scim/v2'], ''],
    ['a masked token', ['check', 'https://a.example/scim/v2'], 'scim_••••hunter2'],
    [
      'an access key',
      ['check', 'https://a.example/scim/v2'],
      'ilk_hunter2hunter2hunter2hunter2hunter2',
    ],
  ]
  it.each(wrong)('%s', async (_name, args, input) => {
    const ended = await piped(args, {}, input)
    expect(ended.exit).toBe(2)
    expect(ended.stdout).toBe('')
    expect(ended.stderr.split('\n').filter(Boolean).length).toBeGreaterThanOrEqual(2)
    expect(ended.stderr).not.toContain('hunter2')
    const json = await piped([...args, '--json'], {}, input)
    expect(json.exit).toBe(2)
    expect(json.stderr).toBe('')
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'wrong-usage', exit: 2 } })
    expect(json.stdout).not.toContain('hunter2')
  })
})
