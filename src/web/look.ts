/** Who looks at a page, and when: what every page is drawn from besides its own matter. */
import type { Context } from 'hono'
import type { Principal } from '../access/key.ts'
import { may } from '../access/role.ts'
import type { Permission } from '../access/role.ts'
import type { AppEnv } from '../http/env.ts'

export interface Look {
  principal: Principal | null
  csrf: string
  path: string
  /** Epoch milliseconds. */
  now: number
  /** How many cases wait for this reader. */
  waiting: number
  may(permission: Permission): boolean
}

export function lookOf(c: Context<AppEnv>, clock: () => number): Look {
  const session = c.get('session')
  const principal = session?.principal ?? null
  return {
    principal,
    csrf: session?.csrf ?? '',
    path: c.req.path,
    now: clock(),
    waiting: c.get('waiting') ?? 0,
    may: (permission) => principal !== null && may(principal.role, permission),
  }
}
