/** `/bundles`: a bundle to be read, and its bytes for whoever is signed in. */
import type { Context } from 'hono'
import { answerBundle } from '../http/bundle-route.ts'
import type { AppEnv, Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'
import { loadBundle, storedBundle } from '../workflow/bundle-show.ts'
import { BundlePage } from './bundle-page.tsx'
import { isWhole, readingOfStored } from './bundle-reading.ts'
import type { Web } from './env.ts'
import { pageOf } from './frame.tsx'
import { lookOf } from './look.ts'

const FORMATS = ['json', 'md', 'zip', 'zip.age'] as const

const idOf = (c: Context<AppEnv>): string => c.req.param('id') ?? ''

export const mountBundlePages =
  (web: Web): Mount =>
  (app) => {
    app.get('/bundles/:id', permit('bundles.read'), async (c) => {
      const ctx = web.ctxOf(c)
      const stored = await storedBundle(ctx, idOf(c))
      const reading = readingOfStored(ctx, stored)
      const sealed = ctx.bundles.recipient !== null
      return c.html(pageOf(BundlePage({ look: lookOf(c, web.clock), stored, reading, sealed })))
    })
    for (const format of FORMATS) {
      app.get(`/bundles/:id/download.${format}`, permit('bundles.read'), async (c) => {
        const ctx = web.ctxOf(c)
        const stored = await storedBundle(ctx, idOf(c))
        // The page says why there is nothing to be had.
        if (!isWhole(readingOfStored(ctx, stored))) return c.redirect(`/bundles/${stored.id}`, 303)
        const kept = await loadBundle(ctx, stored.id)
        return answerBundle(c, kept, format, ctx.bundles.recipient)
      })
    }
  }
