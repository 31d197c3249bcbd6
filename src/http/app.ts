/**
 * The border. Order, and why: request id (everything after it names it) → log (sees every answer) →
 * headers → body limit (before any parsing) → time limit → [under /v1: no-store → who asks → no token in the address → repeats]
 * → per route: permission → media type → If-Match → schema → handler. `onError` has the last word.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { ProblemError } from '../problem.ts'
import { mountAudit } from './audit-route.ts'
import { authenticate, limiterFor } from './authenticate.ts'
import type { App, AppDeps, AppEnv, Mount } from './env.ts'
import { idempotency } from './idempotency.ts'
import { fieldErrors } from './invalid-input.ts'
import { mountKeys } from './key-route.ts'
import { allowedMethods } from './method.ts'
import { mountOperations } from './operation-route.ts'
import { declaredRoutes } from './permit.ts'
import { onError, problemResponse } from './problem-response.ts'
import { requestId, requestLog } from './request-log.ts'
import { guardAddress } from './token-guard.ts'

const MOST_BYTES = 256 * 1024

/** `mounts` add their routes behind the same border. Throws when one of them declares no permission. */
export function createApp(deps: AppDeps, mounts: readonly Mount[] = []): App {
  const app: App = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      // An id that cannot be one is a thing that does not exist.
      if (result.target === 'param') throw new ProblemError('not-found')
      const errors = fieldErrors(result.error, 'data' in result ? result.data : undefined)
      throw new ProblemError('invalid-input', undefined, { errors })
    },
  })
  const limiter = limiterFor(deps)
  const allowed = allowedMethods(app)

  app.use(requestId)
  app.use(requestLog(deps))
  app.use(headersFor(deps.https))
  app.use(limitBody)
  app.use(timeout(deps.timeoutMs ?? 30_000))
  app.use('/v1/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    await next()
  })
  app.use('/v1/*', authenticate(deps, limiter))
  app.use('/v1/*', guardAddress(deps.guardInput))
  app.use('/v1/*', idempotency(deps))

  const shown = (c: Context<AppEnv>, problem: ProblemError): Response => {
    c.set('problem', problem.code)
    return deps.errorPage?.(c, problem) ?? problemResponse(c, problem)
  }
  app.onError(onError(deps.log, shown))
  app.notFound((c) => {
    const allow = allowed(c.req.path)
    const problem =
      allow.length === 0
        ? new ProblemError('not-found')
        : new ProblemError('method-not-allowed', undefined, { allow })
    return shown(c, problem)
  })

  const own = [mountOperations(deps), mountKeys(deps), mountAudit(deps.store)]
  for (const mount of [...own, ...mounts]) mount(app, { limiter })
  declaredRoutes(app)
  return app
}

const limited = bodyLimit({
  maxSize: MOST_BYTES,
  onError: () => {
    throw new ProblemError('payload-too-large')
  },
})

/** A GET has no body by the time it is here; asking it for one makes the whole request anew. */
const limitBody = createMiddleware<AppEnv>((c, next) =>
  c.req.method === 'GET' ? next() : limited(c, next),
)

/** One page has a style of its own; a nonce for every other answer would be made for nothing. */
function headersFor(https: boolean): MiddlewareHandler<AppEnv> {
  const usual = secureHeaders(headers(https, []))
  const withNonce = secureHeaders(headers(https, [NONCE]))
  return (c, next) => (c.req.path === '/docs' ? withNonce : usual)(c, next)
}

const headers = (https: boolean, nonce: (typeof NONCE)[]) => ({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
    styleSrc: ["'self'", ...nonce],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // With `no-referrer` a browser names no origin on our own forms, and we could not tell them from forged ones.
  referrerPolicy: 'same-origin',
  strictTransportSecurity: https && 'max-age=31536000; includeSubDomains',
})
