/** An event in another tenant stops everything, until a named person says why it may go on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { beginRehearsal, signIn, toVerify } from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()

describe.each([
  ['with the script', true],
  ['without JavaScript', false],
])('an event that names another tenant, %s', (_name, javaScriptEnabled) => {
  it('halts the rotation, and only a reason lets it go on', async () => {
    const { page, faults } = await open({ javaScriptEnabled })
    await signIn(page, app.url, await app.key('admin', 'Ada Admin'))
    await beginRehearsal(page)
    const rotation = page.url()
    await toVerify(page)

    await page.locator('summary').filter({ hasText: 'Record an event' }).click()
    const form = page.locator('form[action$="/event"]')
    await form.getByLabel('Its id there').fill('log-entry-4711')
    await form.getByLabel('Tenant it names').fill('globex-eu')
    await form.getByRole('button', { name: 'Record this event' }).click()

    await page.getByRole('heading', { name: /^Halted/ }).waitFor()
    const halted = (await page.locator('.now').textContent()) ?? ''
    expect(halted).toContain('globex-eu')
    expect(halted).toContain('practice')
    expect(await page.getByRole('button', { name: /Look now|^Revoke/ }).count()).toBe(0)

    // The home page puts it first, and another rotation cannot begin.
    await page.getByRole('link', { name: 'Interlock', exact: true }).click()
    const row = page.locator('.needing li').first()
    expect(await row.textContent()).toMatch(/Halted|Stopped/)
    await row.getByRole('link', { name: /^Practice Okta/ }).click()
    expect(await page.getByRole('button', { name: 'Start the rotation' }).count()).toBe(0)

    const hold = page.getByLabel('Why this is the right tenant')
    if ((await hold.count()) > 0) {
      await hold.fill('The log entry was of another app; looked at with the Okta team')
      await page.getByRole('button', { name: 'Confirm the tenant' }).click()
    }
    await page.goto(rotation)
    await page.getByLabel(/What was wrong/).fill('The log entry belonged to another app')
    await page.getByRole('button', { name: 'Resume the rotation' }).click()
    // What rested on the wrong tenant is asked for again.
    await page.getByRole('heading', { name: 'Now: test with the new token' }).waitFor()
    await page
      .locator('summary')
      .filter({ hasText: /^Journal/ })
      .click()
    const journal = (await page.locator('.journal').textContent()) ?? ''
    expect(journal).toContain('Resumed, Ada Admin')
    expect(journal).toContain('The log entry belonged to another app')
    expect(faults).toEqual([])
  })
})
