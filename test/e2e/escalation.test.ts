/** A failed test, one click to its case, a token that is not taken, and support reading what arrived. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { interlock } from '../cli/child.ts'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { faultsOf } from './look.ts'
import { beginRehearsal, createToken, enterAtIdp, signIn } from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()
const TOKEN = `scim_${'w8Kd3mZq'.repeat(5)}`

/** A rotation whose test failed, and the case that one click on the page opens. */
async function failAndEscalate(page: Page): Promise<string> {
  await beginRehearsal(page)
  await enterAtIdp(page, await createToken(page))
  await page.getByRole('button', { name: /It is saved/ }).click()
  app.practice.faults.htmlErrorPage = 502
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await page.locator('.finding').first().waitFor()
  app.practice.faults.htmlErrorPage = null
  await page.getByRole('button', { name: 'Escalate to support' }).first().click()
  await page.waitForURL(/\/escalations\/esc_/)
  return page.url()
}

describe.each([
  ['with the script', true],
  ['without JavaScript', false],
])('a case, %s', (_name, javaScriptEnabled) => {
  it('goes from the failure to support and back', async () => {
    const { page, faults } = await open({ javaScriptEnabled })
    await signIn(page, app.url, await app.key('admin', 'Ada Admin'))
    const url = await failAndEscalate(page)
    // The rotation tells the failing operation as little as anybody else: a person does.
    expect(await page.getByText('Observed').count()).toBeGreaterThan(3)
    expect(await page.getByLabel('HTTP status').first().inputValue()).toBe('502')
    if (javaScriptEnabled) expect(await faultsOf(page), 'a case').toEqual([])

    await page.getByLabel('Failing operation').selectOption('update')
    if (javaScriptEnabled) await page.getByText('8 of 8 items answered').waitFor()
    await page.locator('summary').filter({ hasText: /note/ }).click()
    const note = page.getByLabel(/^Note/)
    await note.fill(`It began at noon. We use ${TOKEN}.`)
    await page.getByRole('button', { name: 'Save the answers' }).click()
    await page.getByRole('alert').filter({ hasText: /token/ }).first().waitFor()
    if (!javaScriptEnabled) {
      // The server's refusal: the page is drawn anew, and does not say the value back.
      expect(await page.content()).not.toContain(TOKEN)
      await page.getByLabel('Failing operation').selectOption('update')
      const more = page.locator('details').filter({ has: page.getByLabel(/^Note/) })
      if ((await more.getAttribute('open')) === null) await more.locator('summary').click()
    }
    await page.getByLabel(/^Note/).fill('It began at noon, after the proxy was changed.')
    await page.getByRole('button', { name: 'Save the answers' }).click()
    await page
      .getByRole('link', { name: /what would leave|preview/i })
      .first()
      .click()
    await page.getByRole('button', { name: 'Submit to support' }).waitFor()
    expect(await page.locator('main').textContent()).toContain('after the proxy was changed')
    if (javaScriptEnabled) expect(await faultsOf(page), 'a preview').toEqual([])
    await page.getByRole('button', { name: 'Submit to support' }).click()
    await page.waitForURL(url)

    const desk = await open({ javaScriptEnabled })
    await signIn(desk.page, app.url, await app.key('support', 'Sam Support'))
    expect(new URL(desk.page.url()).pathname).toBe('/escalations')
    if (javaScriptEnabled) expect(await faultsOf(desk.page), 'the inbox').toEqual([])
    await desk.page.locator('.needing a').first().click()
    await desk.page.getByRole('button', { name: 'Acknowledge' }).click()
    await desk.page
      .getByRole('link', { name: /bundle/i })
      .first()
      .click()
    await desk.page.getByRole('heading', { name: 'Integrity' }).waitFor()
    if (javaScriptEnabled) expect(await faultsOf(desk.page), 'a bundle').toEqual([])
    const read = (await desk.page.locator('main').textContent()) ?? ''
    for (const word of ['502', 'update', 'practice', 'after the proxy was changed']) {
      expect(read).toContain(word)
    }
    expect(read).not.toContain(TOKEN)
    await verifies(desk.page)

    await desk.page.goBack()
    await desk.page.getByLabel('What it was').selectOption({ index: 1 })
    await desk.page.getByRole('button', { name: 'Resolve' }).click()
    await page.goto(url)
    expect(await page.locator('main').textContent()).toMatch(/resolved/i)
    expect(app.log.join('')).not.toContain(TOKEN)
    expect([...faults, ...desk.faults]).toEqual([])
  })
})

/** What support downloads, looked at by the command that needs nobody's word. */
async function verifies(page: Page): Promise<void> {
  const href = await page.getByRole('link', { name: /zip/i }).first().getAttribute('href')
  const answer = await page.request.get(`${app.url}${href ?? ''}`)
  expect(answer.status()).toBe(200)
  const folder = await mkdtemp(join(tmpdir(), 'interlock-zip-'))
  const file = join(folder, 'bundle.zip')
  await writeFile(file, await answer.body())
  expect((await interlock(['bundle', 'verify', file])).exit).toBe(0)
  await rm(folder, { recursive: true })
}
