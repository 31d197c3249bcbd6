/** The home page: whoever needs a person first, and useful with none, one and very many. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { begin, connect } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser } from './browser.ts'

const DAY = 86_400_000

let stage: Stage
let ada: Browser
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function signedIn(
  role: 'admin' | 'auditor' | 'support',
  tenants: string[],
): Promise<Browser> {
  const browser = createBrowser(() => stage.interlock.url)
  await browser.signIn((await stage.person(role, tenants)).key)
  return browser
}

/** The rows in order, as words. */
const rows = (text: string, list: 'needing' | 'quiet'): string[] => {
  const [, part = ''] =
    list === 'needing'
      ? (/class="rows needing"[^>]*>([\s\S]*?)<\/ul>/.exec(text) ?? [])
      : (/id="quiet"[\s\S]*?<ul class="rows">([\s\S]*?)<\/ul>/.exec(text) ?? [])
  return [...part.matchAll(/<li[^>]*>([\s\S]*?)<\/li>/g)].map(([, row = '']) =>
    row
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
}

const rename = async (id: string, name: string): Promise<void> => {
  const seen = await stage.owner.send('GET', `/v1/connections/${id}`)
  const ifMatch = seen.headers.get('ETag') ?? ''
  const answer = await stage.owner.send('PATCH', `/v1/connections/${id}`, {
    body: { name },
    ifMatch,
  })
  expect(answer.status).toBe(200)
}

describe('with nothing', () => {
  it('offers what this person may do', async () => {
    const admin = await (await signedIn('admin', ['acme'])).open('/')
    expect(admin.text).toContain('No connections yet')
    expect(admin.text).toContain('href="/connections/new"')
    const auditor = await (await signedIn('auditor', ['acme'])).open('/')
    expect(auditor.text).toContain('An owner or admin adds them')
    expect(auditor.text).not.toContain('/connections/new')
  })
})

describe('with some', () => {
  beforeAll(async () => {
    ada = await signedIn('admin', ['acme', 'globex'])
    const done = await begin(stage)
    await rename(done.connectionId, 'A finished one')
    await done.toVerified()
    expect(await done.tryRevoking()).toEqual([])
    const halted = await begin(stage)
    await rename(halted.connectionId, 'B halted one')
    await halted.must('halt', { reason: 'we wait for the network team' })
    const running = await begin(stage)
    await rename(running.connectionId, 'C running one')
    await running.create()
    const foreign = await connect(stage, { tenantId: 'globex' })
    await rename(foreign.connectionId, 'D quiet one')
  })

  it('puts first what needs somebody, with what is next', async () => {
    const { text } = await ada.open('/')
    expect(text).toContain('2 need you')
    const needing = rows(text, 'needing')
    expect(needing[0]).toMatch(/B halted one .*Halted · we wait for the network team .*Resolve/)
    expect(needing[1]).toMatch(/C running one .*Step 2 of 5 .*Continue/)
    const quiet = rows(text, 'quiet')
    expect(quiet[0]).toMatch(/A finished one .*Rotated .* by .*token expires/)
    expect(quiet[1]).toMatch(/D quiet one .*Not rotated here yet/)
  })

  it('tells the latest safe start when a token is about to expire, and when it has', async () => {
    // A session lasts for half a day: somebody signs in at each of these times.
    const then = async (): Promise<string> =>
      (await (await signedIn('admin', ['acme', 'globex'])).open('/')).text
    stage.advance(65 * DAY)
    const soon = rows(await then(), 'needing')
    expect(soon.at(-1)).toMatch(
      /A finished one .*Token expires in 2\d days · start by .*Start the rotation/,
    )
    stage.advance(30 * DAY)
    const late = rows(await then(), 'needing')
    // Halted first, then what is down already, then what runs.
    expect(late.map((row) => row.slice(0, 1))).toEqual(['B', 'A', 'C'])
    expect(late[1]).toMatch(/Token expired/)
    stage.advance(-95 * DAY)
    ada = await signedIn('admin', ['acme', 'globex'])
  })

  it('finds by name, tenant and IdP, and sorts', async () => {
    const find = async (query: string): Promise<string[]> => {
      const { text } = await ada.open(`/?${query}`)
      return [...rows(text, 'needing'), ...rows(text, 'quiet')].map((row) => row.slice(0, 1))
    }
    expect(await find('find=finished')).toEqual(['A'])
    expect(await find('find=GLOBEX')).toEqual(['D'])
    expect(await find('find=okta')).toEqual(['B', 'C', 'A', 'D'])
    expect(await find('find=nothing-like-it')).toEqual([])
    expect(await find('sort=tenant')).toEqual(['B', 'C', 'A', 'D'])
    expect(await find('sort=expiry')).toEqual(['B', 'C', 'A', 'D'])
    expect(await find('sort=<script>&page=-7&find=')).toEqual(['B', 'C', 'A', 'D'])
  })

  it('shows nobody another tenant’s', async () => {
    const other = await signedIn('admin', ['globex'])
    const { text } = await other.open('/')
    expect(text).toContain('D quiet one')
    for (const name of ['A finished', 'B halted', 'C running']) expect(text).not.toContain(name)
    // With one connection it is that connection's story.
    expect(text).toContain('What happened so far')
    expect(text).toContain('Connection added')
  })

  it('leads support to its own desk', async () => {
    const support = await signedIn('support', ['acme'])
    expect((await support.open('/')).path).toBe('/escalations')
  })

  it('does not take a token as something to find', async () => {
    const value = `scim_${'k3Jd9'.repeat(8)}`
    const page = await ada.open(`/?find=${value}`)
    expect(page.status).toBe(422)
    expect(page.text).not.toContain(value)
  })
})
