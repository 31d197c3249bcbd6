/** Changes name the revision they were made for (RFC 9110 §13.1.1), so that nobody overwrites what they did not see. */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ProblemError } from '../problem.ts'
import type { AppEnv } from './env.ts'

export const etag = (revision: number): string => `"${revision}"`

/** `"7"` → 7. A weak tag, a list and `*` could stand for something nobody looked at: refused. */
export function parseIfMatch(header: string | undefined): number {
  if (header === undefined) throw new ProblemError('precondition-required')
  const digits = /^"([1-9]\d{0,14})"$/.exec(header.trim())?.[1]
  if (digits === undefined) throw new ProblemError('bad-precondition')
  return Number(digits)
}

/** For verbs that compare by themselves: 412 with the revision that holds now. */
export function refuseStale(expected: number, current: number): void {
  if (expected !== current) {
    throw new ProblemError('stale-revision', undefined, { currentRevision: current })
  }
}

export const requireIfMatch = createMiddleware<AppEnv>(async (c, next) => {
  c.set('expectedRevision', parseIfMatch(c.req.header('If-Match')))
  await next()
})

/** The revision the answer shows, for the next change. */
export function setEtag(c: Context<AppEnv>, revision: number): void {
  c.header('ETag', etag(revision))
}
