/** The session's cookie. `__Host-` binds it to this host over https; plain http has no such promise to give. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SESSION_HOURS } from '../access/session.ts'
import type { AppEnv } from '../http/env.ts'
import { Secret } from '../secret.ts'

const nameOf = (https: boolean): string => (https ? '__Host-interlock' : 'interlock')

const options = (https: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: https }) as const

export function readSession(c: Context<AppEnv>, https: boolean): Secret | null {
  const value = getCookie(c, nameOf(https))
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? new Secret(value) : null
}

export function keepSession(c: Context<AppEnv>, cookie: Secret, https: boolean): void {
  const maxAge = SESSION_HOURS * 3600
  setCookie(c, nameOf(https), cookie.reveal(), { ...options(https), maxAge })
}

export function forgetSession(c: Context<AppEnv>, https: boolean): void {
  deleteCookie(c, nameOf(https), options(https))
}
