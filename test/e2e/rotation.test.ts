/** The whole rotation on the practice tenant, clicked from signing in to the certificate. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { beginRehearsal, createToken, readyToRevoke, revoke, signIn } from './walk.ts'

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()
const ways = [
  ['with the script', true],
  ['without JavaScript', false],
] as const

/** The tokens that the practice portal still accepts, oldest first. */
const live = (): string[] =>
  app.practice.tokens
    .list()
    .filter((token) => token.revokedAt === null)
    .map((token) => token.id)

it('begins with the one-time link, which shows the owner key once and signs in', async () => {
  const { page, faults } = await open()
  const link = app.interlock.signInUrl ?? ''
  await page.goto(link)
  await page.getByRole('button', { name: 'Show the key' }).click()
  expect(await page.locator('output code').textContent()).toMatch(/^ilk_[\w-]{43}$/)
  await page.getByRole('link', { name: 'I have kept it: go on' }).click()
  await page.getByRole('heading', { name: 'No connections yet' }).waitFor()
  expect((await page.goto(link))?.status()).toBe(404)
  expect(faults).toEqual([])
})

describe.each(ways)('a rotation, %s', (_name, javaScriptEnabled) => {
  it('goes to the certificate, and the old token answers 401', async () => {
    const { page, faults } = await open({ javaScriptEnabled })
    await signIn(page, app.url, await app.key('admin'))
    await beginRehearsal(page)
    const before = live()
    const value = await readyToRevoke(page)

    await page.getByLabel(/Last four characters/).fill('zzzz')
    await page.getByRole('button', { name: 'Revoke the old token' }).click()
    await page.getByRole('alert').waitFor()
    expect(live()).toHaveLength(before.length + 1)

    await revoke(page)
    const done = (await page.locator('.now').textContent()) ?? ''
    expect(done).toContain('The old token answers 401')
    expect(done).toContain('The new token answers 200')
    expect(live()).toHaveLength(before.length)
    expect(live()).not.toContain(before.at(-1))

    await page.getByRole('link', { name: 'Certificate' }).click()
    await page.getByRole('heading', { name: 'Certificate of a token rotation' }).waitFor()
    const certificate = (await page.locator('.certificate').textContent()) ?? ''
    expect(certificate).toContain('Complete')
    expect(certificate).not.toContain(value)
    expect(app.log.join('')).not.toContain(value)
    expect(faults).toEqual([])
  })
})

describe.each(ways)('an early revocation, %s', (_name, javaScriptEnabled) => {
  it('is not on the page; the form sent all the same is refused with what is missing', async () => {
    const { page, faults } = await open({ javaScriptEnabled })
    await signIn(page, app.url, await app.key('admin'))
    await beginRehearsal(page)
    const id = page.url().split('/').at(-1) ?? ''
    await createToken(page)
    const before = live()
    expect(await page.getByRole('button', { name: /^Revoke/ }).count()).toBe(0)
    expect(await page.locator('[disabled]').count()).toBe(0)

    const field = (name: string) => page.locator(`main input[name=${name}]`).first().inputValue()
    const answer = await page.request.post(`${app.url}/rotations/${id}/revoke`, {
      form: { csrf: await field('csrf'), revision: await field('revision'), lastFour: 'abcd' },
      headers: { Accept: 'text/html' },
    })
    expect(answer.status()).toBe(409)
    expect(await answer.text()).toMatch(/role="alert"[\s\S]*update/i)
    expect(live()).toEqual(before)
    expect(faults).toEqual([])
  })
})
