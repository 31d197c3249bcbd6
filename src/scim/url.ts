/**
 * One strict reading of a URL, before the lenient parser of the platform sees it. That parser
 * repairs (it drops newlines, turns `\` into `/`, folds full-width letters, decodes `%6c` in a host),
 * and every repair is a way to make a checker and a dialler see two different hosts.
 */
import { isIP } from 'node:net'

export type UrlFault =
  | 'too-long'
  | 'not-a-url'
  | 'scheme'
  | 'userinfo'
  | 'fragment'
  | 'character'
  | 'host'
  | 'port'

export type StrictUrl = { ok: true; url: URL; host: string } | { ok: false; fault: UrlFault }

const MAX_LENGTH = 2048
const SHAPE = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^#]*)$/
const AUTHORITY = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

const refused = (fault: UrlFault): StrictUrl => ({ ok: false, fault })

/**
 * http and https only; visible ASCII; no userinfo, fragment or backslash. A host is an IP address in
 * any spelling (it comes back in the usual one) or an ASCII name without a trailing dot.
 * `host` has no brackets around an IPv6 address.
 */
export function strictUrl(text: string): StrictUrl {
  if (text.length > MAX_LENGTH) return refused('too-long')
  if (text.includes('\\') || !/^[\x21-\x7e]*$/.test(text)) return refused('character')
  if (text.includes('#')) return refused('fragment')
  const shape = SHAPE.exec(text)
  if (shape === null) return refused('not-a-url')
  const [, scheme = '', authority = ''] = shape
  if (!/^https?$/i.test(scheme)) return refused('scheme')
  if (authority.includes('@')) return refused('userinfo')
  const parts = AUTHORITY.exec(authority)
  if (parts === null) return refused('host')
  const [, rawHost = '', port] = parts
  if (port !== undefined && (Number(port) === 0 || Number(port) > 65_535)) return refused('port')
  return parsed(text, rawHost)
}

function parsed(text: string, rawHost: string): StrictUrl {
  if (rawHost.endsWith('.') || !URL.canParse(text)) return refused('host')
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return { ok: true, url, host }
  const sameName = host === rawHost.toLowerCase() && host.length <= 253
  return sameName && host.split('.').every((label) => LABEL.test(label))
    ? { ok: true, url, host }
    : refused('host')
}

/** The port that would be dialled. */
export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
