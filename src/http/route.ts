/**
 * One route's contract: `createRoute` of @hono/zod-openapi with what every route of ours must say
 * (who may) and what follows from it (which refusals, which middleware, which parameters).
 */
import { createRoute } from '@hono/zod-openapi'
import type { RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import type { ProblemCode } from '../problem-catalogue.ts'
import { assertClosed } from './closed-schema.ts'
import type { AppEnv } from './env.ts'
import { requireIfMatch } from './if-match.ts'
import { jsonBody } from './json-body.ts'
import { permit } from './permit.ts'
import type { Needed } from './permit.ts'
import { refusalResponses } from './problem-schema.ts'

interface Declared {
  permission: Needed
  summary: string
  /** What this route can refuse beyond what every route can. */
  refusals?: readonly ProblemCode[]
  /** A change: If-Match is required, `c.get('expectedRevision')` holds it. */
  ifMatch?: boolean
  /**
   * Members of the answer that hold a token value and are never shown again to a repeated request.
   * Default: every member named token, key or value.
   */
  shownOnce?: readonly string[]
}

type Config<P extends string> = Declared &
  Omit<RouteConfig, 'path' | 'middleware' | 'security' | 'parameters' | 'hide'> & { path: P }

/** Keeps the literal types: `c.req.valid` and the handler's answers are checked against them. */
type Contract<R> = R & { getRoutingPath(): string }

/** An application/json body. Always "required" to the validator; the document says when `{}` may be left out. */
export const json = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

/** A JSON answer. */
export const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Register it with `app.openapi(contract, handler)`. Throws at start when its input schemas are not closed. */
export function route<P extends string, R extends Config<P>>(config: R): Contract<R> {
  const { permission, refusals = [], ifMatch = false, shownOnce, ...rest } = config
  const body = bodySchema(config)
  const middleware: MiddlewareHandler<AppEnv>[] = [permit(permission)]
  if (shownOnce !== undefined) middleware.push(hide(shownOnce))
  if (body !== undefined) middleware.push(jsonBody)
  if (ifMatch) middleware.push(requireIfMatch)
  closeInputs(config)
  const parameters = [
    ...(ifMatch ? [IF_MATCH] : []),
    ...(config.method === 'post' && permission !== 'anyone' ? [IDEMPOTENCY_KEY] : []),
  ]
  const contract = {
    ...rest,
    middleware,
    'x-permission': permission,
    // The validator would let a body that is not "required" past unread; `openapi.ts` says it right.
    ...(body?.safeParse({}).success === true ? { [BODY_OPTIONAL]: true } : {}),
    ...(permission === 'anyone' ? {} : { security: [{ key: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: { ...config.responses, ...refusalResponses([...implied(config), ...refusals]) },
  }
  return createRoute(contract as never)
}

/** The refusals that a route's own declaration brings with it. */
function implied(config: Config<string>): ProblemCode[] {
  const guarded = config.permission !== 'anyone'
  const codes: ProblemCode[] = ['internal', 'unavailable']
  if (guarded) codes.push('unauthenticated', 'forbidden', 'throttled')
  if (config.request?.params !== undefined) codes.push('not-found')
  if (config.request?.query !== undefined) codes.push('invalid-input')
  if (bodySchema(config) !== undefined)
    codes.push('invalid-input', 'not-json', 'malformed-json', 'payload-too-large')
  if (config.ifMatch === true)
    codes.push('precondition-required', 'bad-precondition', 'stale-revision')
  if (guarded && config.method === 'post')
    codes.push('bad-idempotency-key', 'idempotency-key-reused', 'idempotency-in-flight')
  return codes
}

const bodySchema = (config: Config<string>): z.ZodType | undefined => {
  const media = config.request?.body?.content['application/json']
  if (media === undefined || !('schema' in media)) return undefined
  return isSchema(media.schema) ? media.schema : undefined
}

const isSchema = (schema: object): schema is z.ZodType => 'safeParse' in schema

function closeInputs(config: Config<string>): void {
  const name = `${config.method} ${config.path}`
  const body = bodySchema(config)
  if (body !== undefined) assertClosed(body, `${name} body`)
  if (config.request?.query !== undefined) assertClosed(config.request.query, `${name} query`)
}

const hide =
  (members: readonly string[]): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('shownOnce', members)
    await next()
  }

/** Marks an operation whose body may be left out. */
export const BODY_OPTIONAL = 'x-body-optional'

const IF_MATCH = {
  in: 'header',
  name: 'If-Match',
  required: true,
  description: 'The revision this change was made for, as the ETag of the last answer: "7".',
  schema: { type: 'string', pattern: '^"[1-9][0-9]*"$' },
} as const

const IDEMPOTENCY_KEY = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  description: 'Repeating the request with the same key and body gets the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
} as const
