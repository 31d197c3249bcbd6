import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { ProblemError } from '../problem.ts'
import type { AppEnv, GuardInput } from './env.ts'

/**
 * Refuses free text that seems to hold a token, before anything of it is stored. Give it the parsed
 * body: then its paths are names of ours. Leave out the fields that are meant to hold a token.
 */
export function refuseTokens(guard: GuardInput, parsed: unknown): void {
  const errors = guard(parsed)
  if (errors.length > 0) throw new ProblemError('token-in-field', undefined, { errors })
}

/** Ids of ours are as random as a key, and open nothing. Looking into each would cost more than a read does. */
const OWN_ID = /^(?:key_[A-Za-z0-9_-]{1,60}|(?:con|rot|esc|bun)_[0-9a-hjkmnp-tv-z]{20})$/

/**
 * The address itself: a token in a path or a query stands in every log on the way, and whoever sent it
 * must be told. Names in a query are the sender's, so a place is told by its position. A cursor is ours.
 */
export const guardAddress = (guard: GuardInput) =>
  createMiddleware<AppEnv>(async function guardAddress(c, next) {
    const ours = namesOf(c)
    const path = c.req.path
      .split('/')
      .map((part) => (part === '' || ours.includes(part) || OWN_ID.test(part) ? '' : decoded(part)))
    const query = [...asked(c.req.url)].map(([name, value]) =>
      name === 'cursor' ? '' : [name, value],
    )
    if (path.some(Boolean) || query.length > 0) refuseTokens(guard, { path, query })
    await next()
  })

/** The words that the matched route itself is made of; none where nothing matched. */
function namesOf(c: Context<AppEnv>): readonly string[] {
  const matched = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')
  return matched?.path.split('/').filter((part) => !part.startsWith(':')) ?? []
}

const NOTHING = new URLSearchParams()

/** Most addresses ask nothing: those are not parsed. */
function asked(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return at === -1 ? NOTHING : new URLSearchParams(url.slice(at + 1))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
