/** Access keys by the page: made, shown once, revoked, and refused where the API refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, OWNER_KEY } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser } from './browser.ts'

let stage: Stage
let owner: Browser
beforeAll(async () => {
  stage = await openStage()
  owner = await signedIn(OWNER_KEY)
})
afterAll(() => stage.close())

async function signedIn(key: string): Promise<Browser> {
  const browser = createBrowser(() => stage.interlock.url)
  await browser.signIn(key)
  return browser
}

interface Listed {
  id: string
  name: string
  role: string
  tenants: unknown
  expiresAt: string | null
  revokedAt: string | null
}
const listed = async (name: string): Promise<Listed[]> => {
  const { body } = await stage.owner.send('GET', '/v1/keys?limit=200')
  return (body['items'] as Listed[]).filter((key) => key.name === name)
}

const valueOn = (page: string): string | undefined =>
  /<code>(ilk_[A-Za-z0-9_-]{43})<\/code>/.exec(page)?.[1]

const good = { name: 'CI of Acme', role: 'auditor', tenants: 'acme' }

describe('making a key', () => {
  it('shows it once, in the answer only, and it works', async () => {
    await owner.open('/keys')
    const made = await owner.post('/keys', { ...good, name: 'shown once', expiresAt: '2026-12-31' })
    expect(made.status).toBe(201)
    expect(made.headers.get('Cache-Control')).toBe('no-store')
    const key = valueOn(made.text) ?? ''
    expect(made.text).toContain('data-once')
    expect((await stage.owner.send('GET', '/v1/audit')).status).toBe(200)
    const user = await signedIn(key)
    expect((await user.open('/')).path).toBe('/')
    const again = await owner.open('/keys')
    expect(again.text).toContain('shown once')
    expect(again.text).not.toContain(key)
    expect(stage.log.join('')).not.toContain(key)
    expect(await listed('shown once')).toMatchObject([
      { role: 'auditor', tenants: ['acme'], expiresAt: '2026-12-31T23:59:59.000Z' },
    ])
  })

  it('takes all tenants, or several with commas between them', async () => {
    await owner.post('/keys', { ...good, name: 'every', tenants: ' All ' })
    await owner.post('/keys', { ...good, name: 'some', tenants: 'acme, globex' })
    expect(await listed('every')).toMatchObject([{ tenants: 'all', expiresAt: null }])
    expect(await listed('some')).toMatchObject([{ tenants: ['acme', 'globex'] }])
  })

  it('makes one key of one form, however often it is sent', async () => {
    const page = await owner.open('/keys')
    const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const order = { ...good, name: 'once', form }
    const both = await Promise.all([owner.post('/keys', order), owner.post('/keys', order)])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422])
    expect(await listed('once')).toHaveLength(1)
    const next = /name="form" value="([^"]+)"/.exec(both[0]?.text ?? '')?.[1] ?? ''
    expect((await owner.post('/keys', { ...order, form: next })).status).toBe(201)
  })

  it('refuses what is no key, with what was typed still there', async () => {
    for (const bad of [
      { name: '' },
      { role: 'god' },
      { tenants: '' },
      { tenants: 'a/b' },
      { expiresAt: '2026-11-01' },
      { expiresAt: 'soon' },
    ]) {
      const page = await owner.post('/keys', { ...good, name: 'refused', ...bad })
      expect(page.status, JSON.stringify(bad)).toBe(422)
      expect(page.text).toContain('role="alert"')
      if (!('name' in bad)) expect(page.text).toContain('value="refused"')
    }
    expect(await listed('refused')).toEqual([])
  })

  it('refuses a token as a name, and does not send it back', async () => {
    const token = `scim_${'a1B2c3D4e5F6'.repeat(3)}`
    const page = await owner.post('/keys', { ...good, name: token })
    expect(page.status).toBe(422)
    expect(page.text).toContain('seems to hold a token')
    expect(page.text).not.toContain(token)
    expect(await listed(token)).toEqual([])
  })

  it('goes no further than one’s own tenants', async () => {
    const own = await signedIn((await stage.person('owner', ['acme'])).key)
    const page = await own.open('/keys')
    expect(page.text).not.toContain('id="key_bootstrap"')
    expect(page.text).toContain('Some of those you hold yourself: acme')
    for (const tenants of ['all', 'globex', 'acme, globex']) {
      expect((await own.post('/keys', { ...good, tenants })).status, tenants).toBe(403)
    }
    expect((await own.post('/keys', { ...good, name: 'mine' })).status).toBe(201)
  })
})

describe('revoking a key', () => {
  it('ends it and its sessions at once, and keeps it in the list', async () => {
    const person = await stage.person('admin')
    const user = await signedIn(person.key)
    expect((await user.open('/')).status).toBe(200)
    const [key] = await listed('the admin')
    const page = await owner.open('/keys')
    expect(page.text).toContain(`action="/keys/${key!.id}/revoke"`)
    const after = await owner.post(`/keys/${key!.id}/revoke`)
    expect(after.path).toBe('/keys')
    expect(after.text).not.toContain(`action="/keys/${key!.id}/revoke"`)
    expect(after.text).toMatch(/Revoked or expired \(\d+\)/)
    expect((await listed('the admin'))[0]?.revokedAt).not.toBeNull()
    expect((await user.open('/')).path).toBe('/sign-in')
    expect((await person.send('GET', '/v1/connections')).status).toBe(401)
  })

  it('of the setting is refused, and the page says why', async () => {
    const page = await owner.open('/keys')
    expect(page.text).not.toContain('action="/keys/key_bootstrap/revoke"')
    expect(page.text).toContain('This key comes from INTERLOCK_BOOTSTRAP_KEY')
    const refused = await owner.post('/keys/key_bootstrap/revoke')
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('The key comes from a setting')
    expect((await owner.open('/keys')).status).toBe(200)
  })

  it('of other tenants answers as one that does not exist', async () => {
    const own = await signedIn((await stage.person('owner', ['globex'])).key)
    const [key] = await listed('CI of Acme').then(async (found) =>
      found.length > 0 ? found : makeOne(),
    )
    await own.open('/keys')
    expect((await own.post(`/keys/${key!.id}/revoke`)).status).toBe(404)
    expect((await own.post('/keys/key_nowhere/revoke')).status).toBe(404)
    expect((await listed('CI of Acme'))[0]?.revokedAt).toBeNull()
  })

  it('warns whoever is signed in with it', async () => {
    const own = await signedIn((await stage.person('owner')).key)
    expect((await own.open('/keys')).text).toContain('You are signed in with it')
  })
})

async function makeOne(): Promise<Listed[]> {
  await owner.post('/keys', good)
  return listed(good.name)
}
