/** Real servers on loopback for one test: closed, sockets and all, when the test is over. */
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Resolve } from '../../src/scim/resolve.ts'
import { parseAllowTargets, type AllowTargets } from '../../src/scim/target.ts'
import type { SelfSigned } from './certificate.ts'

/** What resolves to this machine in these tests, and what the certificates are made for. */
export const HOST = 'provider.test'

export const toLoopback: Resolve = () => Promise.resolve(['127.0.0.1'])

export interface Running {
  port: number
  /** `http(s)://provider.test:port` */
  origin: string
  allow: AllowTargets
  /** Connections accepted so far. */
  accepted(): number
  sockets: Set<net.Socket>
}

async function listen(server: net.Server, scheme: string): Promise<Running> {
  const sockets = new Set<net.Socket>()
  let accepted = 0
  server.on('connection', (socket: net.Socket) => {
    accepted += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise((done) => server.close(done))
  })
  const { port } = server.address() as AddressInfo
  const allow = parseAllowTargets(`${HOST}:${port}`)
  return { port, origin: `${scheme}://${HOST}:${port}`, allow, accepted: () => accepted, sockets }
}

export const serveHttp = (handler: http.RequestListener): Promise<Running> =>
  listen(http.createServer(handler), 'http')

export const serveHttps = (pair: SelfSigned, handler: http.RequestListener): Promise<Running> =>
  listen(
    https.createServer(pair, handler).on('tlsClientError', () => {}),
    'https',
  )

/** Below HTTP: `onData` sees a socket on which a request has arrived. */
export const serveRaw = (
  onData: (socket: net.Socket) => void,
  scheme: 'http' | 'https' = 'http',
): Promise<Running> =>
  listen(
    net.createServer((socket) => socket.once('data', () => onData(socket))),
    scheme,
  )

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
