/** Asking a server of this test, and putting the outcome into one word. */
import { createSend } from '../../src/scim/client.ts'
import type { Exchange } from '../../src/scim/contract.ts'
import { toLoopback, type Running } from './server.ts'

/** Allowed to call this server and nothing else. */
export const sendTo = (running: Running) =>
  createSend({ allow: running.allow, resolve: toLoopback })

export const get = (running: Running, limits: { timeoutMs?: number; maxBytes?: number } = {}) =>
  sendTo(running)({ url: `${running.origin}/scim/v2/x`, method: 'GET', ...limits })

/** Our side has let go of every socket. Not by `once`: the reset that is hoped for arrives as an error first. */
export const allClosed = async (running: Running): Promise<void> => {
  await Promise.all(
    [...running.sockets].map((socket) => new Promise((closed) => socket.on('close', closed))),
  )
}

export const failureOf = (exchange: Exchange) =>
  exchange.kind === 'failure' ? exchange.failure : `answer ${exchange.status}`
