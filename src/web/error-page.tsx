/** A refusal as a page: what is, and what to do. Scripts get problem details instead. */
import type { Context } from 'hono'
import type { AppEnv } from '../http/env.ts'
import { problemBody } from '../problem.ts'
import type { ProblemError } from '../problem.ts'
import { pageOf, Frame } from './frame.tsx'
import { lookOf } from './look.ts'
import type { Look } from './look.ts'

const ErrorPage = (props: { look: Look; problem: ProblemError; requestId: string }) => {
  const { look, problem, requestId } = props
  const { title, detail, remedy } = problemBody(problem, requestId)
  // Its 404 says itself what to do: nothing in the guide belongs to a tenant.
  const inGuide = problem.code === 'not-found' && look.path.startsWith('/guide/')
  return (
    <Frame look={look} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        {detail !== `${title}.` && <p>{detail}</p>}
        {!inGuide && <p>{WORDS[problem.code] ?? remedy}</p>}
        <p>
          {inGuide && (
            <>
              <a class="button" href="/guide">
                To the guide
              </a>{' '}
            </>
          )}
          <a class="button" href="/">
            {look.principal === null ? 'Sign in' : 'To the start'}
          </a>
        </p>
        <p class="quiet">
          {problem.status} · request {requestId}
        </p>
      </div>
    </Frame>
  )
}

/** The catalogue speaks to scripts; a person with a browser does something else. */
const WORDS: Readonly<Partial<Record<ProblemError['code'], string>>> = {
  unauthenticated: 'Sign in with your key, then open the page again.',
  forbidden: 'Sign in with a key whose role and tenants allow it, or ask somebody who holds one.',
  'not-found': 'It may have been deleted, or it belongs to a tenant that your key is not for.',
  throttled: 'Wait a minute, then try again with a valid key.',
  'precondition-required': 'Open the page again and repeat: the form was not complete.',
}

const isApi = (path: string): boolean =>
  /^\/(v1|openapi\.json|metrics|healthz|readyz)(\/|$)/.test(path)

/** For `AppDeps.errorPage`. Somebody who is not signed in is led to the form, and back afterwards. */
export const errorPage =
  (clock: () => number) =>
  (c: Context<AppEnv>, problem: ProblemError): Response | null => {
    const { method, path } = c.req
    if (isApi(path) || !(c.req.header('Accept') ?? '').includes('text/html')) return null
    if (problem.code === 'unauthenticated' && method === 'GET') {
      return c.redirect(
        path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`,
        303,
      )
    }
    const page = ErrorPage({ look: lookOf(c, clock), problem, requestId: c.get('requestId') })
    const retry = problem.extensions.retryAfterSeconds
    return c.newResponse(pageOf(page), problem.status, {
      'Content-Type': 'text/html; charset=utf-8',
      ...(retry === undefined ? {} : { 'Retry-After': String(retry) }),
    })
  }
