import { createMiddleware } from 'hono/factory'
import { ProblemError } from '../problem.ts'
import type { AppEnv } from './env.ts'

/**
 * A body must say that it is JSON, even where every field is optional: otherwise it would be taken
 * for an empty one and accepted unread. No bytes at all are no body, whatever Content-Type says.
 */
export const jsonBody = createMiddleware<AppEnv>(async (c, next) => {
  const type = c.req.header('Content-Type')
  const empty = (await c.req.text()) === ''
  if (
    !empty &&
    !/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type?.trim() ?? '')
  )
    throw new ProblemError('not-json')
  if (empty && type !== undefined) {
    const headers = new Headers(c.req.raw.headers)
    headers.delete('Content-Type')
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers })
  }
  await next()
})
