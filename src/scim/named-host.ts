/**
 * The places that answers name (`meta.location`, a redirect's `Location`), held against the base URL.
 * A different host is the first sign of a wrong tenant or environment.
 */
import { isObject } from './answer.ts'
import type { Mismatch } from './contract.ts'

export interface Named {
  source: 'meta-location' | 'redirect'
  location: string
}

/** `meta.location` of a resource, or of each resource in a list. */
export function metaLocations(resources: readonly unknown[]): Named[] {
  return resources.flatMap((resource): Named[] => {
    const meta = isObject(resource) ? resource['meta'] : null
    const location = isObject(meta) ? meta['location'] : null
    return typeof location === 'string' ? [{ source: 'meta-location', location }] : []
  })
}

/** Relative and unreadable locations name no host and are left out. */
export function compareHosts(
  baseUrl: string,
  named: readonly Named[],
): { mismatches: Mismatch[]; confirmedHosts: string[] } {
  const base = new URL(baseUrl)
  const mismatches = new Map<string, Mismatch>()
  const confirmed = new Set<string>()
  for (const { source, location } of named) {
    const url = hostIn(location, base)
    if (url === null) continue
    const found = shown(url)
    if (samePlace(base, url)) confirmed.add(found)
    else mismatches.set(`${source} ${found}`, { source, expected: shown(base), found })
  }
  return { mismatches: [...mismatches.values()], confirmedHosts: [...confirmed] }
}

function hostIn(location: string, base: URL): URL | null {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(location)
  if (!absolute && !location.startsWith('//')) return null
  if (location.length > 2048 || !URL.canParse(location, base.href)) return null
  const url = new URL(location, base)
  return url.hostname === '' ? null : url
}

/**
 * A port counts only where both name one: behind a proxy that ends TLS, services often write the
 * port or scheme they themselves listen on.
 */
const samePlace = (a: URL, b: URL): boolean =>
  bare(a) === bare(b) && (a.port === '' || b.port === '' || a.port === b.port)

const bare = (url: URL): string => url.hostname.toLowerCase().replace(/\.$/, '')

/** Safe to show and store: matches `[a-z0-9.:-]{1,253}`. */
const shown = (url: URL): string =>
  `${bare(url)}${url.port === '' ? '' : `:${url.port}`}`
    .replace(/^\[|\]/g, '')
    .replace(/[^a-z0-9.:-]/g, '-')
    .slice(0, 253)
