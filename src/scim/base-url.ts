/** A SCIM base URL as a person typed it: brought into one spelling, and its likely mistakes named. */
import { strictUrl, type UrlFault } from './url.ts'

type BaseUrlFault = UrlFault | 'query' | 'path'

/** What is odd about it though it can be used. Codes; the sentences are the catalogue's. */
export type BaseUrlFinding =
  /** A space around it, or a `/` at its end: both were removed. */
  | 'surrounding-space'
  | 'trailing-slash'
  /** `//` inside the path, reduced to one. */
  | 'doubled-slash'
  /** Plain http; only the operator's list lets it be called. */
  | 'plain-http'
  /** The path does not end in `/scim/v2`, as this kind of service provider has it. */
  | 'missing-scim-v2'
  /** `/Users`, `/ServiceProviderConfig` … at the end: a resource, not the base. */
  | 'ends-in-resource'
  /** Ends in `/v1`: SCIM 1.1 speaks another language. */
  | 'scim-v1'
  /** Okta refuses a base URL with an underscore. */
  | 'underscore'

export type BaseUrl =
  | { ok: true; baseUrl: string; host: string; findings: BaseUrlFinding[] }
  | { ok: false; fault: BaseUrlFault }

/** Path characters of RFC 3986 §3.3, percent-encoding included. */
const PATH = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/
const RESOURCE = /\/(users|groups|schemas|resourcetypes|serviceproviderconfig|me|bulk)$/i

/** Re-serialised from scheme, host, port and path alone. No trailing slash, so `${baseUrl}/Users` is right. */
export function parseBaseUrl(text: string): BaseUrl {
  const trimmed = text.trim()
  const read = strictUrl(trimmed)
  if (!read.ok) return read
  if (trimmed.includes('?')) return { ok: false, fault: 'query' }
  const { url, host } = read
  // Before the platform encodes it: `{tenant}` left in place is a template, not an address.
  const typed = trimmed.replace(/^[^/]*\/\/[^/]*/, '')
  if (!PATH.test(typed) || /%(?![0-9A-Fa-f]{2})/.test(typed)) {
    return { ok: false, fault: 'path' }
  }
  const path = url.pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => `/${segment}`)
    .join('')
  const baseUrl = `${url.protocol}//${url.host}${path}`
  const marks: [BaseUrlFinding, boolean][] = [
    ['surrounding-space', trimmed !== text],
    ['trailing-slash', url.pathname.length > 1 && url.pathname.endsWith('/')],
    ['doubled-slash', url.pathname.includes('//')],
    ['plain-http', url.protocol === 'http:'],
    ['missing-scim-v2', !/\/scim\/v2(\/|$)/.test(path)],
    ['ends-in-resource', RESOURCE.test(path)],
    ['scim-v1', /\/v1$/i.test(path)],
    ['underscore', baseUrl.includes('_')],
  ]
  return { ok: true, baseUrl, host, findings: marks.filter(([, on]) => on).map(([code]) => code) }
}
