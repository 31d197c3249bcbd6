/** Who asks: 401 before anything else is looked at, so that nothing can be probed without a key. */
import { isIP } from 'node:net'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import ipaddr from 'ipaddr.js'
import { createLimiter } from '../access/token-bucket.ts'
import type { Limiter } from '../access/token-bucket.ts'
import { ProblemError } from '../problem.ts'
import { Secret } from '../secret.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { neededBy } from './permit.ts'

const BEARER = /^Bearer +(ilk_[A-Za-z0-9_-]{28,252})$/i

/**
 * For everything under /v1, whether it exists or not. Failed attempts are counted per address, and an
 * address with too many gets 429 without its key being looked at; keys that this process has
 * recognised before are let through, lest a neighbour behind the same proxy lock an administrator out.
 */
export function authenticate({ keys }: Pick<AppDeps, 'keys'>, limiter: Limiter) {
  return createMiddleware<AppEnv>(async function authenticate(c, next) {
    if (matchedRoutes(c).some(({ handler }) => neededBy(handler) === 'anyone')) return next()
    const header = c.req.header('Authorization')
    // No key at all is no guess.
    if (header === undefined) throw new ProblemError('unauthenticated')
    const shown = BEARER.exec(header)?.[1]
    const key = shown === undefined ? null : new Secret(shown)
    const waits = limiter.wait(addressOf(c)) > 0
    if (waits && (key === null || !keys.wasSeen(key))) refuseWhileWaiting(limiter, c)
    const principal = key === null ? null : await keys.authenticate(key)
    if (principal === null) {
      limiter.failed(addressOf(c))
      throw new ProblemError('unauthenticated')
    }
    c.set('principal', principal)
    c.set('actor', principal.actor)
    c.set('scope', principal.scope)
    return next()
  })
}

/** 429 while this address has to wait. */
export function refuseWhileWaiting(limiter: Limiter, c: Context<AppEnv>): void {
  const retryAfterSeconds = limiter.wait(addressOf(c))
  if (retryAfterSeconds > 0) throw new ProblemError('throttled', undefined, { retryAfterSeconds })
}

/** The socket's address (an IPv6 network as a whole); headers that anybody can write do not count. */
export function addressOf(c: Context<AppEnv>): string {
  const address = c.env?.incoming?.socket.remoteAddress ?? 'none'
  if (isIP(address) !== 6) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}

export const limiterFor = (deps: Pick<AppDeps, 'clock' | 'failedAttempts'>): Limiter =>
  createLimiter({ clock: deps.clock, ...(deps.failedAttempts ?? { burst: 240, refillMs: 250 }) })
