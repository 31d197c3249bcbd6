/**
 * The composition root: every part is made here, once, and handed to those that need it. Nobody but
 * `main.ts`, the command line and the tests imports this file.
 */
import { Hono } from 'hono'
import { seedBootstrapKey } from './access/bootstrap-key.ts'
import { createKeys } from './access/key.ts'
import type { Keys } from './access/key.ts'
import { scopeOf } from './access/scope.ts'
import { createSignIn } from './access/sign-in.ts'
import { secretFor } from './access/stored-secret.ts'
import { loadCatalog } from './catalog.ts'
import type { Config } from './config.ts'
import { answerLabels, parseAnswerRecord } from './http/answer-record.ts'
import type { AnswerRecord } from './http/answer-record.ts'
import { createApp } from './http/app.ts'
import { mountConnections } from './http/connection-route.ts'
import { ctxFrom } from './http/ctx.ts'
import type { App, GuardInput } from './http/env.ts'
import { mountGuide } from './http/guide-route.ts'
import { sweepAnswers } from './http/idempotency.ts'
import { createMetrics } from './http/metrics.ts'
import { mountRotations } from './http/rotation-route.ts'
import { listen } from './http/server.ts'
import type { Listening } from './http/server.ts'
import { createLog } from './log.ts'
import type { Log } from './log.ts'
import { openPortals } from './portals/open.ts'
import { createPractice } from './practice/practice.ts'
import type { Practice } from './practice/practice.ts'
import { firstChecks } from './scim/check.ts'
import { createSend } from './scim/client.ts'
import { readPilot } from './scim/pilot.ts'
import { judgeTarget, parseAllowTargets } from './scim/target.ts'
import type { AllowTargets } from './scim/target.ts'
import type { Secret } from './secret.ts'
import type { Store } from './store/contract.ts'
import { openFileStore } from './store/files.ts'
import { createChangeFeed } from './workflow/change-feed.ts'
import { createCodec } from './workflow/codec.ts'
import { SYSTEM } from './workflow/context.ts'
import type { Deps } from './workflow/context.ts'
import { createFingerprint } from './workflow/fingerprint.ts'
import { createIdSource } from './workflow/id.ts'
import { recover } from './workflow/recovery.ts'
import { createTokenVault } from './workflow/token-vault.ts'

/** What tests replace; everything else is real. */
export interface Means {
  clock?: () => number
  log?: Log
  /** In place of the default practice provider. */
  practice?: Practice
}

export interface Interlock {
  url: string
  /** Where the first owner signs in; null when somebody can sign in already. */
  signInUrl: string | null
  store: Store
  keys: Keys
  deps: Deps
  practice: Practice | null
  /** Drains: no new requests, running ones end, the store is released. */
  close(): Promise<void>
}

/** Free text is not looked at yet; the leak check takes this place. */
const NO_GUARD: GuardInput = () => []

export async function compose(config: Config, means: Means = {}): Promise<Interlock> {
  const clock = means.clock ?? Date.now
  const log = means.log ?? createLog(config.logLevel)
  const catalog = loadCatalog()
  const store = await openFileStore({
    folder: config.store.folder,
    codec: createCodec({
      answer: {
        parse: parseAnswerRecord,
        labels: (record) => answerLabels(record as AnswerRecord),
      },
    }),
    clock,
  })
  const secret = await secretFor(config)
  const keys = createKeys({ store, secret, clock })
  await seedBootstrapKey(config.bootstrapKey, { store, secret, clock })
  await sweepAnswers(store, clock())
  const allow = allowing(config.allowTargets)
  const deps = createDeps({ store, secret, clock, catalog, allow })
  const signIn = createSignIn({ keys, secret, clock })
  const ctxOf = ctxFrom(deps)
  const app = createApp(
    {
      store,
      keys,
      signIn,
      secret,
      clock,
      log,
      metrics: createMetrics({ activeRotations: () => countActive(store), process: true }),
      guardInput: NO_GUARD,
      https: config.publicUrl?.startsWith('https:') ?? false,
      bootstrapKeySet: config.bootstrapKey !== null,
      timeoutMs: 60_000,
    },
    [
      mountGuide(catalog),
      mountConnections({ ctxOf, guardInput: NO_GUARD }),
      mountRotations({ ctxOf, guardInput: NO_GUARD }),
    ],
  )
  const practice = config.practice ? (means.practice ?? createPractice({ clock })) : null
  const listening = await listen(withPractice(app, practice), config)
  const url = config.publicUrl ?? `http://${bracketed(config.host)}:${listening.port}`
  if (practice !== null) allow.open(config.host, listening.port)
  const left = await recover({ ...deps, actor: SYSTEM, scope: scopeOf('all') })
  if (left.length > 0) log.warn({ rotations: left }, 'left half done: the portal did not answer')
  const signInUrl = (await keys.hasOwner()) ? null : `${url}/sign-in/${signIn.offer().reveal()}`
  return { url, signInUrl, store, keys, deps, practice, close: () => close(listening, store) }
}

function createDeps(parts: {
  store: Store
  secret: Secret
  clock: () => number
  catalog: Deps['catalog']
  allow: { current(): AllowTargets }
}): Deps {
  const { store, secret, clock, catalog, allow } = parts
  const send = createSend({ allow: allow.current(), clock })
  return {
    store,
    clock,
    nextId: createIdSource(clock),
    fingerprint: createFingerprint(secret),
    vault: createTokenVault(clock),
    changes: createChangeFeed(),
    catalog,
    portals: openPortals({ secret, send, clock }),
    scim: {
      firstChecks: (order) => firstChecks(send, order),
      readPilot: (order) => readPilot(send, order),
      mayCall: (url) => typeof judgeTarget(url, allow.current()) !== 'string',
    },
  }
}

/** The practice provider runs on our own port, which may only be known after listening. */
function allowing(configured: AllowTargets): {
  current(): AllowTargets
  open(host: string, port: number): void
} {
  const entries = [...configured.entries]
  const list: AllowTargets = { entries }
  return {
    current: () => list,
    open: (host, port) => {
      for (const name of new Set([host, 'localhost'])) {
        entries.push(...parseAllowTargets(`${bracketed(name)}:${port}`).entries)
      }
    },
  }
}

function withPractice(app: App, practice: Practice | null): Pick<App, 'fetch'> {
  if (practice === null) return app
  const rehearsal = new Hono({ strict: false }).route('/practice', practice.app)
  return {
    fetch: (request, ...rest) =>
      /^\/practice(\/|$)/.test(new URL(request.url).pathname)
        ? rehearsal.fetch(request, ...rest)
        : app.fetch(request, ...rest),
  }
}

async function countActive(store: Store): Promise<number> {
  let count = 0
  let cursor: string | undefined
  do {
    const page = await store.list('rotation', {
      labels: { status: ['active', 'halted'] },
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    })
    count += page.items.length
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return count
}

async function close(listening: Listening, store: Store): Promise<void> {
  await listening.close(5_000)
  await store.close()
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
