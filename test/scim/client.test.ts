import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createSend } from '../../src/scim/client.ts'
import { judgeTarget, parseAllowTargets } from '../../src/scim/target.ts'
import { overWire } from '../../src/scim/wire.ts'
import { Secret } from '../../src/secret.ts'
import { failureOf, get, sendTo } from './ask.ts'
import { selfSigned } from './certificate.ts'
import { HOST, serveHttp, serveHttps, serveRaw, toLoopback } from './server.ts'

describe('an answer', () => {
  it('arrives with status, headers, body, our times and their clock', async () => {
    let seen: IncomingHttpHeaders = {}
    const running = await serveHttp((request, response) => {
      seen = request.headers
      response.setHeader('Set-Cookie', ['a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2'])
      response.setHeader('Date', 'Tue, 03 Mar 2026 10:00:05 GMT')
      response.end('\ufeffgrün')
    })
    const times = [Date.UTC(2026, 2, 3, 10, 0, 0), Date.UTC(2026, 2, 3, 10, 0, 1)]
    const send = createSend({
      allow: running.allow,
      resolve: toLoopback,
      clock: () => times.shift() ?? 0,
    })
    const exchange = await send({
      url: `${running.origin}/scim/v2/Users?count=1`,
      method: 'GET',
      bearer: new Secret('scim_abcdefgh'),
      headers: { Accept: 'application/scim+json' },
    })
    expect(exchange).toMatchObject({ kind: 'answer', status: 200, body: 'grün' })
    if (exchange.kind !== 'answer') return
    expect(exchange.headers['set-cookie']).toBe('a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT\nb=2')
    expect(exchange.endedAt - exchange.startedAt).toBe(1000)
    expect(exchange.clock).toEqual({ lowMs: 4000, highMs: 6000 })
    expect(seen).toMatchObject({
      authorization: 'Bearer scim_abcdefgh',
      accept: 'application/scim+json',
      'accept-encoding': 'identity',
      'user-agent': 'interlock/0.1',
      connection: 'close',
      host: `${HOST}:${running.port}`,
    })
    expect(seen.cookie).toBeUndefined()
  })

  it('carries a body with its length in bytes, and never keeps the socket', async () => {
    const bodies: string[] = []
    const running = await serveHttp((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        bodies.push(`${request.headers['content-length']} ${Buffer.concat(chunks).toString()}`)
        response.writeHead(204).end()
      })
    })
    const send = sendTo(running)
    for (const body of ['{"a":"ü"}', '{}']) {
      const exchange = await send({ url: running.origin, method: 'POST', body })
      expect(exchange).toMatchObject({ kind: 'answer', status: 204, body: '' })
    }
    expect(bodies).toEqual(['10 {"a":"ü"}', '2 {}'])
    expect(running.accepted()).toBe(2)
  })

  it('is a redirect when it was one: the other place is never asked', async () => {
    const other = await serveHttp((_request, response) => response.end('{}'))
    const first = await serveHttp((_request, response) =>
      response.writeHead(307, { location: `${other.origin}/scim/v2/x` }).end(),
    )
    const send = createSend({
      allow: parseAllowTargets(`${HOST}:${first.port},${HOST}:${other.port}`),
      resolve: toLoopback,
    })
    const exchange = await send({
      url: first.origin,
      method: 'GET',
      bearer: new Secret('scim_abcdefgh'),
    })
    expect(exchange).toMatchObject({ kind: 'answer', status: 307 })
    expect(other.accepted()).toBe(0)
  })

  it('never ends before it began, even when our clock is set back', async () => {
    const running = await serveHttp((_request, response) => response.end('{}'))
    const times = [5000, 1000]
    const clock = () => times.shift() ?? 0
    const exchange = await createSend({ allow: running.allow, resolve: toLoopback, clock })({
      url: running.origin,
      method: 'GET',
    })
    expect([exchange.startedAt, exchange.endedAt]).toEqual([5000, 5000])
  })
})

describe('TLS', () => {
  it('is spoken with a host whose certificate is trusted', async () => {
    const pair = selfSigned(HOST)
    const running = await serveHttps(pair, (_request, response) => response.end('{"ok":1}'))
    const send = createSend({ allow: running.allow, resolve: toLoopback, ca: [pair.cert] })
    const exchange = await send({ url: running.origin, method: 'GET' })
    expect(exchange).toMatchObject({ kind: 'answer', status: 200, body: '{"ok":1}' })
  })

  it('fails by name for an unknown issuer, another name, and plain http on the port', async () => {
    let asked = 0
    const handler = () => {
      asked += 1
    }
    const unknown = await serveHttps(selfSigned(HOST), handler)
    const stranger = selfSigned('other.test')
    const misnamed = await serveHttps(stranger, handler)
    const plain = await serveRaw(
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'https',
    )
    const trusting = createSend({ allow: misnamed.allow, resolve: toLoopback, ca: [stranger.cert] })
    expect(failureOf(await get(unknown))).toBe('tls-failed')
    expect(failureOf(await trusting({ url: misnamed.origin, method: 'GET' }))).toBe('tls-failed')
    expect(failureOf(await get(plain))).toBe('tls-failed')
    expect(asked).toBe(0)
  })

  it('is checked even where the environment says not to', async () => {
    const running = await serveHttps(selfSigned(HOST), (_request, response) => response.end('{}'))
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      expect(failureOf(await get(running))).toBe('tls-failed')
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
  })
})

describe('a socket', () => {
  it('that is not at a judged address is dropped before a byte is sent', async () => {
    let received = 0
    const running = await serveHttp((_request, response) => {
      received += 1
      response.end('{}')
    })
    const target = judgeTarget(`http://127.0.0.1:${running.port}/`, parseAllowTargets('127.0.0.1'))
    if (typeof target === 'string') throw new Error('this one is listed')
    const order = {
      target,
      method: 'GET',
      headers: {},
      body: undefined,
      maxBytes: 1000,
      signal: new AbortController().signal,
      ca: undefined,
    }
    const elsewhere = [{ address: '127.0.0.2', family: 4 as const }]
    expect(await overWire({ ...order, addresses: elsewhere })).toBe('address-refused')
    expect(received).toBe(0)
    const here = [{ address: '127.0.0.1', family: 4 as const }]
    expect(await overWire({ ...order, addresses: here })).toMatchObject({ status: 200 })
  })
})

describe('a head that could become a second request never reaches the wire', () => {
  const bearers = [
    'scim_a\r\nX-Evil: 1',
    'scim_a\nb',
    'scim_ü',
    'scim_a b',
    '',
    'a\u0000b',
    '“scim_a”',
    'x'.repeat(9000),
  ]
  it.each(bearers.map((bearer, index) => [index, bearer] as const))(
    'bearer %i',
    async (_index, bearer) => {
      const running = await serveHttp((_request, response) => response.end())
      const exchange = await sendTo(running)({
        url: running.origin,
        method: 'GET',
        bearer: new Secret(bearer),
      })
      expect(failureOf(exchange)).toBe('header-refused')
      expect(running.accepted()).toBe(0)
    },
  )

  it.each([
    { Host: 'other.test' },
    { 'Transfer-Encoding': 'chunked' },
    { 'content-length': '5' },
    { 'Accept-Encoding': 'gzip' },
    { Connection: 'keep-alive' },
    { 'x-a': 'b\r\nc: d' },
    { 'x-a\r\nb': 'c' },
    { 'x a': 'b' },
    { 'x-a': 'ü' },
    { Authorization: 'Bearer scim_other' },
  ])('header %o', async (headers: Record<string, string>) => {
    const running = await serveHttp((_request, response) => response.end())
    const exchange = await sendTo(running)({
      url: running.origin,
      method: 'GET',
      headers,
      bearer: new Secret('scim_abcdefgh'),
    })
    expect(failureOf(exchange)).toBe('header-refused')
    expect(running.accepted()).toBe(0)
  })
})
