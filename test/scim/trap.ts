/**
 * Notices every TCP dial of this process, at the two calls below `node:net` that all of them end in.
 * While it is set, a dial to anywhere but loopback is written down and refused, so nothing leaves.
 */
import { once } from 'node:events'
import net from 'node:net'
import os from 'node:os'
import type { AddressInfo } from 'node:net'

type Connect = (request: unknown, address: string, port: number | (() => number)) => number

interface TcpPrototype {
  connect: Connect
  connect6: Connect
}

export interface Trap {
  /** A listening server that nobody should ever reach. */
  port: number
  /** Connections it has accepted. */
  caught(): number
  /** Addresses dialled, reached or not. */
  dialled: string[]
  /** Calls of `net.Socket.prototype.connect`, which come before any address is known. */
  attempts(): number
  reset(): void
  close(): Promise<void>
}

const tcpPrototype = (server: net.Server): TcpPrototype => {
  const { _handle: handle } = server as unknown as { _handle: object }
  return Object.getPrototypeOf(handle) as TcpPrototype
}

export async function setTrap(): Promise<Trap> {
  let caught = 0
  let attempts = 0
  const dialled: string[] = []
  const server = net.createServer((socket) => {
    caught += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const tcp = tcpPrototype(server)
  const original = { connect: tcp.connect, connect6: tcp.connect6 }
  const sockets = net.Socket.prototype as unknown as { connect: (...given: unknown[]) => unknown }
  const { connect: originalSocketConnect } = sockets
  const watched = (real: Connect): Connect =>
    function (this: unknown, request, address, port) {
      dialled.push(address)
      const local = address.startsWith('127.') || address === '::1'
      return local ? real.call(this, request, address, port) : -os.constants.errno.ECONNREFUSED
    }
  tcp.connect = watched(original.connect)
  tcp.connect6 = watched(original.connect6)
  sockets.connect = function (this: unknown, ...given) {
    attempts += 1
    return Reflect.apply(originalSocketConnect, this, given)
  }
  return {
    port: (server.address() as AddressInfo).port,
    caught: () => caught,
    dialled,
    attempts: () => attempts,
    reset: () => {
      caught = 0
      attempts = 0
      dialled.length = 0
    },
    close: async () => {
      Object.assign(tcp, original)
      sockets.connect = originalSocketConnect
      await new Promise((done) => server.close(done))
    },
  }
}
