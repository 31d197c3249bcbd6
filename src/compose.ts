/**
 * The composition root: every part is made here, once, and handed to those that need it. Nobody but
 * `main.ts`, the command line and the tests imports this file.
 */
import { Hono } from 'hono'
import { seedBootstrapKey } from './access/bootstrap-key.ts'
import { createKeys } from './access/key.ts'
import type { Keys } from './access/key.ts'
import { scopeOf } from './access/scope.ts'
import { createSessions } from './access/session.ts'
import { createSignIn } from './access/sign-in.ts'
import { secretFor } from './access/stored-secret.ts'
import { loadCatalog } from './catalog.ts'
import type { Config } from './config.ts'
import { answerLabels, parseAnswerRecord } from './http/answer-record.ts'
import type { AnswerRecord } from './http/answer-record.ts'
import { createApp } from './http/app.ts'
import { allowing, bracketed, createDeps } from './deps.ts'
import { mountBundles } from './http/bundle-route.ts'
import { mountConnections } from './http/connection-route.ts'
import { ctxFrom } from './http/ctx.ts'
import type { App } from './http/env.ts'
import { mountEscalations } from './http/escalation-route.ts'
import { mountGuide } from './http/guide-route.ts'
import { sweepAnswers } from './http/idempotency.ts'
import { createMetrics } from './http/metrics.ts'
import { declaredRoutes } from './http/permit.ts'
import type { DeclaredRoute } from './http/permit.ts'
import { mountRotations } from './http/rotation-route.ts'
import { listen } from './http/server.ts'
import type { Listening } from './http/server.ts'
import { createLog } from './log.ts'
import type { Log } from './log.ts'
import { createPractice } from './practice/practice.ts'
import type { Practice } from './practice/practice.ts'
import type { Store } from './store/contract.ts'
import { openFileStore } from './store/files.ts'
import { rememberingKeys } from './support/handled-token.ts'
import { openSafeguard } from './support/safeguard.ts'
import { openSigner } from './support/signer.ts'
import type { TokenRegistry } from './support/token-registry.ts'
import { errorPage } from './web/error-page.tsx'
import { pageMounts } from './web/page.ts'
import { createRehearsal } from './web/rehearsal.ts'
import { createCodec } from './workflow/codec.ts'
import { SYSTEM } from './workflow/context.ts'
import { createFingerprint } from './workflow/fingerprint.ts'
import type { Deps } from './workflow/context.ts'
import { recover } from './workflow/recovery.ts'

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
  /** All that is served, each with what it asks for. */
  routes: readonly DeclaredRoute[]
  /** Drains: no new requests, running ones end, the store is released. */
  close(): Promise<void>
}

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
  const fingerprint = createFingerprint(secret)
  const { folder } = config.store
  const safeguard = await openSafeguard({ folder, secret, fingerprint, clock })
  const { tokens, guardInput } = safeguard
  const keys = rememberingKeys(createKeys({ store, secret, clock }), tokens, clock)
  await seedBootstrapKey(config.bootstrapKey, { store, secret, clock })
  await sweepAnswers(store, clock())
  const allow = allowing(config.allowTargets)
  const signer = await openSigner(folder)
  const bundles = { signer, recipient: config.supportRecipient }
  const deps = createDeps({ store, secret, fingerprint, clock, catalog, allow, safeguard, bundles })
  const signIn = createSignIn({ keys, secret, clock })
  const ctxOf = ctxFrom(deps)
  const https = config.publicUrl?.startsWith('https:') ?? false
  const bootstrapKeySet = config.bootstrapKey !== null
  const practice = config.practice ? (means.practice ?? createPractice({ clock })) : null
  const mounted = practice === null ? null : mountedPractice(practice)
  let url = ''
  const rehearsal =
    mounted === null
      ? null
      : createRehearsal({
          request: (path, init) => mounted.request(path, init),
          base: () => `${url}/practice`,
        })
  const app = createApp(
    {
      store,
      keys,
      secret,
      clock,
      log,
      metrics: createMetrics({ activeRotations: () => countActive(store), process: true }),
      guardInput,
      errorPage: errorPage(clock),
      https,
      bootstrapKeySet,
      timeoutMs: 60_000,
    },
    [
      mountGuide(catalog, guardInput),
      mountConnections({ ctxOf, guardInput }),
      mountRotations({ ctxOf, guardInput }),
      mountEscalations({ ctxOf, guardInput }),
      mountBundles({ ctxOf }),
      ...pageMounts({
        ctxOf,
        guardInput,
        clock,
        catalog,
        store,
        keys,
        bootstrapKeySet,
        rehearsal,
        sessions: createSessions({ keys, clock }),
        signIn,
        https,
        publicHost: config.publicUrl === null ? null : new URL(config.publicUrl).host,
      }),
    ],
  )
  const listening = await listen(withPractice(app, mounted), config)
  url = config.publicUrl ?? `http://${bracketed(config.host)}:${listening.port}`
  if (practice !== null) allow.open(config.host, listening.port)
  const left = await recover({ ...deps, actor: SYSTEM, scope: scopeOf('all') })
  if (left.length > 0) log.warn({ rotations: left }, 'left half done: the portal did not answer')
  const signInUrl = (await keys.hasOwner()) ? null : `${url}/sign-in/${signIn.offer().reveal()}`
  return {
    url,
    signInUrl,
    store,
    keys,
    deps,
    practice,
    routes: declaredRoutes(app),
    close: () => close(listening, store, tokens),
  }
}

const mountedPractice = (practice: Practice): Hono =>
  new Hono({ strict: false }).route('/practice', practice.app)

function withPractice(app: App, mounted: Hono | null): Pick<App, 'fetch'> {
  if (mounted === null) return app
  return {
    fetch: (request, ...rest) =>
      /^\/practice(\/|$)/.test(new URL(request.url).pathname)
        ? mounted.fetch(request, ...rest)
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

async function close(
  listening: Listening,
  store: Store,
  tokens: Pick<TokenRegistry, 'saved'>,
): Promise<void> {
  await listening.close(5_000)
  await tokens.saved()
  await store.close()
}
