/** The whole rotation without a pointer: Tab, Enter and typing. Focus is visible wherever it goes. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { untilItMayBegin } from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()

/** What a screen reader would call the focused element, and whether one sees that it is focused. */
const FOCUSED = `(() => {
  const element = document.activeElement
  const label = element.labels && element.labels[0]
  const name = element.getAttribute('aria-label') || (label || element).textContent.trim()
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  return { name, visible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 }
})()`

async function tabTo(page: Page, name: RegExp): Promise<void> {
  // Before its style sheet has come, a page shows no focus of ours.
  await page.waitForLoadState()
  const passed: string[] = []
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<{ name: string; visible: boolean }>(FOCUSED)
    expect(focused.visible, `focus on “${focused.name}” is seen`).toBe(true)
    if (name.test(focused.name)) return
    passed.push(focused.name)
  }
  throw new Error(`${String(name)} was not reached: ${passed.join(', ')}`)
}

async function press(page: Page, name: RegExp, then: RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
  await page.getByText(then).first().waitFor()
}

async function type(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

it('goes from signing in to the certificate', async () => {
  const { page, faults } = await open()
  await page.goto(`${app.url}/sign-in`)
  await type(page, /^Your key/, await app.key('admin'))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  // The first stop of every page leads past its navigation.
  await page.waitForLoadState()
  await page.keyboard.press('Tab')
  expect((await page.evaluate<{ name: string }>(FOCUSED)).name).toBe('Skip to the content')
  await press(page, /practice rotation/, /Now: create the new token/)
  await press(page, /^Create the new token/, /shown this once/)
  const value = (await page.locator('[data-once] code').last().textContent()) ?? ''
  await type(page, /^API token field/, `Bearer ${value}`)
  await page.keyboard.press('Enter')
  await page.getByText('It is not saved.').waitFor()
  await press(page, /^Save$/, /saved what its form holds/)
  await press(page, /^It is saved/, /Now: test with the new token/)
  await press(page, /^Test the connection/, /Now: make one real change/)
  await press(page, /^Make the one-time value/, /Set Title to/)
  await untilItMayBegin(page)
  await press(page, /^Save the profile/, /Okta sent the change/)
  await expect
    .poll(
      async () => {
        await tabTo(page, /^(Look now|Last four)/)
        const { name } = await page.evaluate<{ name: string }>(FOCUSED)
        if (name === 'Look now') await page.keyboard.press('Enter')
        await page.waitForLoadState()
        return page.getByLabel(/^Last four/).count()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1)
  const shown = (await page.locator('.now p code').first().textContent()) ?? ''
  await page.reload()
  await type(page, /^Last four/, shown.slice(-4))
  await press(page, /^Revoke the old token/, /answers 401/)
  await press(page, /^Certificate/, /Certificate of a token rotation/)
  expect(faults).toEqual([])
})
