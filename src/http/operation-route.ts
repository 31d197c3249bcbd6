/** For those who run Interlock: is it alive, is it ready, what does it count, what can it do. */
import { z } from '@hono/zod-openapi'
import { ProblemError } from '../problem.ts'
import { docsPage } from './docs-page.tsx'
import type { App, AppDeps, Mount } from './env.ts'
import { apiDocument } from './openapi.ts'
import type { ApiDocument } from './openapi.ts'
import { ok, route } from './route.ts'

const open = { method: 'get', permission: 'anyone' } as const
const text = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
})

const Status = z.strictObject({ status: z.literal('ok') })

const healthz = route({
  ...open,
  path: '/healthz',
  summary: 'Alive',
  responses: { 200: ok(Status, 'The process answers.') },
})
const readyz = route({
  ...open,
  path: '/readyz',
  summary: 'Ready: the store can be written',
  responses: { 200: ok(Status, 'A commit would be possible.') },
})
const metricsText = route({
  ...open,
  path: '/metrics',
  summary: 'Counts for Prometheus',
  responses: { 200: text('text/plain', 'Prometheus exposition format.') },
})
const openapiJson = route({
  ...open,
  path: '/openapi.json',
  summary: 'This document',
  responses: { 200: ok(z.looseObject({}), 'OpenAPI 3.1.') },
})
const docs = route({
  ...open,
  path: '/docs',
  summary: 'This document as a page',
  responses: { 200: text('text/html', 'Every operation with its schemas.') },
})

export const mountOperations =
  ({ store, metrics, log }: Pick<AppDeps, 'store' | 'metrics' | 'log'>): Mount =>
  (app: App) => {
    // Made at the first question: by then every route is mounted.
    let made: ApiDocument | undefined
    const document = (): ApiDocument => (made ??= apiDocument(app))

    app.openapi(healthz, (c) => c.json({ status: 'ok' as const }, 200))
    app.openapi(readyz, async (c) => {
      await store.ready().catch((error: unknown) => {
        log.error({ requestId: c.get('requestId'), error }, 'store not ready')
        throw new ProblemError('unavailable', 'The store cannot be written.')
      })
      return c.json({ status: 'ok' as const }, 200)
    })
    app.openapi(metricsText, async (c) =>
      c.body(await metrics.render(), 200, { 'Content-Type': metrics.contentType }),
    )
    app.openapi(openapiJson, (c) => c.json(document() as unknown as Record<string, never>, 200))
    app.openapi(docs, (c) => c.html(docsPage(document(), c.get('secureHeadersNonce') ?? '')))
  }
