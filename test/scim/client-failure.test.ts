import { describe, expect, it } from 'vitest'
import { createSend } from '../../src/scim/client.ts'
import { parseAllowTargets } from '../../src/scim/target.ts'
import { allClosed, failureOf, get } from './ask.ts'
import { closedPort, HOST, serveHttp, serveRaw, toLoopback } from './server.ts'

describe('without an answer it names why', () => {
  it('dns-failed: the name is unknown, or has no address', async () => {
    const allow = parseAllowTargets(HOST)
    const unknown = createSend({ allow, resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    const nothing = createSend({ allow, resolve: () => Promise.resolve([]) })
    expect(failureOf(await unknown({ url: `https://${HOST}`, method: 'GET' }))).toBe('dns-failed')
    expect(failureOf(await nothing({ url: `https://${HOST}`, method: 'GET' }))).toBe('dns-failed')
  })

  it('unreachable: nobody listens', async () => {
    const port = await closedPort()
    const send = createSend({ allow: parseAllowTargets(HOST), resolve: toLoopback })
    expect(failureOf(await send({ url: `http://${HOST}:${port}`, method: 'GET' }))).toBe(
      'unreachable',
    )
  })

  it('timed-out: at the look-up, in the handshake, before the head, and while the body drips', async () => {
    const hangingLookup = createSend({
      allow: parseAllowTargets(HOST),
      resolve: () => new Promise(() => {}),
    })
    const silentTls = await serveRaw(() => {}, 'https')
    const silent = await serveRaw(() => {})
    const dripping = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
      const tap = setInterval(() => socket.write('{'), 10)
      socket.on('close', () => clearInterval(tap))
    })
    const drippingHead = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const tap = setInterval(() => socket.write('x-a: b\r\n'), 10)
      socket.on('close', () => clearInterval(tap))
    })
    const limits = { timeoutMs: 120 }
    const exchanges = await Promise.all([
      hangingLookup({ url: `https://${HOST}`, method: 'GET', ...limits }),
      ...[silentTls, silent, dripping, drippingHead].map((running) => get(running, limits)),
    ])
    expect(exchanges.map(failureOf)).toEqual(Array.from({ length: 5 }, () => 'timed-out'))
    for (const { startedAt, endedAt } of exchanges) expect(endedAt - startedAt).toBeLessThan(2000)
    for (const running of [silentTls, silent, dripping, drippingHead]) await allClosed(running)
  })

  it('too-large: a body of 5 MB and more, and the connection is cut in the middle of it', async () => {
    let sentBytes = 0
    const running = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/scim+json' })
      const pour = (): void => {
        while (sentBytes < 500_000_000 && !response.destroyed) {
          sentBytes += 50_000
          if (!response.write('x'.repeat(50_000))) return
        }
        response.end()
      }
      response.on('drain', pour)
      pour()
    })
    expect(failureOf(await get(running))).toBe('too-large')
    await allClosed(running)
    expect(sentBytes).toBeLessThan(500_000_000)
  })

  it('too-large: 5 MB that are counted before they are sent', async () => {
    const running = await serveHttp((_request, response) => response.end('x'.repeat(5_000_000)))
    expect(failureOf(await get(running))).toBe('too-large')
    await allClosed(running)
  })

  it('too-large: exactly at the limit is still an answer, one byte more is not', async () => {
    const running = await serveHttp((_request, response) => response.end('x'.repeat(1000)))
    expect(failureOf(await get(running, { maxBytes: 1000 }))).toBe('answer 200')
    expect(failureOf(await get(running, { maxBytes: 999 }))).toBe('too-large')
  })

  it('too-large: a head without end', async () => {
    const running = await serveRaw((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`),
    )
    expect(failureOf(await get(running))).toBe('too-large')
  })

  it.each([
    [
      'reset in the middle of a counted body',
      'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":',
      'reset',
    ],
    [
      'ended in the middle of a counted body',
      'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":',
      'end',
    ],
    [
      'ended in the middle of a chunked body',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n',
      'end',
    ],
    ['ended before a word was said', '', 'end'],
    ['not HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n', 'end'],
    [
      'an upgrade nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'stay',
    ],
    [
      'two contradicting lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}',
      'stay',
    ],
  ] as const)('connection-lost: %s', async (_name, words, then) => {
    const running = await serveRaw((socket) => {
      socket.write(words, () => {
        if (then === 'reset') socket.resetAndDestroy()
        if (then === 'end') socket.end()
      })
    })
    expect(failureOf(await get(running, { timeoutMs: 5000 }))).toBe('connection-lost')
  })
})
