/** AxonFlow's log-in: one cookie in memory, renewed once when it lapsed, five log-ins a minute and no more. */
import { describe, expect, it } from 'vitest'
import type { PortalCredential } from '../../src/portals/contract.ts'
import { Secret } from '../../src/secret.ts'
import { faultOf, rig } from './rig.ts'
import type { Asked, Rig } from './rig.ts'

const PASSWORD = 'correct horse battery staple'
const SESSION: PortalCredential = { auth: 'session', orgId: 'acme', password: new Secret(PASSWORD) }

interface Desk extends Rig {
  valid: Set<string>
  logIns: () => Asked[]
}

async function desk(password = PASSWORD): Promise<Desk> {
  const valid = new Set<string>()
  let issued = 0
  const credential = { ...SESSION, password: new Secret(password) }
  const made = await rig(({ path, body, cookie }) => {
    if (!path.endsWith('/api/v1/auth/login')) {
      return valid.has(cookie ?? '') ? { body: [] } : { status: 401 }
    }
    const sent = JSON.parse(body) as Record<string, unknown>
    if (sent['org_id'] !== 'acme' || sent['password'] !== PASSWORD) return { status: 401 }
    issued += 1
    const cookieText = `axonflow_session=session-number-${issued}`
    valid.add(cookieText)
    return {
      body: { session_id: 'ses_1', org_id: 'acme' },
      headers: { 'set-cookie': `${cookieText}; Path=/; HttpOnly; Secure; SameSite=Lax` },
    }
  }, credential)
  const logIns = () => made.asked.filter(({ path }) => path.endsWith('/auth/login'))
  return { ...made, valid, logIns }
}

describe('a session', () => {
  it('is opened once, also for calls side by side, and sends no bearer', async () => {
    const { portal, asked, logIns } = await desk()
    await Promise.all([portal.list(), portal.list(), portal.list()])
    await portal.list()
    expect(logIns()).toHaveLength(1)
    expect(JSON.parse(logIns()[0]!.body)).toEqual({ org_id: 'acme', password: PASSWORD })
    expect(asked.every(({ authorization }) => authorization === null)).toBe(true)
    expect(asked.at(-1)?.cookie).toBe('axonflow_session=session-number-1')
  })

  it('that lapsed is renewed once, and the call goes on', async () => {
    const { portal, valid, logIns } = await desk()
    await portal.list()
    valid.clear()
    expect((await portal.list()).items).toEqual([])
    expect(logIns()).toHaveLength(2)
  })

  it('refused for its password asks five times a minute and no more', async () => {
    const { portal, clock, logIns } = await desk('wrong')
    for (let call = 0; call < 5; call += 1)
      expect(await faultOf(portal.list())).toBe('portal-credential-refused')
    for (let call = 0; call < 20; call += 1)
      expect(await faultOf(portal.list())).toBe('portal-throttled')
    expect(logIns()).toHaveLength(5)
    clock.ms += 60_000
    expect(await faultOf(portal.list())).toBe('portal-credential-refused')
    expect(logIns()).toHaveLength(6)
  })

  it('without a cookie in the answer is none', async () => {
    const { portal } = await rig(() => ({ body: { session_id: 'ses_1' } }), SESSION)
    expect(await faultOf(portal.list())).toBe('portal-unreadable')
  })
})
