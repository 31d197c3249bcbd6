/** What the script adds: other people's steps appear by themselves, times are the reader's, values copy with a click. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { beginRehearsal, createToken, signIn, toVerify } from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()

it('a step that somebody else takes appears without a reload, and disturbs nobody who is typing', async () => {
  const mine = await open()
  const theirs = await open()
  await signIn(mine.page, app.url, await app.key('admin', 'Ada'))
  await signIn(theirs.page, app.url, await app.key('admin', 'Bob'))
  await beginRehearsal(mine.page)
  await theirs.page.goto(mine.page.url())
  await createToken(theirs.page)
  await mine.page.getByRole('heading', { name: 'Now: put the new token into Okta' }).waitFor()
  // What is shown once was shown to the one who made it.
  expect(await mine.page.locator('[data-once]').count()).toBe(0)

  await mine.page
    .locator('summary')
    .filter({ hasText: /^Abandon$/ })
    .click()
  const reason = mine.page.locator('form[action$="/abandon"]').getByLabel('Reason')
  await reason.fill('half a sent')
  await theirs.page.getByRole('button', { name: /It is saved/ }).click()
  await mine.page.getByText('Something has changed since this page was drawn').waitFor()
  expect(await reason.inputValue()).toBe('half a sent')
  await mine.page.getByRole('link', { name: 'Load it again' }).click()
  await mine.page.getByRole('heading', { name: 'Now: test with the new token' }).waitFor()
  expect([...mine.faults, ...theirs.faults]).toEqual([])
})

it('times are in the reader’s zone, with UTC on hover; without the script they say UTC', async () => {
  const key = await app.key('admin')
  const { page } = await open({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' })
  await signIn(page, app.url, key)
  await beginRehearsal(page)
  const started = page.locator('.bar time').first()
  const at = new Date((await started.getAttribute('datetime')) ?? '')
  const there = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tokyo',
  })
  expect(await started.textContent()).toBe(there.format(at))
  expect(await started.getAttribute('title')).toBe(
    `${at.getUTCDate()} ${at.toUTCString().slice(8, 16)}, ${at.toISOString().slice(11, 19)} UTC`,
  )
  const plain = await open({ javaScriptEnabled: false })
  await signIn(plain.page, app.url, key)
  await plain.page.goto(page.url())
  expect(await plain.page.locator('.bar time').first().textContent()).toBe(
    `${at.toISOString().slice(11, 16)} UTC`,
  )
})

it('a value is copied by a button that says so', async () => {
  const { page, context, faults } = await open()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, app.url, await app.key('admin'))
  await beginRehearsal(page)
  const value = await toVerify(page)
  await page.getByRole('button', { name: 'Make the one-time value' }).click()
  await page.getByRole('button', { name: 'Copy the one-time value' }).click()
  await page.getByRole('button', { name: 'Copied the one-time value' }).waitFor()
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(/^interlock-/)
  expect(await page.content()).not.toContain(value)
  expect(faults).toEqual([])
})

it('what is odd about a base URL is said while it is typed', async () => {
  const { page, faults } = await open()
  await signIn(page, app.url, await app.key('admin'))
  await page.goto(`${app.url}/connections/new`)
  await page.getByLabel('Environment').fill('production')
  const field = page.getByLabel('SCIM base URL')
  await field.fill('https://staging.portal.example/scim/v2/Users')
  await page.getByText('names a resource such as /Users').waitFor()
  await page.getByText('the host looks like another one').waitFor()
  // A screen reader finds it where the field says.
  const described = await field.getAttribute('aria-describedby')
  expect(await page.locator(`#${described ?? ''}`).textContent()).toContain('/Users')
  await field.fill('https://portal.example/scim/v2')
  await expect.poll(() => page.locator(`#${described ?? ''}`).textContent()).toBe('')
  expect(faults).toEqual([])
})
