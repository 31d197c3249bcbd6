/**
 * Which Interlock a command talks to: a server by `--url`, or the local store, for which the whole
 * program is started in this process. Both are asked by the same HTTP API, so nothing is decided here.
 */
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import process from 'node:process'
import { createApi } from './api.ts'
import type { Api } from './api.ts'
import type { Call } from './command.ts'
import { CliFault, EXIT, wrongUsage } from './fault.ts'

export interface Reach {
  readonly api: Api
  readonly where: 'server' | 'local'
  /** What a person repeats to come back to the same place: ` --url …`, or nothing. */
  readonly again: string
  close(): Promise<void>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Opens, runs, and closes whatever happens. */
export async function reaching<T>(call: Call, work: (reach: Reach) => Promise<T>): Promise<T> {
  const url = call.text('url') ?? call.terminal.env['INTERLOCK_URL']
  const reach = url === undefined || url === '' ? await openLocal(call) : openServer(call, url)
  const stop = (): void => {
    void reach.close().finally(() => process.exit(EXIT.interrupted))
  }
  for (const signal of SIGNALS) process.once(signal, stop)
  try {
    return await work(reach)
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
    await reach.close()
  }
}

function openServer(call: Call, text: string): Reach {
  const url = originOf(text)
  const key = (call.terminal.env['INTERLOCK_KEY'] ?? '').trim()
  if (!/^ilk_[A-Za-z0-9_-]{28,252}$/.test(key)) {
    throw wrongUsage(
      key === '' ? 'INTERLOCK_KEY is not set.' : 'INTERLOCK_KEY does not hold a key.',
      'Set it without leaving it in the history: read -rs INTERLOCK_KEY && export INTERLOCK_KEY',
    )
  }
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${url}${path}`, init)
    } catch (error) {
      throw noAnswer(error)
    }
  }
  return {
    api: createApi(ask, key),
    where: 'server',
    again: ` --url ${url}`,
    close: () => Promise.resolve(),
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/
const NO_TLS = /SSL|EPROTO/

/** By the code alone: the message quotes the address, and there may be a password in it. */
function noAnswer(error: unknown): CliFault {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const fault = (why: string, next: string): CliFault =>
    new CliFault(EXIT.no, 'no-answer', `The server at --url does not answer: ${why}.`, next)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return fault('its name is not known here', 'Check the address, and that this machine has DNS.')
  }
  if (code === 'ECONNREFUSED') {
    return fault(
      'nothing listens there',
      'Check the address and that it runs: interlock serve prints it at its start.',
    )
  }
  if (CERTIFICATE.test(code)) {
    return fault(
      'its certificate is not trusted here',
      'With a certificate authority of your own: NODE_EXTRA_CA_CERTS=FILE, and never without the check.',
    )
  }
  if (NO_TLS.test(code))
    return fault('it speaks no TLS there', 'Check the port, and http or https.')
  return fault('no connection', 'Check the address, and that it runs.')
}

/** Keys travel in these requests: beyond this machine only by https. The text itself is never repeated. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const bare = url !== null && /^https?:$/.test(url.protocol) && /^\/*$/.test(url.pathname)
  if (!bare || url.username !== '' || url.password !== '' || url.search !== '') {
    throw wrongUsage(
      '--url (or INTERLOCK_URL) must be the address of the server alone.',
      'Example: --url https://interlock.example',
    )
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const loopback =
    host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  if (url.protocol === 'http:' && !loopback) {
    throw wrongUsage(
      '--url (or INTERLOCK_URL) must be https beyond this machine: the key would travel in the clear.',
      'Example: --url https://interlock.example',
    )
  }
  return url.origin
}

async function openLocal(call: Call): Promise<Reach> {
  const { ConfigError, readConfig } = await import('../config.ts')
  const { env } = call.terminal
  const config = readConfigOr(
    () =>
      readConfig({
        ...env,
        HOST: '',
        PUBLIC_URL: '',
        PORT: '0',
        INTERLOCK_PRACTICE: '0',
        LOG_LEVEL: 'silent',
      }),
    ConfigError,
  )
  if (!existsSync(config.store.folder)) {
    // The folder of the setting is not repeated: what was typed never is.
    const where = (env['STORE_URL'] ?? '') === '' ? 'data/local of this folder' : 'STORE_URL'
    throw wrongUsage(
      `There is no store at ${where}, and no server was named.`,
      'Name the server with --url (or INTERLOCK_URL), set STORE_URL to the store, or start one here first: interlock serve --practice',
    )
  }
  const { compose } = await import('../compose.ts')
  const { FolderLocked } = await import('../store/folder-lock.ts')
  const { UnreadableRecord } = await import('../store/contract.ts')
  const { lendKey } = await import('./local-key.ts')
  const interlock = await compose(config).catch((error: unknown) => {
    if (error instanceof FolderLocked) {
      throw new CliFault(
        EXIT.usage,
        'store-locked',
        `The store cannot be opened here: ${error.message}.`,
        'If that is a running server, ask it instead: --url http://127.0.0.1:8080, with a key in INTERLOCK_KEY.',
      )
    }
    if (error instanceof UnreadableRecord || error instanceof ConfigError) {
      throw new CliFault(EXIT.usage, 'store-unreadable', error.message, 'Nothing was changed.')
    }
    throw error
  })
  const lent = await lendKey(interlock, config)
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await lent.takeBack()
    await interlock.close()
  }
  return {
    api: createApi((path, init) => fetch(`${interlock.url}${path}`, init), lent.key.reveal()),
    where: 'local',
    again: '',
    close: () => (closing ??= close()),
  }
}

function readConfigOr<T>(read: () => T, ConfigError: new (...args: never[]) => Error): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw wrongUsage(error.message, 'Correct that setting, or name a server with --url.')
  }
}
