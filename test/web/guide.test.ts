/** The guide as pages: everything of the catalogue is there, can be found, and says the same as the API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { SCIM_FINDINGS } from '../../src/diagnosis/code.ts'
import { fill } from '../../src/idps/guidance.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser, Page } from './browser.ts'

const catalog = loadCatalog()
const { failures, idps, scimErrors } = catalog

let stage: Stage
let admin: Browser
beforeAll(async () => {
  stage = await openStage()
  admin = await signedIn('admin')
})
afterAll(() => stage.close())

async function signedIn(role: 'admin' | 'auditor'): Promise<Browser> {
  const browser = createBrowser(() => stage.interlock.url)
  await browser.signIn((await stage.person(role)).key)
  return browser
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** What somebody reads, with its spaces evened out. */
const words = (html: string): string =>
  html
    .replaceAll(/<head>.*<\/head>/gs, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? '')
    .replaceAll(/\s+/g, ' ')

const even = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** Every text and every source below this part of the catalogue. */
function statementsIn(part: unknown): { text: string; source: string }[] {
  if (typeof part !== 'object' || part === null) return []
  const { text, source } = part as { text?: unknown; source?: unknown }
  const own = typeof text === 'string' && typeof source === 'string' ? [{ text, source }] : []
  return [...own, ...Object.values(part).flatMap(statementsIn)]
}

const shownSource = (source: string): string => source.replace(/^(guide|docs|inferred|chosen):/, '')

function expectAll(page: Page, part: unknown): void {
  const read = words(page.text)
  const statements = statementsIn(part)
  expect(statements.length).toBeGreaterThan(0)
  for (const { text, source } of statements) {
    expect(read).toContain(even(fill(text)))
    expect(read).toContain(even(shownSource(source)))
  }
}

async function good(path: string): Promise<Page> {
  const page = await admin.open(path)
  expect(page.status, path).toBe(200)
  expect(words(page.text), path).not.toMatch(/undefined|\[object Object\]|\bNaN\b|\{[a-z]+\}/i)
  expect(page.text.match(/<h1/g), path).toHaveLength(1)
  return page
}

/** Every address inside the guide that a page links to, with its anchor. */
const linksOf = (page: Page): string[] =>
  [...page.text.matchAll(/href="(\/guide[^"]*)"/g)].map(([, href]) => href ?? '')

const idsOf = (page: Page): string[] =>
  [...page.text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id ?? '')

describe('the pages', () => {
  it.each(Object.keys(failures) as (keyof typeof failures)[])(
    '/guide/failures/%s says all there is',
    async (code) => {
      const page = await good(`/guide/failures/${code}`)
      expectAll(page, failures[code])
      expect(words(page.text)).toContain(failures[code].title)
      expect(page.text.includes('Stop the rollout of this')).toBe(failures[code].stopRollout)
      const own = Object.values(idps).flatMap(({ checks }) =>
        checks.filter(({ findings }) => findings.includes(code)),
      )
      for (const { text } of own) expect(words(page.text)).toContain(even(text))
    },
  )

  it.each(Object.keys(idps) as (keyof typeof idps)[])(
    '/guide/idps/%s says all there is',
    async (idp) => {
      const page = await good(`/guide/idps/${idp}`)
      expectAll(page, idps[idp])
      expect(page.text).toContain(`Cycle: ${idps[idp].cycle.minutes} minutes`)
      const formats = {
        raw: 'Enter Enter the token alone',
        'with-bearer': 'Enter Enter the word Bearer',
        ask: 'Enter Try the token alone first',
      }
      for (const { id, field, enter } of idps[idp].screens) {
        const screen = page.text.slice(page.text.indexOf(`id="screen-${id}"`)).split('</div>')[0]
        expect(words(screen ?? '')).toContain(field)
        expect(words(screen ?? '')).toContain(formats[enter])
      }
    },
  )

  it('/guide/scim-errors says all there is, each type at its anchor', async () => {
    const page = await good('/guide/scim-errors')
    expectAll(page, scimErrors)
    expect(idsOf(page)).toEqual(expect.arrayContaining(Object.keys(scimErrors)))
    for (const [type, code] of Object.entries(SCIM_FINDINGS)) {
      const answer = await admin.raw(`/guide/failures/${code}`)
      expect(answer.headers.get('Location')).toBe(`/guide/scim-errors#${type}`)
    }
  })

  it('/guide holds every part of the guide and leads to every page', async () => {
    const page = await good('/guide')
    expectAll(page, { ...catalog.guide, focus: [] })
    const links = linksOf(page)
    for (const code of Object.keys(failures)) expect(links).toContain(`/guide/failures/${code}`)
    for (const idp of Object.keys(idps)) expect(links).toContain(`/guide/idps/${idp}`)
  })

  it('have no link into nothing', async () => {
    const ids = new Map<string, string[]>()
    const from = ['/guide', '/guide?find=token', '/guide?find=okta', '/guide/scim-errors']
    const pages = await Promise.all([
      ...from.map(good),
      ...Object.keys(failures).map((code) => good(`/guide/failures/${code}`)),
    ])
    const links = new Set(pages.flatMap(linksOf))
    expect(links.size).toBeGreaterThan(100)
    for (const link of links) {
      const [path = '', anchor] = link.split('#')
      if (!ids.has(path)) ids.set(path, idsOf(await good(path)))
      if (anchor !== undefined) expect(ids.get(path), link).toContain(anchor)
    }
  })

  it.each(['failures/none', 'failures/constructor', 'idps/azure-ad', 'idps/__proto__', 'none'])(
    '/guide/%s is a page that says there is none',
    async (name) => {
      const page = await admin.open(`/guide/${name}`)
      expect(page.status).toBe(404)
      expect(page.text).toContain('href="/guide"')
      expect(page.text).not.toContain('belongs to a tenant')
    },
  )
})

describe('the search', () => {
  const find = (text: string) => good(`/guide?find=${encodeURIComponent(text)}`)
  const first = (page: Page): string | undefined => linksOf(page).find((link) => link !== '/guide')

  it.each([
    ['401', '/guide/failures/unauthorized'],
    ['wrong tenant', '/guide/failures/wrong-tenant'],
    ['QUARANTINE', '/guide/failures/entra-quarantine'],
    ['invalidfilter', '/guide/scim-errors#invalidFilter'],
    ['push rule 100', '/guide/idps/okta'],
    // Typed with a straight apostrophe, written with a curly one.
    ["portal's list", '/guide/failures/token-not-in-portal'],
  ])('puts what is meant first for %j', async (text, href) => {
    expect(first(await find(text))).toBe(href)
  })

  it('says that it found nothing, and what to do', async () => {
    const page = await find('token zebra')
    expect(page.text).toContain('Nothing found for')
    expect(page.text).toContain('Take fewer words')
    expect((await find('  ')).text).toContain('First checks')
  })

  it('leads to the place in the page, with the words marked', async () => {
    const page = await find('retry selected')
    expect(page.text).toContain('href="/guide/idps/okta#after-a-gap"')
    expect(page.text).toContain('<mark>Retry</mark>')
  })

  it('takes what was typed as text', async () => {
    const page = await find('<b>"401"</b> (.*')
    expect(page.text).toContain('Nothing found for')
    expect(page.text).not.toContain('<b>')
    expect((await find('(')).text).toContain('<mark>(</mark>')
  })

  it('refuses a token', async () => {
    const token = `scim_${'a1B2c3D4e5F6'.repeat(3)}`
    const answer = await admin.open(`/guide?find=${token}`)
    expect(answer.status).toBe(422)
    expect(answer.text).not.toContain(token)
  })
})
