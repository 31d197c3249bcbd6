/** What only a real socket shows: chunked uploads, header limits, draining, lines that are no HTTP. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../src/http/server.ts'
import type { Listening } from '../../src/http/server.ts'
import { BOOTSTRAP, start } from './harness.ts'
import type { Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

const probe = createProbe()
let h: Harness
let server: Listening
beforeAll(async () => {
  h = await start([probe.mount])
  server = await listen(h.app, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close(100)
  await h.end()
})

const URL_OF = (path: string, port = server.port) => `http://127.0.0.1:${port}${path}`
const AUTH = { Authorization: `Bearer ${BOOTSTRAP}` }

interface Answer {
  status: number
  body: string
}

/** Sends pieces without a Content-Length, one after the other, until the server has answered. */
function upload(pieces: Iterable<string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...AUTH, 'Content-Type': 'application/json' }
    const sending = request(URL_OF('/v1/probes/lax'), { method: 'POST', headers })
    let answered = false
    sending.on('response', (answer) => {
      answered = true
      text(answer).then((body) => {
        sending.destroy()
        resolve({ status: answer.statusCode ?? 0, body })
      }, reject)
    })
    sending.on('error', (error) => {
      if (!answered) reject(error)
    })
    for (const piece of pieces) sending.write(piece)
    sending.end()
  })
}

/** Writes bytes as they are and reads until the other side closes. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    text(socket).then(resolve, reject)
  })
}

describe('a chunked body', () => {
  it('is measured while it arrives', async () => {
    const calls = probe.calls
    const big = Array.from({ length: 40 }, () => 'x'.repeat(16_384))
    const { status, body } = await upload(['{"note":"', ...big, '"}'])
    expect(status).toBe(413)
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:interlock:problem:payload-too-large' })
    expect(probe.calls).toBe(calls)
  })

  it('arrives whole when it is small', async () => {
    expect(await upload(['{"no', 'te":"', 'x"}'])).toMatchObject({ status: 200 })
  })

  it('is not believed to be JSON', async () => {
    const answer = await fetch(URL_OF('/v1/probes/lax'), {
      method: 'POST',
      headers: { ...AUTH, 'Content-Type': 'text/plain' },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{}'))
          controller.close()
        },
      }),
      duplex: 'half',
    })
    expect(answer.status).toBe(415)
  })
})

describe('the socket', () => {
  it('refuses headers of more than 16 KiB and lines that are no HTTP, without echo', async () => {
    const long = await raw(
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Canary: ${'canary'.repeat(4000)}\r\n\r\n`,
    )
    expect(long).toMatch(/^HTTP\/1\.1 431 /)
    const wrong = await raw('canary canary canary\r\n\r\n')
    expect(wrong).toMatch(/^HTTP\/1\.1 400 /)
    const host = await raw('GET /canary HTTP/1.1\r\nHost: ca nary\r\nConnection: close\r\n\r\n')
    expect(host).toMatch(/^HTTP\/1\.1 400 /)
    const absent = await raw('GET /canary HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(absent).toMatch(/^HTTP\/1\.1 400 /)
    for (const answer of [long, wrong, host, absent]) expect(answer).not.toMatch(/ca ?nary/)
  })

  it('answers a path that does not decode', async () => {
    const answer = await raw(
      `GET /v1/probes/%E0%A4%A HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${BOOTSTRAP}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 40[45] /)
  })

  it('knows an address by its socket, not by what a header says', async () => {
    const own = await start([], { failedAttempts: { burst: 2, refillMs: 60_000 } })
    const other = await listen(own.app, { host: '127.0.0.1', port: 0 })
    const statuses: number[] = []
    for (let i = 0; i < 3; i += 1) {
      const headers = {
        Authorization: `Bearer ilk_${'q'.repeat(43)}`,
        'X-Forwarded-For': `10.0.0.${i}`,
      }
      statuses.push((await fetch(URL_OF('/v1/keys', other.port), { headers })).status)
    }
    expect(statuses).toEqual([401, 401, 429])
    await other.close(100)
    await own.end()
  })

  it('lets a running request end before it closes, and cuts one that does not', async () => {
    const other = await listen(h.app, { host: '127.0.0.1', port: 0 })
    const post = () =>
      fetch(URL_OF('/v1/probes/lax', other.port), { method: 'POST', headers: AUTH })
    let finish: () => void = () => {}
    probe.next = () => new Promise((resolve) => (finish = resolve))
    const before = probe.calls
    const running = post()
    await expect.poll(() => probe.calls).toBe(before + 1)
    const closing = other.close(5000)
    finish()
    expect((await running).status).toBe(200)
    await closing
    await expect(post()).rejects.toThrow()

    const third = await listen(h.app, { host: '127.0.0.1', port: 0 })
    probe.next = () => new Promise(() => {})
    const stuck = fetch(URL_OF('/v1/probes/lax', third.port), { method: 'POST', headers: AUTH })
    await expect.poll(() => probe.calls).toBe(before + 2)
    await Promise.all([expect(stuck).rejects.toThrow(), third.close(50)])
  })

  it('says so when the address is taken', async () => {
    await expect(listen(h.app, { host: '127.0.0.1', port: server.port })).rejects.toThrow(
      /EADDRINUSE/,
    )
  })
})
