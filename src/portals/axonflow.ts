/**
 * AxonFlow's token endpoints, `/api/v1/scim/tokens` on the customer portal
 * (docs.getaxonflow.com/docs/identity/scim/endpoints).
 */
import { instant } from '../../machines/vocabulary.ts'
import type { Exchange, OutboundRequest, Send } from '../scim/contract.ts'
import { readCreation, readListing } from './axonflow-answer.ts'
import { faultOf } from './axonflow-fault.ts'
import { TOKEN_ID } from './axonflow-row.ts'
import { createSession } from './axonflow-session.ts'
import { PortalError } from './contract.ts'
import type { Portal, PortalCredential } from './contract.ts'

type Answer = Extract<Exchange, { kind: 'answer' }>

/** `clock` answers epoch milliseconds. Throws `PortalError` 'portal-unreachable' for a URL that is none. */
export function createAxonflowPortal(order: {
  url: string
  credential: PortalCredential
  send: Send
  clock: () => number
}): Portal {
  const url = baseOf(order.url)
  const tokens = `${url}/api/v1/scim/tokens`
  const ask = authorised({ ...order, url })

  return {
    kind: 'axonflow',

    async list() {
      const answer = await ask({ url: tokens, method: 'GET' })
      if (answer.status !== 200) throw faultOf(answer)
      const read = readable(answer, (body) => readListing(body, order.clock()))
      return { ...read, readAt: instant(answer.endedAt), clock: answer.clock }
    },

    /**
     * Sends `expires_in_days` and no second spelling beside it: all that AxonFlow publishes is in
     * snake case (`org_id`, `session_id`, `last_used_at`), and a strict decoder refuses a body with
     * an unknown field. Whether the expiry was understood is seen in the answer's `expiresAt`.
     */
    async create({ name, expiresInDays }) {
      const answer = await ask({
        url: tokens,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, expires_in_days: expiresInDays }),
      })
      if (answer.status === 409) throw new PortalError('token-limit-reached', 409)
      if (answer.status !== 200 && answer.status !== 201) throw faultOf(answer)
      return readable(answer, (body) => readCreation(body, order.clock()))
    },

    async revoke(tokenId) {
      if (!TOKEN_ID.test(tokenId)) throw new PortalError('portal-refused')
      const answer = await ask({
        url: `${tokens}/${encodeURIComponent(tokenId)}`,
        method: 'DELETE',
      })
      if (answer.status === 404 || answer.status === 204) return
      if (answer.status !== 200 && answer.status !== 202) throw faultOf(answer)
      // A front end that answers every path with its start page has revoked nothing.
      if (answer.body.trim() !== '') readable(answer, (body): unknown => JSON.parse(body))
    },
  }
}

/** Adds the credential to a request; a lapsed session is renewed once. Throws on failures only. */
function authorised(order: {
  url: string
  credential: PortalCredential
  send: Send
  clock: () => number
}): (request: OutboundRequest) => Promise<Answer> {
  const { credential, send } = order
  const session = credential.auth === 'session' ? createSession({ ...order, ...credential }) : null

  async function attempt(request: OutboundRequest): Promise<Answer> {
    const headers = { accept: 'application/json', ...request.headers }
    const cookie = session === null ? null : await session.cookie()
    const exchange = await send({
      ...request,
      headers: cookie === null ? headers : { ...headers, cookie: cookie.reveal() },
      ...(credential.auth === 'bearer' ? { bearer: credential.value } : {}),
    })
    if (exchange.kind === 'failure') throw faultOf(exchange)
    if (exchange.status === 401 && cookie !== null) session?.drop(cookie)
    return exchange
  }

  return async (request) => {
    const answer = await attempt(request)
    // 401 means it was not carried out, so even a creation may be asked again.
    return answer.status === 401 && session !== null ? attempt(request) : answer
  }
}

/** Whatever goes wrong inside is one fault: parser messages may repeat the portal's words. */
function readable<T>(answer: Answer, read: (body: string) => T): T {
  try {
    return read(answer.body)
  } catch {
    throw new PortalError('portal-unreadable', answer.status)
  }
}

function baseOf(url: string): string {
  if (!URL.canParse(url)) throw new PortalError('portal-unreachable')
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}
