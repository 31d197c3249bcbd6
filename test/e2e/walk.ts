/** The steps of a rehearsal as a person takes them, by what stands on the page. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export async function signIn(page: Page, url: string, key: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Your key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** From the home page to a practice rotation's first step. */
export async function beginRehearsal(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Interlock', exact: true }).click()
  await page.getByRole('button', { name: /practice rotation/ }).click()
  await page.getByRole('heading', { name: 'Now: create the new token' }).waitFor()
}

/** → the value, as it stands on the page this once. */
export async function createToken(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Create the new token' }).click()
  await page.getByRole('heading', { name: 'The new token, shown this once' }).waitFor()
  return (await page.locator('[data-once] code').last().textContent()) ?? ''
}

/** Enters a value into the practice Okta's form and saves it there. */
export async function enterAtIdp(page: Page, value: string): Promise<void> {
  const panel = page.locator('.panel')
  await panel.getByLabel('API token field').fill(`Bearer ${value}`)
  await panel.getByRole('button', { name: 'Enter it in the form' }).click()
  await panel.getByRole('status').filter({ hasText: 'holds it' }).waitFor()
  await panel.getByRole('button', { name: 'Test API Credentials' }).click()
  await panel.getByRole('status').filter({ hasText: 'test is' }).waitFor()
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await panel.getByRole('status').filter({ hasText: 'saved what its form holds' }).waitFor()
}

/** Steps 1 to 3. → the new token. */
export async function toVerify(page: Page): Promise<string> {
  const value = await createToken(page)
  await enterAtIdp(page, value)
  await page.getByRole('button', { name: /It is saved/ }).click()
  await page.getByRole('heading', { name: 'Now: test with the new token' }).waitFor()
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await page.getByRole('heading', { name: 'Now: make one real change in Okta' }).waitFor()
  return value
}

/** The one-time value, put into the pilot's title at the IdP. */
export async function changePilot(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make the one-time value' }).click()
  await page.getByText('Set Title to').first().waitFor()
  await untilItMayBegin(page)
  await page.getByRole('button', { name: /Save the profile/ }).click()
  await page.locator('.panel').getByRole('status').filter({ hasText: 'success' }).waitFor()
}

/** The practice portal is exact to the second: until one is over the page says from when the change may be made. */
export async function untilItMayBegin(page: Page): Promise<void> {
  const warned = page.locator('.warning time').first()
  if ((await warned.count()) === 0) return
  const from = Date.parse((await warned.getAttribute('datetime')) ?? '')
  await expect.poll(() => Date.now(), { timeout: 5_000 }).toBeGreaterThan(from)
}

/** Looks until everything holds; the quiet window of a rehearsal is a second or two. */
export async function untilReady(page: Page): Promise<void> {
  const ready = page.getByRole('heading', { name: 'Now: revoke the old token' })
  await expect
    .poll(
      async () => {
        if ((await ready.count()) > 0) return true
        await page.getByRole('button', { name: 'Look now' }).click()
        await page.waitForLoadState()
        return (await ready.count()) > 0
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(true)
}

export async function readyToRevoke(page: Page): Promise<string> {
  const value = await toVerify(page)
  await changePilot(page)
  await untilReady(page)
  return value
}

export async function revoke(page: Page): Promise<void> {
  const shown = (await page.locator('.now p code').first().textContent()) ?? ''
  await page.getByLabel(/Last four characters/).fill(shown.slice(-4))
  await page.getByRole('button', { name: 'Revoke the old token' }).click()
  await page.getByRole('heading', { name: 'Rotated' }).waitFor()
}
