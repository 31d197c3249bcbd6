/**
 * `/sign-in`. Looking at the one-time link uses nothing up; pressing its button does. What opens is a
 * session: the key itself never goes into a cookie.
 */
import type { Context } from 'hono'
import type { Keys } from '../access/key.ts'
import type { Sessions } from '../access/session.ts'
import type { SignIn } from '../access/sign-in.ts'
import { addressOf, refuseWhileWaiting } from '../http/authenticate.ts'
import type { AppEnv, Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'
import { Secret } from '../secret.ts'
import { forgetSession, keepSession, readSession } from './cookie.ts'
import { readForm } from './form.ts'
import { pageOf } from './frame.tsx'
import { lookOf } from './look.ts'
import { AskPage, ClosedPage, KeyPage, SignInPage } from './sign-in-page.tsx'

interface SignInDeps {
  signIn: SignIn
  keys: Pick<Keys, 'authenticate'>
  sessions: Sessions
  clock: () => number
  https: boolean
}

type C = Context<AppEnv>

const KEY = /^ilk_[A-Za-z0-9_-]{28,252}$/

export function mountSignIn({ signIn, keys, sessions, clock, https }: SignInDeps): Mount {
  const look = (c: C) => lookOf(c, clock)
  const begin = (c: C, keyId: string): void => keepSession(c, sessions.open(keyId), https)

  return (app, { limiter }) => {
    const closed = (c: C): Response | Promise<Response> => {
      limiter.failed(addressOf(c))
      c.set('problem', 'sign-in-closed')
      return c.html(pageOf(ClosedPage({ look: look(c) })), 404)
    }
    app.use('/sign-in/*', async (c, next) => {
      refuseWhileWaiting(limiter, c)
      await next()
      c.header('Cache-Control', 'no-store')
    })
    app.get('/sign-in', permit('anyone'), (c) => {
      const next = placeOf(c.req.query('next'))
      if (c.get('principal') !== undefined) return c.redirect(next, 303)
      return c.html(pageOf(SignInPage({ look: look(c), next, refused: false })))
    })
    app.post('/sign-in', permit('anyone'), async (c) => {
      const fields = await readForm(c)
      const next = placeOf(fields['next'])
      const typed = (fields['key'] ?? '').trim()
      const principal = KEY.test(typed) ? await keys.authenticate(new Secret(typed)) : null
      if (principal === null) {
        limiter.failed(addressOf(c))
        c.set('problem', 'unauthenticated')
        return c.html(pageOf(SignInPage({ look: look(c), next, refused: true })), 401)
      }
      end(c)
      begin(c, principal.actor.id)
      return c.redirect(next, 303)
    })
    app.get('/sign-in/:code', permit('anyone'), (c) =>
      signIn.isOpen(new Secret(c.req.param('code')))
        ? c.html(pageOf(AskPage({ look: look(c) })))
        : closed(c),
    )
    app.post('/sign-in/:code', permit('anyone'), async (c) => {
      const value = await signIn.redeem(new Secret(c.req.param('code')))
      if (value === null) return closed(c)
      const principal = await keys.authenticate(value)
      if (principal !== null) begin(c, principal.actor.id)
      return c.html(pageOf(KeyPage({ look: look(c), value })))
    })
    app.post('/sign-out', permit('anyone'), (c) => {
      end(c)
      forgetSession(c, https)
      return c.redirect('/sign-in', 303)
    })
  }

  function end(c: C): void {
    const cookie = readSession(c, https)
    if (cookie !== null) sessions.end(cookie)
  }
}

/** A path of ours to go on to; anything that could lead elsewhere is the home page. */
export const placeOf = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(next) ? next : '/'
