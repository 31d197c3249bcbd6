/**
 * A service provider on a socket of its own, so that it outlives an Interlock that is stopped and
 * started again. It dates its answers by the test's clock: the skew is measured from that header.
 */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createPractice } from '../../src/practice/practice.ts'
import type { Practice, PracticeOrder } from '../../src/practice/practice.ts'

/** What a request is about to meet: `answer` goes on to the real provider. */
export interface Passing {
  method: string
  /** Below the mount: `/scim/v2/Users`, `/api/v1/scim/tokens/tok_1`. */
  path: string
  answer(): Promise<Response>
}

export interface Provider {
  practice: Practice
  /** `127.0.0.1:40001` */
  host: string
  /** The portal's address; SCIM is at `/scim/v2` below it. */
  url: string
  /** Stands in front of every request until it is set to null again. */
  tap: ((passing: Passing) => Promise<Response>) | null
  close(): Promise<void>
}

export async function openProvider(
  clock: () => number,
  order: PracticeOrder = {},
): Promise<Provider> {
  const practice = createPractice({ clock, maxLiveTokens: 1000, ...order })
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('Date', new Date(clock()).toUTCString())
  })
  app.route('/', practice.app)
  const provider: Provider = {
    practice,
    host: '',
    url: '',
    tap: null,
    close: () => Promise.resolve(),
  }
  const server = serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: async (request) => {
      const answer = async (): Promise<Response> => app.fetch(request)
      if (provider.tap === null) return answer()
      return provider.tap({
        method: request.method,
        path: new URL(request.url).pathname,
        answer,
      })
    },
  })
  await new Promise((resolve) => server.once('listening', resolve))
  provider.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  provider.url = `http://${provider.host}`
  provider.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return provider
}
