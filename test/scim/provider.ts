/** A service provider made of canned answers, on a real socket, that remembers what it was asked. */
import { createSend } from '../../src/scim/client.ts'
import type { Send } from '../../src/scim/contract.ts'
import { serveHttp, toLoopback } from './server.ts'

export interface Canned {
  status?: number
  headers?: Record<string, string>
  /** An object is sent as `application/scim+json`, a text as it is. */
  body?: object | string
  /** Never answered. */
  silent?: boolean
}

interface Asked {
  path: string
  authorization: string | undefined
  accept: string | undefined
}

export interface Provider {
  baseUrl: string
  origin: string
  send: Send
  asked: Asked[]
}

/** Keys are the paths below the base URL, without query. */
export async function provider(
  answers: (origin: string) => Readonly<Record<string, Canned>>,
): Promise<Provider> {
  const asked: Asked[] = []
  let table: Readonly<Record<string, Canned>> = {}
  const running = await serveHttp((request, response) => {
    const path = request.url ?? ''
    const { authorization, accept } = request.headers
    asked.push({ path, authorization, accept })
    const canned = table[path.replace('/scim/v2', '').split('?')[0] ?? ''] ?? { status: 404 }
    if (canned.silent === true) return
    const text = typeof canned.body === 'object' ? JSON.stringify(canned.body) : (canned.body ?? '')
    const type = typeof canned.body === 'object' ? { 'content-type': 'application/scim+json' } : {}
    response.writeHead(canned.status ?? 200, { ...type, ...canned.headers }).end(text)
  })
  table = answers(running.origin)
  return {
    baseUrl: `${running.origin}/scim/v2`,
    origin: running.origin,
    send: createSend({ allow: running.allow, resolve: toLoopback }),
    asked,
  }
}

export const CONFIG = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  filter: { supported: true, maxResults: 200 },
  authenticationSchemes: [{ type: 'oauthbearertoken' }],
}

export const list = (...resources: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
})

export const scimError = (status: string | number, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status,
  ...more,
})
