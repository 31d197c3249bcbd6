/** How many cases wait for whoever looks, for the frame of every page: counted by heads, no record is opened. */
import { createMiddleware } from 'hono/factory'
import { may } from '../access/role.ts'
import type { AppEnv } from '../http/env.ts'
import { countEscalations } from '../workflow/escalation-list.ts'
import type { WebDeps } from './env.ts'
import { waitingStates } from './escalation-inbox.ts'

export const waitingFor = ({ store }: Pick<WebDeps, 'store'>) =>
  createMiddleware<AppEnv>(async function waitingFor(c, next) {
    const principal = c.get('session')?.principal
    if (principal !== undefined && !c.req.path.startsWith('/assets/')) {
      const { role, scope, actor } = principal
      const states = waitingStates({ may: (permission) => may(role, permission) })
      if (states.length > 0) {
        c.set('waiting', await countEscalations({ store, scope, actor }, states))
      }
    }
    return next()
  })
