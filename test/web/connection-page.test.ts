/** Adding and changing a connection by form: what is kept, what is refused, and what is never shown again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser, Page } from './browser.ts'

let stage: Stage
let ada: Browser
beforeAll(async () => {
  stage = await openStage()
  ada = createBrowser(() => stage.interlock.url)
  await ada.signIn(stage.owner.key)
})
afterAll(() => stage.close())

const words = ({ text }: Page): string =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#39;', '’')
const revisionIn = ({ text }: Page): string => /name="revision" value="(\d+)"/.exec(text)?.[1] ?? ''

const fields = (more: Record<string, string> = {}): Record<string, string> => ({
  tenantId: 'acme',
  name: 'Okta by form',
  environment: 'production',
  idp: 'okta',
  scimBaseUrl: `${stage.provider.url}/scim/v2`,
  pilotUser: 'pilot@acme.example',
  portalKind: 'axonflow',
  portalUrl: stage.provider.url,
  portalCredential: stage.provider.practice.state.tenants.get('acme')?.credential.reveal() ?? '',
  quietMinutes: '5',
  secondPerson: 'always',
  granularitySeconds: '',
  ...more,
})

describe('adding one', () => {
  it('keeps what the API would keep, and never shows the credential again', async () => {
    const made = await ada.post('/connections', fields())
    expect(made.status, words(made)).toBe(200)
    const id = made.path.split('/').at(-1) ?? ''
    const kept = await stage.owner.send('GET', `/v1/connections/${id}`)
    expect(kept.body).toMatchObject({
      tenantId: 'acme',
      name: 'Okta by form',
      environment: 'production',
      policy: { quietMinutes: 5, secondPerson: 'always' },
      portal: { kind: 'axonflow', hasCredential: true },
    })
    const secret = fields()['portalCredential'] ?? ''
    const edit = await ada.open(`/connections/${id}/edit`)
    for (const page of [made, edit]) expect(page.text).not.toContain(secret)
    // Left empty, it stays.
    const { portalCredential: _left, tenantId: _fixed, ...rest } = fields({ name: 'Renamed' })
    const saved = await ada.post(`/connections/${id}/edit`, { revision: revisionIn(edit), ...rest })
    expect(words(saved)).toContain('Renamed')
    const after = await stage.owner.send('GET', `/v1/connections/${id}`)
    expect(after.body).toMatchObject({ portal: { hasCredential: true } })
    expect((await stage.owner.send('GET', `/v1/connections/${id}/tokens`)).status).toBe(200)
  })

  it.each([
    ['name', (token: string) => `Okta ${token}`],
    ['environment', (token: string) => token],
    ['pilotUser', (token: string) => token],
    ['scimBaseUrl', (token: string) => `https://portal.example/scim/v2?t=${token}`],
  ] as const)('refuses a token in %s, without saying it back', async (name, make) => {
    const token = `scim_${'Jd93kxQ7'.repeat(5)}`
    const page = await ada.post('/connections', fields({ [name]: make(token) }))
    expect(page.status).toBe(422)
    expect(page.text).toContain('role="alert"')
    expect(page.text).not.toContain(token)
    expect(stage.log.join('')).not.toContain(token)
  })

  it('gives back what was typed when a field is wrong, secrets left out, and names the field', async () => {
    const page = await ada.post('/connections', fields({ quietMinutes: '-4', name: 'Typed name' }))
    expect(page.status).toBe(422)
    expect(page.text).toContain('value="Typed name"')
    expect(words(page)).toMatch(/quiet minutes/)
    expect(page.text).not.toContain(fields()['portalCredential'])
  })
})

describe('while the base URL is typed', () => {
  const notes = async (more: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ csrf: ada.csrf(), ...more })
    const answer = await ada.raw('/connections/spelling', { method: 'POST', body })
    expect(answer.status).toBe(200)
    return ((await answer.json()) as { notes: string[] }).notes.join(' ')
  }

  it.each([
    ['https://portal.example/scim', {}, /does not end in \/scim\/v2/],
    ['https://portal.example/scim/v2/', {}, /slash at the end/],
    ['https://portal.example/scim/v2/Users', {}, /names a resource/],
    ['https://portal.example/scim/v1', {}, /SCIM 1.1/],
    ['http://portal.example/scim/v2', {}, /Plain http/],
    ['https://ada:pw@portal.example/scim/v2', {}, /cannot be used/],
    ['https://a.example/scim/v2', { portalUrl: 'https://b.example' }, /not the portal/],
    ['https://staging.portal.example/scim/v2', { environment: 'production' }, /another one/],
    ['https://portal.example/scim/v2', {}, /^$/],
  ])('%s %o', async (scimBaseUrl, more, expected) => {
    expect(await notes({ scimBaseUrl, ...more })).toMatch(expected)
  })

  it('says which other tenant is at the same host', async () => {
    await connect(stage, { tenantId: 'globex' })
    const scimBaseUrl = `${stage.provider.url}/scim/v2`
    expect(await notes({ scimBaseUrl, tenantId: 'initech' })).toMatch(/tenant (acme|globex) is at/)
    const only = createBrowser(() => stage.interlock.url)
    await only.signIn((await stage.person('admin', ['initech'])).key)
    await only.open('/connections/new')
    const body = new URLSearchParams({ csrf: only.csrf(), scimBaseUrl, tenantId: 'initech' })
    const answer = await only.raw('/connections/spelling', { method: 'POST', body })
    // Of tenants that are not this person's nothing is told.
    expect(await answer.text()).not.toMatch(/acme|globex/)
  })
})

describe('its page', () => {
  it('runs the first checks, and says what each found', async () => {
    const { connectionId, old } = await connect(stage)
    stage.provider.practice.faults.groupsOff = 403
    const page = await ada.post(`/connections/${connectionId}/checks`, { token: old.value })
    stage.provider.practice.faults.groupsOff = null
    expect(words(page)).toMatch(/List users passed · 200/)
    expect(words(page)).toMatch(/List groups failed · 403/)
    expect(page.text).toContain('class="finding"')
    expect(page.text).not.toContain(old.value)
  })

  it('stops at a wrong tenant until somebody gives a reason', async () => {
    const { connectionId, old } = await connect(stage)
    stage.provider.practice.faults.wrongEnvironment = 'other.example'
    const stopped = await ada.post(`/connections/${connectionId}/checks`, { token: old.value })
    stage.provider.practice.faults.wrongEnvironment = null
    expect(words(stopped)).toMatch(/Stopped: a wrong tenant was seen .*other\.example/)
    expect(stopped.text).not.toContain('Start the rotation')
    const empty = await ada.post(`/connections/${connectionId}/confirm-tenant`, {
      revision: revisionIn(stopped),
      reason: '',
    })
    expect(empty.status).toBe(422)
    const freed = await ada.post(`/connections/${connectionId}/confirm-tenant`, {
      revision: revisionIn(stopped),
      reason: 'the host was renamed last week',
    })
    expect(words(freed)).not.toContain('Stopped:')
    expect(freed.text).toContain('Start the rotation')
  })

  it('is still a page when the portal is down', async () => {
    const { connectionId } = await connect(stage)
    stage.provider.practice.faults.portalDown = true
    const page = await ada.open(`/connections/${connectionId}`)
    stage.provider.practice.faults.portalDown = false
    expect(page.status).toBe(200)
    expect(words(page)).toContain('The portal did not show them')
  })

  it('deletes it, and then nobody finds it', async () => {
    const { connectionId } = await connect(stage)
    const page = await ada.open(`/connections/${connectionId}`)
    const gone = await ada.post(`/connections/${connectionId}/delete`, {
      revision: revisionIn(page),
    })
    expect(gone.path).toBe('/')
    expect((await ada.open(`/connections/${connectionId}`)).status).toBe(404)
  })
})
