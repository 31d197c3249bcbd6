/** Every page and every state of it: no axe violation in either theme, no sideways scroll from 320 to 1,920 px. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { faultsOf } from './look.ts'
import {
  beginRehearsal,
  changePilot,
  createToken,
  enterAtIdp,
  revoke,
  signIn,
  untilReady,
} from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()
const isFine = async (page: Page, state: string): Promise<void> =>
  expect(await faultsOf(page), state).toEqual([])

it('signing in, the empty home page, what is not found, what is not allowed', async () => {
  const { page, faults } = await open()
  await page.goto(`${app.url}/`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await isFine(page, 'sign-in')
  await page.getByLabel('Your key').fill('ilk_this_is_no_key_of_anybody_at_all_01')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await isFine(page, 'refused')
  await signIn(page, app.url, await app.key('owner'))
  await isFine(page, 'empty home')
  await page.goto(`${app.url}/nothing/here`)
  await isFine(page, '404')
  await page.goto(`${app.url}/connections/new`)
  await isFine(page, 'a new connection')
  await signIn((await open()).page, app.url, await app.key('auditor'))
  expect(faults).toEqual([])
})

it('a rotation in each of its states, and what stands around it', async () => {
  const { page, faults } = await open()
  await signIn(page, app.url, await app.key('owner'))
  await beginRehearsal(page)
  const rotation = page.url()
  await isFine(page, 'to create')
  const value = await createToken(page)
  await isFine(page, 'the token shown')
  await page.goto(rotation)
  await isFine(page, 'to update')
  await enterAtIdp(page, value)
  await page.getByRole('button', { name: /It is saved/ }).click()
  await isFine(page, 'to test')
  app.practice.faults.htmlErrorPage = 502
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await page.locator('.finding').first().waitFor()
  await isFine(page, 'a failed test')
  app.practice.faults.htmlErrorPage = null
  await page.getByRole('button', { name: 'Test again' }).click()
  await page.getByRole('button', { name: 'Make the one-time value' }).waitFor()
  await isFine(page, 'to verify')
  await changePilot(page)
  await isFine(page, 'changed')
  await page.evaluate(
    `document.querySelectorAll('details').forEach((each) => { each.open = true })`,
  )
  await isFine(page, 'everything unfolded')
  await page.goto(rotation)
  await untilReady(page)
  await isFine(page, 'ready')
  await page.goto(`${app.url}/`)
  await isFine(page, 'home with one that needs somebody')
  await page.goto(rotation)
  await revoke(page)
  await isFine(page, 'done')
  await page.getByRole('link', { name: 'Certificate' }).click()
  await isFine(page, 'certificate')
  await page.goto(`${app.url}/`)
  await isFine(page, 'all quiet')
  await page.getByRole('link', { name: /^Practice Okta/ }).click()
  await isFine(page, 'connection')
  await page.getByLabel('A token to check with').fill(value)
  await page.getByRole('button', { name: 'Run the first checks' }).click()
  await page.locator('.checks').waitFor()
  await isFine(page, 'checked')
  await page.getByRole('link', { name: 'Change' }).click()
  await isFine(page, 'to change')
  expect(faults).toEqual([])
}, 180_000)

it('the guide, its search and its symptom form; the keys; the API’s description', async () => {
  const { page, faults } = await open()
  await signIn(page, app.url, await app.key('owner'))
  for (const path of [
    '/guide',
    '/guide?find=quarantine',
    '/guide?find=nothing-like-it',
    '/guide/symptoms?httpStatus=401&discoverySucceeds=true&idp=okta',
    '/guide/failures/wrong-tenant',
    '/guide/failures/no-such-thing',
    '/guide/idps/okta',
    '/guide/scim-errors',
    '/escalations',
    '/keys',
    '/docs',
  ]) {
    await page.goto(`${app.url}${path}`)
    await isFine(page, path)
  }
  await page.goto(`${app.url}/keys`)
  await page.getByLabel('Name').fill('a script')
  await page.getByLabel('Tenants').fill('all')
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.locator('[data-once]').waitFor()
  await isFine(page, 'a key made')
  expect(faults).toEqual([])
})

it('the certificate on paper: nothing to press, and whole moments', async () => {
  const { page } = await open()
  await signIn(page, app.url, await app.key('owner'))
  await page
    .getByRole('link', { name: /^Practice Okta/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'completed' }).click()
  await page.getByRole('link', { name: 'Certificate' }).click()
  await page.emulateMedia({ media: 'print' })
  for (const hidden of ['.top', '.unprinted', 'form', '.foot']) {
    for (const each of await page.locator(hidden).all()) expect(await each.isVisible()).toBe(false)
  }
  expect(await page.getByRole('heading', { name: 'Evidence' }).isVisible()).toBe(true)
  expect(await page.locator('.certificate').textContent()).toMatch(
    /Passed at \d+ \w+ 2\d{3}, .* UTC/,
  )
})
