/** What travels with a request. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Actor } from '../../machines/vocabulary.ts'
import type { Keys, Principal } from '../access/key.ts'
import type { Scope } from '../access/scope.ts'
import type { Session } from '../access/session.ts'
import type { Limiter } from '../access/token-bucket.ts'
import type { Log } from '../log.ts'
import type { FieldError, ProblemError } from '../problem.ts'
import type { ProblemCode } from '../problem-catalogue.ts'
import type { Secret } from '../secret.ts'
import type { Store } from '../store/contract.ts'
import type { Metrics } from './metrics.ts'

export interface AppEnv {
  /** Empty when a request arrives without a socket (tests, the embedded command line). */
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    /** Set once a live key was shown; under a route with a permission it always is. */
    principal?: Principal
    actor: Actor
    scope: Scope
    /** From If-Match, where the route asks for it. */
    expectedRevision: number
    /** Names of members that a repeated request must not be shown again. */
    shownOnce?: readonly string[]
    /** A signed-in browser; never under /v1. */
    session?: Session
    /** Cases that wait for whoever looks at a page. */
    waiting?: number
    /** The refusal that was answered, for the log and the metrics. */
    problem?: ProblemCode
    secureHeadersNonce?: string
  }
}

export type App = OpenAPIHono<AppEnv>

/** Adds routes to the app, through `route()` or `permit()`; anything else ends the start. */
export type Mount = (app: App, border: Border) => void

/** What the border shares with those that let people in. */
export interface Border {
  /** Of failed attempts to sign in or to use a key. */
  limiter: Limiter
}

/** Free text is looked at before anything is stored; answers where a secret seems to stand. */
export type GuardInput = (value: unknown) => FieldError[]

export interface AppDeps {
  store: Store
  keys: Keys
  /** INTERLOCK_SECRET. */
  secret: Secret
  clock: () => number
  log: Log
  metrics: Metrics
  guardInput: GuardInput
  /** A refusal as a page, for a browser that asked for one; null: as problem details. */
  errorPage?: (c: Context<AppEnv>, problem: ProblemError) => Response | null
  /** People reach it by https: browsers are told to stay there. */
  https: boolean
  /** INTERLOCK_BOOTSTRAP_KEY is set: revoking that key would last until the next start only. */
  bootstrapKeySet: boolean
  /** How long a request may take; 30 s. */
  timeoutMs?: number
  /** Failed attempts per address: 240 at once, 4 a second afterwards. */
  failedAttempts?: { burst: number; refillMs: number }
}
