/**
 * The one-time sign-in of the first start. Looking at the link uses nothing up; pressing the button
 * does. The answer shows the owner key once; a session cookie may take its place in `opened`.
 */
import type { Context } from 'hono'
import type { Limiter } from '../access/token-bucket.ts'
import type { Secret } from '../secret.ts'
import { Secret as Wrapped } from '../secret.ts'
import { ProblemError } from '../problem.ts'
import { refuseWhileWaiting, addressOf } from './authenticate.ts'
import type { AppDeps, AppEnv, Mount } from './env.ts'
import { permit } from './permit.ts'
import { asPage, PlainPage } from './plain-page.tsx'

const askPage = (nonce: string): string =>
  asPage(
    <PlainPage title="Make the first owner key" nonce={nonce}>
      <p>
        The next page shows a key that may do everything in this Interlock. It is shown once. Have a
        password manager at hand.
      </p>
      <form method="post">
        <button type="submit">Show the key</button>
      </form>
    </PlainPage>,
  )

const keyPage = (key: Secret, nonce: string): string =>
  asPage(
    <PlainPage title="Your owner key" nonce={nonce}>
      <output aria-label="Owner key">{key.reveal()}</output>
      <p>
        Shown this once, to you. Keep it in a password manager and send it as{' '}
        <code>Authorization: Bearer …</code>. If it is lost before you have made another, stop
        Interlock, set INTERLOCK_BOOTSTRAP_KEY and start it again.
      </p>
    </PlainPage>,
  )

const closedPage = (nonce: string): string =>
  asPage(
    <PlainPage title="This sign-in link is not open" nonce={nonce}>
      <p>
        It was used, it is older than 15 minutes, or Interlock was restarted. A restart prints a new
        one for as long as nobody holds an owner key.
      </p>
    </PlainPage>,
  )

export function mountSignIn({ signIn }: Pick<AppDeps, 'signIn'>, limiter: Limiter): Mount {
  const nonceOf = (c: Context<AppEnv>): string => c.get('secureHeadersNonce') ?? ''
  const closed = (c: Context<AppEnv>): Response => {
    limiter.failed(addressOf(c))
    c.set('problem', new ProblemError('sign-in-closed').code)
    return c.html(closedPage(nonceOf(c)), 404)
  }
  const opened = (c: Context<AppEnv>, key: Secret): Response => c.html(keyPage(key, nonceOf(c)))

  return (app) => {
    app.use('/sign-in/*', async (c, next) => {
      refuseWhileWaiting(limiter, c)
      await next()
      c.header('Cache-Control', 'no-store')
    })
    app.get('/sign-in/:code', permit('anyone'), (c) =>
      signIn.isOpen(new Wrapped(c.req.param('code'))) ? c.html(askPage(nonceOf(c))) : closed(c),
    )
    app.post('/sign-in/:code', permit('anyone'), async (c) => {
      const key = await signIn.redeem(new Wrapped(c.req.param('code')))
      return key === null ? closed(c) : opened(c, key)
    })
  }
}
