/** A token pasted into a field that is for words: it stays in the browser, and the server refuses it again. */
import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { beginRehearsal, signIn } from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()
const random = (): string => randomBytes(24).toString('base64url')
const PASTED = [
  ['a SCIM token in a sentence', () => `we used scim_${random()} until noon`],
  ['a header', () => `Authorization: Bearer ${random()}`],
  ['a bare run', () => `it is ${random()}7aQ`],
] as const

/** The field for a reason, under “Halt”. */
async function paste(page: Page, text: string): Promise<void> {
  await page
    .locator('summary')
    .filter({ hasText: /^Halt$/ })
    .click()
  const form = page.locator('form[action$="/halt"]')
  await form.getByLabel('Reason').fill(text)
  await form.getByRole('button', { name: 'Halt the rotation' }).click()
}

describe.each(PASTED)('%s', (_name, make) => {
  it('is not sent', async () => {
    const { page, faults } = await open()
    await signIn(page, app.url, await app.key('admin'))
    await beginRehearsal(page)
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    await paste(page, make())
    await page.getByRole('alert').filter({ hasText: 'looks like a token' }).waitFor()
    expect(posts).toEqual([])
    // Taken out, the words go through.
    await page.locator('form[action$="/halt"]').getByLabel('Reason').fill('we wait for the team')
    await page.getByRole('button', { name: 'Halt the rotation' }).click()
    await page.getByRole('heading', { name: /^Halted/ }).waitFor()
    expect(faults).toEqual([])
  })

  it('is refused by the server, and not said back, where no script runs', async () => {
    const { page, faults } = await open({ javaScriptEnabled: false })
    await signIn(page, app.url, await app.key('admin'))
    await beginRehearsal(page)
    const text = make()
    const secret = text.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? ''
    await paste(page, text)
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(/token[\s\S]*exposed/)
    expect(await page.content()).not.toContain(secret)
    expect(app.log.join('')).not.toContain(secret)
    expect(faults).toEqual([])
  })
})
