/** From a request to what a verb is given: the program's parts, and who acts within which tenants. */
import type { Context } from 'hono'
import type { Ctx, Deps } from '../workflow/context.ts'
import type { AppEnv } from './env.ts'

export type CtxOf = (c: Context<AppEnv>) => Ctx

export const ctxFrom =
  (deps: Deps): CtxOf =>
  (c) => ({ ...deps, actor: c.get('actor'), scope: c.get('scope') })
