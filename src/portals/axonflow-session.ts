/**
 * AxonFlow's portal log-in: `POST /api/v1/auth/login {org_id, password}` → cookie
 * `axonflow_session`, valid a day; five log-ins a minute and address (docs.getaxonflow.com,
 * identity/enterprise-authentication). The cookie lives in memory only.
 */
import { Secret } from '../secret.ts'
import type { Send } from '../scim/contract.ts'
import { faultOf } from './axonflow-fault.ts'
import { PortalError } from './contract.ts'

const LOGINS_PER_MINUTE = 5
const COOKIE = /(?:^|[,;\s])axonflow_session=([A-Za-z0-9._~+/=-]{8,4096})(?:[,;\s]|$)/

export interface Session {
  /** The `Cookie` header's value; logs in when there is none yet. Throws `PortalError`. */
  cookie(): Promise<Secret>
  /** The portal no longer accepts it. A newer one that another call has fetched is kept. */
  drop(cookie: Secret): void
}

/** The portal's own limit counts every program behind our address: ours stays within it alone. */
export function createSession(order: {
  url: string
  orgId: string
  password: Secret
  send: Send
  clock: () => number
}): Session {
  const { send, clock } = order
  let current: Secret | null = null
  let pending: Promise<Secret> | null = null
  let logins: number[] = []

  async function logIn(): Promise<Secret> {
    const now = clock()
    logins = logins.filter((at) => now - at < 60_000)
    if (logins.length >= LOGINS_PER_MINUTE) throw new PortalError('portal-throttled')
    logins.push(now)
    const exchange = await send({
      url: `${order.url}/api/v1/auth/login`,
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ org_id: order.orgId, password: order.password.reveal() }),
    })
    if (exchange.kind === 'failure' || exchange.status !== 200) throw faultOf(exchange)
    const value = COOKIE.exec(exchange.headers['set-cookie'] ?? '')?.[1]
    if (value === undefined) throw new PortalError('portal-unreadable', exchange.status)
    return new Secret(`axonflow_session=${value}`)
  }

  return {
    cookie() {
      if (current !== null) return Promise.resolve(current)
      pending ??= logIn()
        .then((cookie) => (current = cookie))
        .finally(() => (pending = null))
      return pending
    },
    drop(cookie) {
      if (current === cookie) current = null
    },
  }
}
