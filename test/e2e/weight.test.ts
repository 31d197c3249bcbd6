/** What the rotation's page costs over the wire, with everything it needs, the first time it is opened. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp } from './app.ts'
import type { App } from './app.ts'
import { withChrome } from './chrome.ts'
import { beginRehearsal, changePilot, signIn, toVerify, untilReady } from './walk.ts'

const PAGE = 60 * 1024
const SCRIPT = 15 * 1024

let app: App
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const open = withChrome()

it('stays under 60 KB, its script under 15 KB', async ({ annotate }) => {
  const { page, context } = await open()
  await signIn(page, app.url, await app.key('admin'))
  await beginRehearsal(page)
  const rotation = page.url()
  await toVerify(page)
  await changePilot(page)
  await untilReady(page)

  // A window of its own: nothing is cached there.
  const fresh = await open({ storageState: await context.storageState() })
  const requests: Promise<{ url: string; bytes: number }>[] = []
  fresh.page.on('requestfinished', (request) => {
    requests.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => ({
        url: new URL(request.url()).pathname,
        bytes: responseBodySize + responseHeadersSize,
      })),
    )
  })
  await fresh.page.goto(rotation)
  await fresh.page.getByRole('heading', { name: 'Now: revoke the old token' }).waitFor()
  const all = await Promise.all(requests)
  const bytes = all.reduce((sum, each) => sum + each.bytes, 0)
  const script = all.filter(({ url }) => url.endsWith('.js'))
  await annotate(all.map(({ url, bytes }) => `${url} ${bytes}`).join(', '))
  await annotate(`in all ${bytes} bytes`)
  expect(script).toHaveLength(1)
  expect(all.some(({ url }) => url.endsWith('.css'))).toBe(true)
  expect(script[0]?.bytes ?? Infinity).toBeLessThanOrEqual(SCRIPT)
  expect(bytes).toBeLessThanOrEqual(PAGE)
})
