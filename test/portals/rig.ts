/** The adapter against whatever a portal answers: over a real socket, by the guarded client. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createAxonflowPortal } from '../../src/portals/axonflow.ts'
import { PortalError } from '../../src/portals/contract.ts'
import type { Portal, PortalCredential, PortalFault } from '../../src/portals/contract.ts'
import { createSend } from '../../src/scim/client.ts'
import { parseAllowTargets } from '../../src/scim/target.ts'
import { Secret } from '../../src/secret.ts'

export const NOW = Date.UTC(2026, 5, 1, 12)
export const CREDENTIAL = 'portal-credential-0123456789'
export const BEARER: PortalCredential = { auth: 'bearer', value: new Secret(CREDENTIAL) }

export interface Asked {
  method: string
  path: string
  authorization: string | null
  cookie: string | null
  body: string
}

export interface Said {
  status?: number
  /** A string goes out as it is, anything else as JSON; absent: no body. */
  body?: unknown
  headers?: Record<string, string>
}

export interface Rig {
  portal: Portal
  asked: Asked[]
  clock: { ms: number }
}

export async function rig(
  answer: (asked: Asked) => Said,
  credential: PortalCredential = BEARER,
): Promise<Rig> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? null,
        cookie: request.headers.cookie ?? null,
        body,
      }
      asked.push(one)
      const said = answer(one)
      response.writeHead(said.status ?? 200, {
        'content-type': 'application/json',
        ...said.headers,
      })
      response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const clock = { ms: NOW }
  const portal = createAxonflowPortal({
    url: `http://${host}/base/`,
    credential,
    send: createSend({ allow: parseAllowTargets(host) }),
    clock: () => clock.ms,
  })
  return { portal, asked, clock }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The fault a call ends with; anything but a `PortalError` fails the test. */
export async function faultOf(work: Promise<unknown>): Promise<PortalFault | 'none'> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (!(error instanceof PortalError)) throw error
    return error.fault
  }
}
