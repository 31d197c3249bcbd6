/** How an IdP's hand sends, and what of it is remembered. */
import { CallFailed } from './idp-contract.ts'
import type { Call, HeaderFormat, IdpFetch, IdpRequest, Reply } from './idp-contract.ts'

export function createCall(means: {
  baseUrl: string
  fetch: IdpFetch
  headers: Readonly<Record<string, string>>
  headerFormat: HeaderFormat
  /** The form's text; null: nothing was ever entered. */
  token: string | null
  record: IdpRequest[]
}): Call {
  const { token, headerFormat } = means
  const authorization =
    token === null ? null : headerFormat === 'verbatim' ? token : `Bearer ${token}`

  return async (method, path, body) => {
    const headers: Record<string, string> = {
      accept: 'application/scim+json',
      ...means.headers,
      ...(body ? { 'content-type': 'application/scim+json; charset=utf-8' } : {}),
      ...(authorization === null ? {} : { authorization }),
    }
    means.record.push({
      method,
      path: decodeURIComponent(path),
      authorization: withoutToken(authorization),
      userAgent: headers['user-agent'] ?? null,
      contentType: headers['content-type'] ?? null,
      body: body ?? null,
    })
    if (means.record.length > 2000) means.record.shift()
    const init: RequestInit = { method, headers, redirect: 'manual' }
    if (body !== undefined) init.body = JSON.stringify(body)
    const answer = await means.fetch(`${means.baseUrl}${path}`, init).catch(() => {
      // No answer, or a token that cannot stand in a header: its message would repeat it.
      throw new CallFailed(null)
    })
    return { status: answer.status, body: parsed(await answer.text()) }
  }
}

/** The reply, or `CallFailed` when it is not a success. */
export function succeed(reply: Reply): Reply {
  if (reply.status < 200 || reply.status > 299) throw new CallFailed(reply.status)
  return reply
}

/** The one resource a filtered list found. Not a list → `CallFailed`. */
export function found(reply: Reply): { id: string; [attribute: string]: unknown } | null {
  const { body, status } = succeed(reply)
  if (body === null || typeof body['totalResults'] !== 'number') throw new CallFailed(status)
  const [first] = (body['Resources'] ?? []) as { id: string }[]
  return first ?? null
}

export function idOf(reply: Reply): string {
  const id = succeed(reply).body?.['id']
  if (typeof id !== 'string') throw new CallFailed(reply.status)
  return id
}

/** A SCIM filter's string is a JSON string (RFC 7644 §3.4.2.2). */
export function filter(attribute: string, value: string): string {
  return encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`)
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

/** Keeps the words before the token, which show a doubled or a missing `Bearer`. */
function withoutToken(authorization: string | null): string {
  if (authorization === null) return ''
  const words = /^(?:bearer\s+)*/i.exec(authorization)?.[0] ?? ''
  return `${words}[token]`
}
