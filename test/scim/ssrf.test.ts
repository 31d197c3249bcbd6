import http from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSend } from '../../src/scim/client.ts'
import { systemResolve, type Resolve } from '../../src/scim/resolve.ts'
import { NO_EXCEPTIONS, parseAllowTargets } from '../../src/scim/target.ts'
import { Secret } from '../../src/secret.ts'
import { failureOf } from './ask.ts'
import { ADDRESSES, DISGUISES } from './hostile-url.ts'
import { HOST, serveHttp, toLoopback } from './server.ts'
import { setTrap, type Trap } from './trap.ts'

const PUBLIC = '93.184.216.34'
let trap: Trap

beforeAll(async () => {
  trap = await setTrap()
})
beforeEach(() => trap.reset())
afterAll(() => trap.close())

const expectNoDial = (): void => {
  expect(trap.attempts()).toBe(0)
  expect(trap.dialled).toEqual([])
  expect(trap.caught()).toBe(0)
}

/** With no exceptions, and every name leading straight to the trap unless told. */
const ask = (url: string, resolve: Resolve = toLoopback) =>
  createSend({ allow: NO_EXCEPTIONS, resolve })({
    url: url.replace('PORT', String(trap.port)),
    method: 'GET',
    bearer: new Secret('scim_abcdefgh'),
    timeoutMs: 3000,
  })

describe('the trap itself', () => {
  it('notices a plain dial, and lets none leave this machine', async () => {
    const failed = (url: string) =>
      new Promise((resolve) => {
        http.get(url, { agent: false }).on('error', resolve)
      })
    await failed(`http://127.0.0.1:${trap.port}/`)
    expect([trap.attempts(), trap.caught(), trap.dialled]).toEqual([1, 1, ['127.0.0.1']])
    await expect(failed(`http://${PUBLIC}/`)).resolves.toMatchObject({ code: 'ECONNREFUSED' })
    expect(trap.dialled).toEqual(['127.0.0.1', PUBLIC])
  })
})

describe('addresses in the URL', () => {
  it.each(ADDRESSES)('%s', async (url) => {
    expect(failureOf(await ask(url))).toBe('address-refused')
    expectNoDial()
  })
})

describe('URLs that are not what they seem', () => {
  it.each(DISGUISES)('%j', async (url) => {
    expect(failureOf(await ask(url))).toBe('url-refused')
    expectNoDial()
  })
})

describe('names', () => {
  it.each([
    'metadata.google.internal',
    'METADATA.google.internal',
    'x.metadata.google.internal',
    'metadata.goog',
    'metadata',
    'instance-data.ec2.internal',
    'metadata.azure.internal',
    'metadata.tencentyun.com',
  ])('%s is refused though it resolves to a public address', async (host) => {
    let asked = 0
    const resolve: Resolve = () => {
      asked += 1
      return Promise.resolve([PUBLIC])
    }
    expect(failureOf(await ask(`https://${host}/computeMetadata/v1/`, resolve))).toBe(
      'address-refused',
    )
    expect(asked).toBe(0)
    expectNoDial()
  })

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['10.1.2.3']],
    [['169.254.169.254']],
    [['::ffff:10.0.0.1']],
    [['64:ff9b::a9fe:a9fe']],
    [['2002:7f00:1::1']],
    [['fe80::1%lo']],
    [['2606:2800:220:1::1%lo']],
    [[PUBLIC, '127.0.0.1']],
    [['127.0.0.1', PUBLIC]],
    [[PUBLIC, '2606:2800:220:1::1', '::1']],
    [[PUBLIC, 'localhost']],
    [[PUBLIC, '']],
    [[PUBLIC, '2130706433']],
  ])('that resolve to %j', async (addresses) => {
    const exchange = await ask(`https://${HOST}:PORT/`, () => Promise.resolve(addresses))
    expect(failureOf(exchange)).toBe('address-refused')
    expectNoDial()
  })

  it('localhost, by the resolver of this machine', async () => {
    expect(failureOf(await ask('https://localhost:PORT/', systemResolve))).toBe('address-refused')
    expectNoDial()
  })

  it('that change between two look-ups: asked once, and only the judged address is dialled', async () => {
    const answers = [[PUBLIC], ['127.0.0.1'], ['127.0.0.1']]
    let asked = 0
    const rebinding: Resolve = () => {
      asked += 1
      return Promise.resolve(answers.shift() ?? ['127.0.0.1'])
    }
    expect(failureOf(await ask(`https://${HOST}:PORT/`, rebinding))).toBe('unreachable')
    expect(asked).toBe(1)
    expect(trap.dialled).toEqual([PUBLIC])
    expect(trap.caught()).toBe(0)
  })

  it('that are public addresses themselves: dialled as they are, and a dead end is only that', async () => {
    expect(failureOf(await ask(`https://${PUBLIC}:PORT/`))).toBe('unreachable')
    expect(failureOf(await ask('https://[2606:2800:220:1::1]:PORT/'))).toBe('unreachable')
    expect(trap.dialled).toEqual([PUBLIC, '2606:2800:220:1::1'])
  })

  it('with several public addresses: dialled among these and no others', async () => {
    const addresses = [PUBLIC, '93.184.216.35', '2606:2800:220:1::1']
    const exchange = await ask(`https://${HOST}:PORT/`, () => Promise.resolve(addresses))
    expect(failureOf(exchange)).toBe('unreachable')
    expect(trap.dialled.length).toBeGreaterThan(0)
    expect(addresses).toEqual(expect.arrayContaining(trap.dialled))
  })
})

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    '%i into the trap is an answer, not a journey',
    async (status) => {
      const running = await serveHttp((_request, response) =>
        response.writeHead(status, { location: `http://127.0.0.1:${trap.port}/` }).end(),
      )
      const send = createSend({ allow: running.allow, resolve: toLoopback })
      const exchange = await send({
        url: running.origin,
        method: 'GET',
        bearer: new Secret('scim_abcdefgh'),
      })
      expect(failureOf(exchange)).toBe(`answer ${status}`)
      expect([trap.attempts(), trap.caught()]).toEqual([1, 0])
    },
  )
})

describe('the operator’s list', () => {
  const listed = (text: string, url: string, addresses: readonly string[]) =>
    createSend({ allow: parseAllowTargets(text), resolve: () => Promise.resolve(addresses) })({
      url: url.replace('PORT', String(trap.port)),
      method: 'GET',
      timeoutMs: 3000,
    })

  it('opens the named host and port, and really dials it', async () => {
    const exchange = await listed(`${HOST}:${trap.port}`, `http://${HOST}:PORT/`, ['127.0.0.1'])
    expect(failureOf(exchange)).toBe('connection-lost')
    expect(trap.caught()).toBe(1)
  })

  it('takes an address that it names itself at its word', async () => {
    expect(failureOf(await listed('169.254.10.1', 'http://169.254.10.1:PORT/', []))).toBe(
      'unreachable',
    )
    expect(trap.dialled).toEqual(['169.254.10.1'])
  })

  it.each([
    ['another port', `${HOST}:1`, `https://${HOST}:PORT/`],
    ['another host', 'other.test', `https://${HOST}:PORT/`],
    ['a name below it', 'test', `https://${HOST}:PORT/`],
    ['a longer name', HOST, `https://x${HOST}:PORT/`],
    ['the address behind a name', '127.0.0.1', `https://${HOST}:PORT/`],
  ])('does not open %s', async (_what, text, url) => {
    expect(failureOf(await listed(text, url, ['127.0.0.1']))).toBe('address-refused')
    expectNoDial()
  })

  it.each([
    ['169.254.169.254'],
    ['fe80::1'],
    ['0.0.0.0'],
    ['64:ff9b::a9fe:a9fe'],
    ['fd00:ec2::254'],
    ['ff02::1'],
  ])('does not open %s behind a listed name', async (address) => {
    expect(failureOf(await listed(HOST, `http://${HOST}:PORT/`, [address]))).toBe('address-refused')
    expectNoDial()
  })

  it('does not make userinfo, fragments or other spellings of a name acceptable', async () => {
    for (const url of [
      `http://a@${HOST}/`,
      `http://${HOST}/#x`,
      `http://${HOST}./`,
      `ftp://${HOST}/`,
    ]) {
      expect(failureOf(await listed(HOST, url, ['127.0.0.1']))).toBe('url-refused')
    }
    expectNoDial()
  })
})
