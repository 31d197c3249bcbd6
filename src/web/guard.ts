/**
 * Who is looking, for everything that is not the API: the cookie's session becomes the principal, as
 * a key does under /v1. A form must come from our own page: by what the browser says of its origin,
 * and by the token only our page knows.
 */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { sameCsrf } from '../access/session.ts'
import type { Sessions } from '../access/session.ts'
import type { AppEnv, GuardInput } from '../http/env.ts'
import { refuseTokens } from '../http/token-guard.ts'
import { ProblemError } from '../problem.ts'
import { readSession } from './cookie.ts'
import { readForm } from './form.ts'

export interface GuardDeps {
  sessions: Sessions
  https: boolean
  /** PUBLIC_URL's host, where a proxy in front may have put another one into `Host`. */
  publicHost?: string | null
}

const NOT_OURS =
  'This form did not come from a page of this sign-in. Open the page again and repeat.'

const isApi = (path: string): boolean => path === '/v1' || path.startsWith('/v1/')

/** Before every page. Nobody is turned away here: a route's `permit` does that. */
export const sessionOf = ({ sessions, https, publicHost = null }: GuardDeps) =>
  createMiddleware<AppEnv>(async function sessionOf(c, next) {
    const cookie = isApi(c.req.path) ? null : readSession(c, https)
    const session = cookie === null ? null : await sessions.find(cookie)
    if (session !== null) {
      c.set('session', session)
      c.set('principal', session.principal)
      c.set('actor', session.principal.actor)
      c.set('scope', session.principal.scope)
    }
    if (!isApi(c.req.path) && c.req.method === 'POST') await refuseForged(c, publicHost)
    return next()
  })

/** A token pasted into a search field stands in the address, and so in every log on the way. */
export const guardQuery = (guardInput: GuardInput) =>
  createMiddleware<AppEnv>(async function guardQuery(c, next) {
    if (!isApi(c.req.path)) refuseTokens(guardInput, { query: Object.entries(c.req.query()) })
    await next()
    if (!isApi(c.req.path) && !c.res.headers.has('Cache-Control')) {
      c.header('Cache-Control', 'no-store')
    }
  })

/** Signing in has no session yet and so no token: there the origin alone decides. */
async function refuseForged(c: Context<AppEnv>, publicHost: string | null): Promise<void> {
  if (!isOurOrigin(c, publicHost)) throw new ProblemError('forbidden', NOT_OURS)
  const session = c.get('session')
  if (session === undefined) return
  const { csrf = '' } = await readForm(c)
  const signsIn = c.req.path === '/sign-in' || c.req.path.startsWith('/sign-in/')
  if (!signsIn && !sameCsrf(session.csrf, csrf)) throw new ProblemError('forbidden', NOT_OURS)
}

/** A browser always says where a form came from; what says nothing is a script that holds no cookie by accident. */
function isOurOrigin(c: Context<AppEnv>, publicHost: string | null): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('Origin')
  if (origin === undefined) return true
  const host = URL.canParse(origin) ? new URL(origin).host : ''
  return host !== '' && (host === c.req.header('Host') || host === publicHost)
}
