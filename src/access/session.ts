/**
 * Signed-in browsers: kept in this process, found by a random name in a cookie. A session is never
 * more than its key: role, tenants and life are read from the key's record at each request, so that
 * revoking the key ends its sessions at once. A restart ends all of them.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret } from '../secret.ts'
import { isLive } from './key.ts'
import type { Keys, Principal } from './key.ts'
import { scopeOf } from './scope.ts'

/** A working day; then the key is asked for again. */
export const SESSION_HOURS = 12

/** Enough for every administrator there is, and too few to fill the memory. */
const MOST_SESSIONS = 10_000

export interface Session {
  readonly principal: Principal
  /** Sent with every form; another site cannot know it. */
  readonly csrf: string
  /** Names this session inside the program; opens nothing. */
  readonly handle: string
}

export interface Sessions {
  /** → the cookie's value. */
  open(keyId: string): Secret
  /** Null: unknown, too old, ended, or its key is not live any more. */
  find(cookie: Secret): Promise<Session | null>
  end(cookie: Secret): void
}

export function createSessions(deps: { keys: Pick<Keys, 'load'>; clock: () => number }): Sessions {
  const { keys, clock } = deps
  /** By digest: what is in memory opens nothing. Oldest first. */
  const open = new Map<string, { keyId: string; until: number }>()
  const drop = (): void => {
    for (const [name, { until }] of open) {
      if (until > clock() && open.size < MOST_SESSIONS) return
      open.delete(name)
    }
  }
  return {
    open(keyId) {
      drop()
      const cookie = new Secret(randomBytes(32).toString('base64url'))
      open.set(digest(cookie), { keyId, until: clock() + SESSION_HOURS * 3_600_000 })
      return cookie
    },
    async find(cookie) {
      const handle = digest(cookie)
      const session = open.get(handle)
      if (session === undefined) return null
      const key = session.until > clock() ? await keys.load(session.keyId) : null
      if (key === null || !isLive(key.record, clock())) {
        open.delete(handle)
        return null
      }
      const { id, name, role, tenants } = key.record
      const principal = { actor: { kind: 'key', id, name }, role, scope: scopeOf(tenants) } as const
      return { principal, csrf: csrfOf(cookie), handle }
    },
    end(cookie) {
      open.delete(digest(cookie))
    },
  }
}

const digest = (cookie: Secret): string =>
  createHash('sha256').update(cookie.reveal(), 'utf8').digest('hex')

const csrfOf = (cookie: Secret): string =>
  createHmac('sha256', cookie.reveal()).update('interlock csrf v1').digest('base64url')

/** Takes the same time wherever the two differ. */
export function sameCsrf(expected: string, given: string): boolean {
  const left = Buffer.from(expected)
  const right = Buffer.from(given)
  return left.length === right.length && timingSafeEqual(left, right)
}
