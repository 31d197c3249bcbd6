/** The socket: limits that hold before the first byte reaches the app, and an end that drains. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { App } from './env.ts'

export interface Listening {
  /** With the port that was given, if 0 was asked for. */
  port: number
  /** Takes no new connections, lets running requests end for `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>
}

/** Rejects with the socket's error when the address cannot be listened on. */
export async function listen(
  app: Pick<App, 'fetch'>,
  at: { host: string; port: number },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      maxHeaderSize: 16 * 1024,
      // A body that drips in holds a socket no longer than this.
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
    },
  }) as Server
  server.listen(at.port, at.host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : at.port,
    close: (graceMs) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
