/** The symptom form and `POST /v1/diagnoses` are one diagnosis with two faces. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCIM_FINDINGS } from '../../src/diagnosis/code.ts'
import { Symptoms } from '../../src/diagnosis/observation.ts'
import { GUIDE_ROWS } from '../diagnosis/row-guide.ts'
import { THREAD_ROWS } from '../diagnosis/row-thread.ts'
import type { Person } from '../workflow/person.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser } from './browser.ts'

let stage: Stage
let person: Person
let browser: Browser
beforeAll(async () => {
  stage = await openStage()
  person = await stage.person('support')
  browser = createBrowser(() => stage.interlock.url)
  await browser.signIn(person.key)
})
afterAll(() => stage.close())

const ROWS = [...GUIDE_ROWS, ...THREAD_ROWS]
  .map(([, seen]) => seen)
  .filter((seen) => Symptoms.safeParse(seen).success)

const addressOf = (seen: object): string => {
  const fields = Object.entries(seen).map(([name, value]): [string, string] => [
    name,
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value),
  ])
  // The form as it is sent when nothing was chosen.
  return `/guide/symptoms?${new URLSearchParams(fields).toString() || 'httpStatus='}`
}

/** By the links of the cards, in their order. */
function codesOn(page: string): string[] {
  const links = page.matchAll(/href="\/guide\/(?:failures\/([a-z0-9-]+)|scim-errors#(\w+))"/g)
  return [...links].map(
    ([, code, type]) => code ?? SCIM_FINDINGS[type as keyof typeof SCIM_FINDINGS],
  )
}

describe('the form’s answer', () => {
  it.each(ROWS.map((seen) => ({ seen, address: addressOf(seen) })))(
    'is the API’s: $address',
    async ({ seen, address }) => {
      const page = await browser.open(address)
      expect(page.status).toBe(200)
      const { body } = await person.send('POST', '/v1/diagnoses', { body: seen })
      const codes = (body['findings'] as { code: string }[]).map(({ code }) => code)
      expect(codesOn(page.text)).toEqual(codes)
      expect(page.text).not.toMatch(/undefined|\[object Object\]/)
      expect(page.text.includes('contradict each other')).toBe(
        codes.includes('contradictory-observations'),
      )
    },
  )

  it('is compared over many rows', () => {
    expect(ROWS.length).toBeGreaterThan(60)
  })
})

describe('the form', () => {
  it('keeps what was chosen, and marks what contradicts itself', async () => {
    const page = await browser.open('/guide/symptoms?httpStatus=401&tokenRecentlyUsed=yes&idp=okta')
    for (const value of ['401', 'yes', 'okta']) {
      expect(page.text).toMatch(new RegExp(`<option value="${value}" selected=""`))
    }
    expect(page.text.match(/does not fit the others/g)).toHaveLength(2)
  })

  it('has no field to type in', async () => {
    for (const path of ['/guide/symptoms', '/guide']) {
      const { text } = await browser.open(path)
      const form = /<form method="get" action="\/guide\/symptoms".*?<\/form>/s.exec(text)?.[0] ?? ''
      expect(form.match(/<select/g)).toHaveLength(14)
      expect(form).not.toMatch(/<input|<textarea/)
    }
  })

  it('leads to the short address when something was left open', async () => {
    const answer = await browser.raw('/guide/symptoms?httpStatus=401&scimType=&idp=okta')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/guide/symptoms?httpStatus=401&idp=okta')
    expect((await browser.open('/guide/symptoms')).text).not.toContain('Findings, best first')
  })

  it('keeps a status that is in no list', async () => {
    const page = await browser.open('/guide/symptoms?httpStatus=522')
    expect(page.text).toContain('<option value="522" selected=""')
    expect(codesOn(page.text)).toContain('unknown-status')
  })

  it('passes over what others hang onto a link, and refuses what is no choice', async () => {
    expect((await browser.open('/guide/symptoms?httpStatus=401&utm_source=mail')).status).toBe(200)
    for (const query of ['httpStatus=abc', 'idp=azure', 'operation=all', 'tenantMismatch=maybe']) {
      const page = await browser.open(`/guide/symptoms?${query}`)
      expect(page.status, query).toBe(422)
    }
  })

  it('is offered only to those who may ask', async () => {
    const auditor = createBrowser(() => stage.interlock.url)
    await auditor.signIn((await stage.person('auditor')).key)
    expect((await auditor.open('/guide')).text).not.toContain('action="/guide/symptoms"')
    expect((await auditor.open('/guide/failures/unauthorized')).text).not.toContain(
      'href="/guide/symptoms"',
    )
    expect((await auditor.open('/guide/symptoms')).status).toBe(403)
  })
})
