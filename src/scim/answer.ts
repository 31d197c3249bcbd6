/**
 * What came back, read as tolerantly as the field needs (RFC 7644 §3.12 and its errata; proxies that
 * answer HTML; `status` as number; vendors' extra keys) and no further. Nothing of it is repeated.
 */
import type { AnswerKind, Exchange } from './contract.ts'

export type Answer = Extract<Exchange, { kind: 'answer' }>

export interface ReadAnswer {
  status: number
  kind: AnswerKind
  /** The body, when it is a JSON object. */
  json: Readonly<Record<string, unknown>> | null
  scimType: string | null
  /** Whole seconds asked for by `Retry-After`. */
  retryAfterSeconds: number | null
  /** It named a scheme to authenticate with. */
  challenged: boolean
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function readAnswer(answer: Answer): ReadAnswer {
  const parsed = parseJson(answer.body)
  const json = isObject(parsed) ? parsed : null
  return {
    status: answer.status,
    kind: kindOf(answer, json),
    json,
    scimType: scimTypeOf(answer.status, json),
    retryAfterSeconds: wholeSeconds(answer.headers['retry-after']),
    challenged: /^\s*[A-Za-z][A-Za-z0-9-]*/.test(answer.headers['www-authenticate'] ?? ''),
  }
}

/** The content type is not asked: `application/json`, `text/plain` or none at all still hold SCIM in the wild. */
function kindOf(answer: Answer, json: ReadAnswer['json']): AnswerKind {
  if (answer.status >= 300 && answer.status < 400) return 'redirect'
  if (json !== null) return 'json'
  const body = answer.body.trimStart()
  if (body === '') return 'empty'
  const html = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(
    answer.headers['content-type'] ?? '',
  )
  return html || /^<(!doctype|html|head|body|\?xml|!--)/i.test(body) ? 'web-page' : 'not-json'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Only a plain word gets through: this text comes from a stranger and ends in reports. */
function scimTypeOf(status: number, json: ReadAnswer['json']): string | null {
  const word = json?.['scimType']
  return status >= 400 && typeof word === 'string' && /^[A-Za-z]{1,40}$/.test(word) ? word : null
}

const wholeSeconds = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,7}$/.test(header) ? Number(header) : null

/** The status an error body names, as text or as number; null when it names none. */
export function statusInBody(json: ReadAnswer['json']): number | null {
  const named = json?.['status']
  const text = typeof named === 'number' ? String(named) : named
  return typeof text === 'string' && /^[1-5]\d{2}$/.test(text) ? Number(text) : null
}

/** Whether `schemas` names this message or resource. Compared without case: some write it differently. */
function hasSchema(json: Readonly<Record<string, unknown>>, ending: string): boolean {
  const schemas = json['schemas']
  const named = Array.isArray(schemas) ? schemas : [schemas]
  return named.some(
    (urn) => typeof urn === 'string' && urn.toLowerCase().endsWith(`:${ending.toLowerCase()}`),
  )
}

/** A ListResponse (RFC 7644 §3.4.2). `Resources` may be absent when there are none. */
export function listIn(
  json: ReadAnswer['json'],
): { total: number | null; resources: readonly unknown[] } | null {
  if (json === null) return null
  const total = json['totalResults']
  const resources = json['Resources']
  const known =
    hasSchema(json, 'ListResponse') || typeof total === 'number' || Array.isArray(resources)
  if (!known || hasSchema(json, 'Error')) return null
  return {
    total: typeof total === 'number' ? total : null,
    resources: Array.isArray(resources) ? resources : [],
  }
}

const CONFIG_MEMBERS = ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']

/** A ServiceProviderConfig (RFC 7643 §5), by its schema or by what only it contains. */
export const isProviderConfig = (json: ReadAnswer['json']): boolean =>
  json !== null &&
  !hasSchema(json, 'Error') &&
  (hasSchema(json, 'ServiceProviderConfig') ||
    Array.isArray(json['authenticationSchemes']) ||
    CONFIG_MEMBERS.some((name) => isObject(json[name]) && 'supported' in json[name]))
