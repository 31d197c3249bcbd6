/** The environment, read once into one typed, frozen `Config`. What it refuses, it refuses by name. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { parseAllowTargets } from './scim/target.ts'
import type { AllowTargets } from './scim/target.ts'
import { Secret } from './secret.ts'
import { parseRecipient } from './support/sealed-bundle.ts'

export interface Config {
  readonly host: string
  readonly port: number
  /** How people reach it from outside, without a slash at the end; null: only this machine does. */
  readonly publicUrl: string | null
  /** Absolute. */
  readonly store: { readonly kind: 'files'; readonly folder: string }
  /** INTERLOCK_SECRET as given; null: `secretFor` makes one in the store's folder and keeps it. */
  readonly secret: Secret | null
  readonly bootstrapKey: Secret | null
  readonly allowTargets: AllowTargets
  /** Support's age public key, for `.zip.age`; null: bundles are not sealed. */
  readonly supportRecipient: string | null
  readonly practice: boolean
  readonly logLevel: LogLevel
}

export const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
export type LogLevel = z.infer<typeof LogLevel>

/** One line for whoever started the program: the setting's name and what it must be, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly setting: string

  constructor(setting: string, must: string) {
    super(`${setting} ${must}`)
    this.setting = setting
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback')

const isHost = (text: string): boolean =>
  isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9-]+)*$/i.test(text)

function origin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  const bare = url !== null && `${url.protocol}//${url.host}/` === url.href
  return bare && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url.origin : null
}

/** `file:DIR` with DIR relative to the working folder, absolute, or as a file URL. */
function storeFolder(text: string): string | null {
  const path = /^file:(?!\/\/)(.+)$/.exec(text)?.[1]
  if (path !== undefined) return resolve(path)
  if (!text.startsWith('file:///') || !URL.canParse(text)) return null
  try {
    return fileURLToPath(text)
  } catch {
    return null
  }
}

/**
 * What each setting must be: also the only sentence that is ever said about it. Zod's own messages
 * and those of URL parsers quote the value, so they stop here.
 */
const MUST = {
  HOST: 'must be a host name or an IP address',
  PORT: 'must be a whole number from 0 to 65535',
  PUBLIC_URL: 'must be https://host or https://host:port, without a path (http only on loopback)',
  STORE_URL: 'must be file:DIR',
  INTERLOCK_SECRET: 'must be 32 to 1024 characters long',
  INTERLOCK_BOOTSTRAP_KEY:
    'must be ilk_ and then letters, digits, "-" and "_", 32 to 256 characters in all',
  INTERLOCK_ALLOW_TARGETS: 'must be a comma list of host or host:port',
  INTERLOCK_PRACTICE: 'must be 1 or 0',
  INTERLOCK_SUPPORT_AGE_RECIPIENT: 'must be one age public key, age1… (X25519)',
  LOG_LEVEL: `must be one of ${LogLevel.options.join(', ')}`,
} as const

type Setting = keyof typeof MUST

const isSetting = (name: unknown): name is Setting => typeof name === 'string' && name in MUST

const read = <T>(parse: (text: string) => T | null) =>
  z.string().transform((text, context): T => {
    let value: T | null = null
    try {
      value = parse(text)
    } catch {
      value = null
    }
    if (value !== null) return value
    context.addIssue({ code: 'custom' })
    return z.NEVER
  })

const matching = (pattern: RegExp) => z.string().regex(pattern)

const Environment = z.object({
  HOST: z.string().refine(isHost).default('127.0.0.1'),
  PORT: matching(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(8080),
  PUBLIC_URL: read(origin).optional(),
  STORE_URL: read(storeFolder).default(resolve('data/local')),
  INTERLOCK_SECRET: z.string().min(32).max(1024).optional(),
  INTERLOCK_BOOTSTRAP_KEY: matching(/^ilk_[A-Za-z0-9_-]{28,252}$/).optional(),
  INTERLOCK_ALLOW_TARGETS: read(parseAllowTargets).default(parseAllowTargets('')),
  INTERLOCK_PRACTICE: matching(/^[01]$/).optional(),
  INTERLOCK_SUPPORT_AGE_RECIPIENT: read(parseRecipient).optional(),
  LOG_LEVEL: LogLevel.default('info'),
})

/**
 * `practice` is what `npm start` asks for on the command line; INTERLOCK_PRACTICE wins over it.
 * Throws `ConfigError`. An empty setting is an absent one, as compose files and shells write it.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  started: { practice: boolean } = { practice: false },
): Config {
  const given = Object.fromEntries(
    Object.keys(MUST).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  )
  if (/^postgres(ql)?:/.test(given['STORE_URL'] ?? '')) {
    throw new ConfigError('STORE_URL', `${MUST.STORE_URL}: this build has no PostgreSQL store yet`)
  }
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const name = parsed.error.issues[0]?.path[0]
    throw isSetting(name)
      ? new ConfigError(name, MUST[name])
      : new ConfigError('A setting', 'is bad')
  }
  const settings = parsed.data
  const publicUrl = settings.PUBLIC_URL ?? null
  refuseOpenHttp(settings.HOST, publicUrl)
  return Object.freeze({
    host: settings.HOST,
    port: settings.PORT,
    publicUrl,
    store: Object.freeze({ kind: 'files' as const, folder: settings.STORE_URL }),
    secret: wrapped(settings.INTERLOCK_SECRET),
    bootstrapKey: wrapped(settings.INTERLOCK_BOOTSTRAP_KEY),
    allowTargets: settings.INTERLOCK_ALLOW_TARGETS,
    supportRecipient: settings.INTERLOCK_SUPPORT_AGE_RECIPIENT ?? null,
    practice:
      settings.INTERLOCK_PRACTICE === undefined
        ? started.practice
        : settings.INTERLOCK_PRACTICE === '1',
    logLevel: settings.LOG_LEVEL,
  })
}

const wrapped = (text: string | undefined): Secret | null =>
  text === undefined ? null : new Secret(text)

/** Keys and portal credentials travel in these requests: beyond this machine only behind TLS. */
function refuseOpenHttp(host: string, publicUrl: string | null): void {
  if (isLoopback(host)) {
    if (publicUrl === null || publicUrl.startsWith('https:')) return
    const name = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')
    if (!isLoopback(name)) throw new ConfigError('PUBLIC_URL', MUST.PUBLIC_URL)
  } else if (publicUrl === null || !publicUrl.startsWith('https:')) {
    throw new ConfigError(
      'HOST',
      'must be a loopback address, unless TLS stands in front and PUBLIC_URL is https://…',
    )
  }
}
