/** The last word on everything that was thrown: a problem of ours, or an opaque one with a request id. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Log } from '../log.ts'
import { PortalError } from '../portals/contract.ts'
import { problemBody, ProblemError } from '../problem.ts'
import { BadCursor, BadId, StaleRevision, StoreClosed, StoreInDoubt } from '../store/contract.ts'
import type { AppEnv } from './env.ts'

/** The disk or the process is out of something: nothing was changed, and it may pass. */
const EXHAUSTED = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'EACCES'])

const IN_DOUBT = 'The store does not know whether its last write is on disk; a restart finds out.'
const TOO_SLOW = 'It took too long, and may be done all the same.'

/** Whatever was thrown, as a refusal that says nothing of what was sent. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof StaleRevision) {
    return new ProblemError('stale-revision', undefined, { currentRevision: error.current })
  }
  if (error instanceof BadCursor) return new ProblemError('bad-cursor')
  if (error instanceof BadId) return new ProblemError('not-found')
  if (error instanceof StoreClosed) return new ProblemError('unavailable', 'The store is closing.')
  if (error instanceof StoreInDoubt) return new ProblemError('unavailable', IN_DOUBT)
  if (error instanceof PortalError) {
    return new ProblemError('portal-failed', undefined, { fault: error.fault })
  }
  if (error instanceof HTTPException) {
    if (error.status === 400) return new ProblemError('malformed-json')
    if (error.status === 413) return new ProblemError('payload-too-large')
    if (error.status === 415) return new ProblemError('not-json')
    // The handler cannot be stopped half-way: what it did is in the record.
    if (error.status === 504) return new ProblemError('unavailable', TOO_SLOW)
  }
  if (error instanceof Error && 'code' in error && EXHAUSTED.has(String(error.code))) {
    return new ProblemError('unavailable', 'The store could not be written; nothing was changed.')
  }
  return new ProblemError('internal')
}

export function problemResponse(c: Context<AppEnv>, problem: ProblemError): Response {
  c.set('problem', problem.code)
  const { allow, currentRevision, retryAfterSeconds } = problem.extensions
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' }
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer realm="interlock"'
  // The rest of that body is never read: a next request on this connection would be lost.
  if (problem.status === 413) headers['Connection'] = 'close'
  if (allow !== undefined) headers['Allow'] = allow.join(', ')
  if (currentRevision !== undefined) headers['ETag'] = `"${currentRevision}"`
  if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds)
  return c.body(JSON.stringify(problemBody(problem, c.get('requestId'))), problem.status, headers)
}

/** For `app.onError`. An unexpected error is logged by where it happened, not by what it said. */
export const onError =
  (log: Log, shown: (c: Context<AppEnv>, problem: ProblemError) => Response) =>
  (error: unknown, c: Context<AppEnv>): Response => {
    const problem = toProblem(error)
    if (problem.code === 'internal' || problem.code === 'unavailable') {
      log.error({ requestId: c.get('requestId'), problem: problem.code, error }, 'unexpected')
    }
    return shown(c, problem)
  }
