/** `list`, `show` and `keys`: the same answers from a server and from the local store. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { interlock } from './child.ts'
import { controls, narrow, piped } from './screen.ts'
import { connect, openStage, OWNER_KEY } from './stage.ts'
import type { Connected, Stage } from './stage.ts'

let stage: Stage
let connected: Connected
let rotation: string

beforeAll(async () => {
  stage = await openStage()
  connected = await connect(stage)
  const { connectionId, old } = connected
  const begun = await stage.owner.send('POST', '/v1/rotations', {
    body: { connectionId, oldToken: { id: old.id } },
  })
  rotation = String(begun.body['id'])
})
afterAll(() => stage.close())

const asJson = (text: string): Record<string, unknown> =>
  JSON.parse(text) as Record<string, unknown>

describe('against a server', () => {
  it('lists connections with their rotations, as a process: key from the environment, shown nowhere', async () => {
    const ended = await interlock(['list', '--url', stage.url], {
      env: { INTERLOCK_KEY: OWNER_KEY },
    })
    expect(ended.exit).toBe(0)
    expect(ended.stdout).toContain('acme / Okta production')
    expect(ended.stdout).toContain('step 1 of 5')
    expect(ended.stdout + ended.stderr).not.toContain(OWNER_KEY)
    expect(ended.stdout).not.toContain('\u001B')
  })

  it('lists and shows as JSON', async () => {
    const listed = await piped(['list', '--json'], stage.serverEnv)
    expect(asJson(listed.stdout)).toMatchObject({
      items: [{ connection: { id: connected.connectionId }, rotation: { id: rotation } }],
    })
    const shown = await piped(['show', rotation, '--json'], stage.serverEnv)
    expect(asJson(shown.stdout)).toMatchObject({ id: rotation, status: 'active', step: 'create' })
    const other = await piped(['show', connected.connectionId, '--json'], stage.serverEnv)
    expect(asJson(other.stdout)).toMatchObject({ id: connected.connectionId, tenantId: 'acme' })
  })

  it('shows a rotation, a connection and the certificate to people', async () => {
    const one = await piped(['show', rotation], stage.serverEnv)
    expect(one.stdout).toContain('● Create (now)')
    expect(one.stdout).toContain('What must be true before a token is revoked')
    const other = await piped(['show', connected.connectionId], stage.serverEnv)
    expect(other.stdout).toContain(`${stage.provider.url}/scim/v2`)
    const certificate = await piped(['show', rotation, '--certificate'], stage.serverEnv)
    expect(certificate.stdout).toMatch(/^# /)
    const json = await piped(['show', rotation, '--certificate', '--json'], stage.serverEnv)
    expect(asJson(json.stdout)).toMatchObject({ format: 'interlock/certificate' })
  })

  it('makes a key that works, lists it, revokes it', async () => {
    const made = await piped(
      ['keys', 'make', '--name', 'Ada', '--role', 'auditor', '--tenants', 'acme', '--days', '1'],
      stage.serverEnv,
    )
    const key = made.stdout.trim()
    expect(key).toMatch(/^ilk_[\w-]{28,}$/)
    const id = /key_[\w-]+/.exec(made.stderr)?.[0] ?? ''
    const env = { ...stage.serverEnv, INTERLOCK_KEY: key }
    expect((await piped(['list'], env)).exit).toBe(0)

    const forbidden = await piped(['keys', 'list'], env)
    expect(forbidden.exit).toBe(1)
    expect(forbidden.stderr).toContain('Use a key whose role and tenants allow it.')

    const listed = await piped(['keys', 'list', '--json'], stage.serverEnv)
    expect(asJson(listed.stdout)['items']).toContainEqual(
      expect.objectContaining({ id, name: 'Ada', role: 'auditor', tenants: ['acme'] }),
    )
    expect(listed.stdout).not.toContain(key)
    expect((await piped(['keys', 'revoke', id], stage.serverEnv)).stdout).toContain('is revoked')
    const refused = await piped(['list', '--json'], env)
    expect(refused.exit).toBe(1)
    expect(asJson(refused.stdout)).toMatchObject({ error: { code: 'unauthenticated', exit: 1 } })
  })

  it('says what is missing or unreachable, and what to do', async () => {
    const rows: [string[], Record<string, string>, number, string][] = [
      [['list', '--url', stage.url], {}, 2, 'INTERLOCK_KEY is not set'],
      [['list', '--url', stage.url], { INTERLOCK_KEY: 'hunter2' }, 2, 'does not hold a key'],
      [['list', '--url', 'http://far.example'], { INTERLOCK_KEY: OWNER_KEY }, 2, 'must be https'],
      [
        ['list', '--url', 'https://u:hunter2@x'],
        { INTERLOCK_KEY: OWNER_KEY },
        2,
        'address of the server',
      ],
      [['list', '--url', 'http://127.0.0.1:9'], { INTERLOCK_KEY: OWNER_KEY }, 1, 'does not answer'],
      [['list', '--url', stage.provider.url], { INTERLOCK_KEY: OWNER_KEY }, 1, 'HTTP 404'],
      [['show', 'rot_00000000000000000000'], stage.serverEnv, 1, 'Not found'],
      [['show', 'hunter2'], stage.serverEnv, 2, 'no id'],
      [['keys', 'make'], stage.serverEnv, 2, '--name'],
      [['keys', 'revoke'], stage.serverEnv, 2, 'id of a key'],
      [['keys', 'revoke', 'key_nobody'], stage.serverEnv, 1, 'Not found'],
      [
        ['keys', 'make', '--name', 'A', '--role', 'admin', '--tenants', 'No Such'],
        stage.serverEnv,
        2,
        'tenants.0: ',
      ],
      [['list'], { ...stage.serverEnv, INTERLOCK_KEY: `${OWNER_KEY}x` }, 1, 'Set INTERLOCK_KEY'],
      [['nonsense'], {}, 2, 'no such command'],
      [['--url', 'x'], {}, 2, 'command comes first'],
    ]
    for (const [args, env, exit, says] of rows) {
      const ended = await piped(args, env)
      expect(ended.exit, args.join(' ')).toBe(exit)
      expect(ended.stderr).toContain(says)
      expect(ended.stderr.trim().split('\n').length, args.join(' ')).toBeGreaterThan(1)
      expect(ended.stdout + ended.stderr).not.toContain('hunter2')
    }
  })

  it('names fields and requirements in the JSON of a refusal as well', async () => {
    const args = ['keys', 'make', '--name', 'A', '--role', 'admin', '--tenants', '', '--json']
    const ended = await piped(args, stage.serverEnv)
    expect([ended.exit, ended.stderr]).toEqual([2, ''])
    expect(asJson(ended.stdout)).toMatchObject({
      error: { code: 'invalid-input', exit: 2, status: 422, errors: [{ path: 'tenants.0' }] },
    })
  })

  it('takes a key with a line break behind it, as files have it', async () => {
    const env = { ...stage.serverEnv, INTERLOCK_KEY: `${OWNER_KEY}\n` }
    expect((await piped(['list'], env)).exit).toBe(0)
  })

  it.each([40, 60])('is no wider than a terminal of %i columns', async (columns) => {
    for (const args of [
      ['list'],
      ['show', rotation],
      ['show', connected.connectionId],
      ['keys', 'list'],
    ]) {
      const { exit, stdout } = await narrow(args, columns, stage.serverEnv)
      expect(exit).toBe(0)
      // A word that is longer than the line stays whole: it may be copied.
      const wide = stdout
        .split('\n')
        .filter((line) => line.length > columns && line.trim().includes(' '))
      expect(wide, args.join(' ')).toEqual([])
    }
  })

  it('never breaks a JSON document, however narrow the terminal', async () => {
    for (const args of [['list'], ['show', rotation], ['keys', 'list'], ['show', 'rot_0']]) {
      const { stdout } = await narrow([...args, '--json'], 40, stage.serverEnv)
      expect(stdout.trimEnd().split('\n'), args.join(' ')).toHaveLength(1)
      expect(() => asJson(stdout)).not.toThrow()
    }
  })

  it('does not let an answer move the cursor', async () => {
    stage.provider.tap = () =>
      Promise.resolve(
        Response.json({
          items: [{ name: '\u001B]0;owned\u0007\u001B[2J', tenants: [] }],
          nextCursor: null,
        }),
      )
    const env = { ...stage.serverEnv, INTERLOCK_URL: stage.provider.url }
    const listed = await piped(['keys', 'list', '--json'], env)
    stage.provider.tap = null
    expect(listed.stdout).toContain('owned')
    expect(listed.stdout).not.toContain('\\u00')
    expect(controls(listed.stdout)).toEqual([])
  })
})

describe('on the local store', () => {
  it('says who holds it while a server runs, then works, and leaves no live key behind', async () => {
    const locked = await piped(['list'], stage.localEnv)
    expect(locked.exit).toBe(2)
    expect(locked.stderr).toContain('in use by process')
    expect(locked.stderr).toContain('--url')
    await stage.stop()

    const listed = await piped(['list', '--json'], stage.localEnv)
    expect(asJson(listed.stdout)).toMatchObject({ items: [{ rotation: { id: rotation } }] })
    const again = await piped(['keys', 'list', '--json'], stage.localEnv)
    const items = asJson(again.stdout)['items'] as { id: string; revokedAt: string | null }[]
    const lent = items.filter(({ id }) => id.startsWith('key_here_'))
    expect(lent).toHaveLength(1)
    await piped(['list'], stage.localEnv)
    const { compose } = await import('../../src/compose.ts')
    const { readConfig } = await import('../../src/config.ts')
    const { createLog } = await import('../../src/log.ts')
    const opened = await compose(readConfig({ ...stage.localEnv, PORT: '0' }), {
      log: createLog('silent'),
    })
    const held = await opened.keys.load(lent[0]?.id ?? '')
    await opened.close()
    expect(held?.record.revokedAt).not.toBeNull()
  })

  it('makes no store where there is none', async () => {
    const ended = await piped(['list'], { STORE_URL: 'file:/nonexistent/interlock' })
    expect(ended.exit).toBe(2)
    expect(ended.stderr).toContain('There is no store')
    const bad = await piped(['list'], { STORE_URL: 'hunter2' })
    expect(bad.exit).toBe(2)
    expect(bad.stderr).toContain('STORE_URL must be')
    expect(bad.stderr).not.toContain('hunter2')
  })
})
