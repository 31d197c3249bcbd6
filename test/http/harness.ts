/** The whole border over a real file store in a fresh folder, with a clock the test moves and a log it reads. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { seedBootstrapKey } from '../../src/access/bootstrap-key.ts'
import { createKeys } from '../../src/access/key.ts'
import type { Keys } from '../../src/access/key.ts'
import { keyLabels, parseKeyRecord } from '../../src/access/key-record.ts'
import type { KeyRecord } from '../../src/access/key-record.ts'
import type { Role } from '../../src/access/role.ts'
import type { Tenants } from '../../src/access/scope.ts'
import { createSignIn } from '../../src/access/sign-in.ts'
import type { SignIn } from '../../src/access/sign-in.ts'
import { answerLabels, parseAnswerRecord } from '../../src/http/answer-record.ts'
import { createApp } from '../../src/http/app.ts'
import type { App, AppDeps, Mount } from '../../src/http/env.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { createLog } from '../../src/log.ts'
import { Secret } from '../../src/secret.ts'
import type { RecordCodec, Store } from '../../src/store/contract.ts'
import { openFileStore } from '../../src/store/files.ts'

export const BOOTSTRAP = 'ilk_bootstrap_for_the_tests_only_0123456789'
const SECRET = new Secret('a secret of the tests, long enough to be one')
const TEST: { kind: 'system'; id: string; name: string } = { kind: 'system', id: 't', name: 'Test' }

const Labelled = z.looseObject({ labels: z.record(z.string(), z.string()) })

/** Keys and answers by their own schemas; anything else carries its labels itself. */
const codec: RecordCodec = {
  parse(kind, record) {
    if (kind === 'key') return parseKeyRecord(record)
    return kind === 'answer' ? parseAnswerRecord(record) : Labelled.parse(record)
  },
  labels(kind, record) {
    if (kind === 'key') return keyLabels(record as KeyRecord)
    return kind === 'answer'
      ? answerLabels(parseAnswerRecord(record))
      : Labelled.parse(record).labels
  },
}

export interface Harness {
  app: App
  store: Store
  keys: Keys
  signIn: SignIn
  deps: AppDeps
  now: { ms: number }
  lines: string[]
  key(role: Role, tenants?: Tenants): Promise<string>
  /** As `key` (the bootstrap key unless said otherwise; null: nobody). A body that is no string is sent as JSON. */
  ask(method: string, path: string, options?: Ask): Promise<Response>
  end(): Promise<void>
}

export interface Ask {
  key?: string | null
  body?: unknown
  headers?: Record<string, string>
}

/** What mounts are made from, where they need the harness's own parts. */
export type Parts = Pick<Harness, 'keys' | 'signIn'> & { clock: () => number }

export async function start(
  mounts: readonly Mount[] | ((parts: Parts) => readonly Mount[]) = [],
  over: Partial<AppDeps> = {},
): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-http-'))
  const now = { ms: Date.parse('2026-11-24T12:00:00.000Z') }
  const clock = () => now.ms
  const store = await openFileStore({ folder, codec, clock })
  const keys = createKeys({ store, secret: SECRET, clock })
  await seedBootstrapKey(new Secret(BOOTSTRAP), { store, secret: SECRET, clock })
  const signIn = createSignIn({ keys, secret: SECRET, clock })
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const deps: AppDeps = {
    store,
    keys,
    secret: SECRET,
    clock,
    log: createLog('trace', sink),
    metrics: createMetrics({ activeRotations: () => Promise.resolve(3), process: false }),
    guardInput: () => [],
    https: false,
    bootstrapKeySet: false,
    ...over,
  }
  const app = createApp(
    deps,
    typeof mounts === 'function' ? mounts({ keys, signIn, clock }) : mounts,
  )
  return {
    app,
    store,
    keys,
    signIn,
    deps,
    now,
    lines,
    async key(role, tenants = 'all') {
      const order = { name: `the ${role}`, role, tenants, expiresAt: null }
      return (await keys.mint(order, TEST)).value.reveal()
    },
    async ask(method, path, { key = BOOTSTRAP, body, headers = {} } = {}) {
      const sent = new Headers(key === null ? {} : { Authorization: `Bearer ${key}` })
      if (body !== undefined) sent.set('Content-Type', 'application/json')
      for (const [name, value] of Object.entries(headers)) sent.set(name, value)
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      return app.request(path, {
        method,
        headers: sent,
        ...(text === undefined ? {} : { body: text }),
      })
    },
    async end() {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface AnyProblem extends Record<string, unknown> {
  type: string
  status: number
  requestId: string
}

/** The problem an answer carries; fails when it carries none. */
export async function problemOf(answer: Response): Promise<AnyProblem> {
  const type = answer.headers.get('Content-Type')
  if (type !== 'application/problem+json')
    throw new Error(`${answer.status} is no problem: ${type}`)
  return (await answer.json()) as AnyProblem
}

export const codeOf = async (answer: Response): Promise<string> =>
  (await problemOf(answer)).type.replace('urn:interlock:problem:', '')
