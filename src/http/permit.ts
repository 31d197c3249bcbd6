/** Permissions stand beside routes, on a middleware that carries them: a route without one cannot start. */
import type { MiddlewareHandler } from 'hono'
import type { Permission } from '../access/role.ts'
import { may, rolesWith } from '../access/role.ts'
import { ProblemError } from '../problem.ts'
import type { App, AppEnv } from './env.ts'

/** `anyone`: no key is asked for. */
export type Needed = Permission | 'anyone'

const declared = new WeakMap<object, Needed>()

/** First in a route's handlers. 401 without a key, 403 with one that may not. */
export function permit(needed: Needed): MiddlewareHandler<AppEnv> {
  const middleware: MiddlewareHandler<AppEnv> = async function permit(c, next) {
    if (needed !== 'anyone') {
      const principal = c.get('principal')
      if (principal === undefined) throw new ProblemError('unauthenticated')
      if (!may(principal.role, needed)) {
        const roles = rolesWith(needed).join(', ')
        const detail = `This key has the role ${principal.role}; that needs one of: ${roles}.`
        throw new ProblemError('forbidden', detail)
      }
    }
    await next()
  }
  declared.set(middleware, needed)
  return middleware
}

export const neededBy = (handler: object): Needed | undefined => declared.get(handler)

export interface DeclaredRoute {
  method: string
  /** As hono writes it: `/v1/keys/:id`. */
  path: string
  permission: Needed
}

/**
 * Every route of the app with what it needs: the list the security table test walks. Throws when one
 * was added past `permit`, or has anything in front of it.
 */
export function declaredRoutes(app: Pick<App, 'routes'>): DeclaredRoute[] {
  const found = new Map<string, DeclaredRoute>()
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL') continue
    const name = `${method} ${path}`
    const permission = neededBy(handler)
    if (found.has(name)) continue
    if (permission === undefined) throw new Error(`${name} declares no permission`)
    found.set(name, { method, path, permission })
  }
  return [...found.values()]
}
