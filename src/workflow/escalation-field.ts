/**
 * The two texts among the eight items, in forms too tight for a token: a tenant is a UUID or a short
 * slug, a base URL is put together again from its parts. What the connection has is taken as it is.
 */
import type { EscalationFacts } from '../../machines/escalation.facts.ts'
import { ProblemError } from '../problem.ts'
import { parseBaseUrl } from '../scim/base-url.ts'

type About = Pick<EscalationFacts, 'reference'>

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** A word with a short number behind it, or a number: letters and digits mixed at will are a token's. */
const WORD = /^(?:[a-z]{1,20}\d{0,6}|\d{1,12})$/
const MOST_WORDS = 6

const isSlug = (text: string): boolean => {
  const words = text.split(/[-._]/)
  return words.length <= MOST_WORDS && words.every((word) => WORD.test(word))
}

/** Instances of AWS IAM Identity Center: 11 hex digits and the rest of a UUID. */
const AWS_INSTANCE = /^[0-9a-f]{10,12}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const isSegment = (text: string): boolean =>
  isSlug(text) || /^[A-Z][a-z]{1,15}$/.test(text) || UUID.test(text) || AWS_INSTANCE.test(text)

export function readTenant(text: string, { reference }: About): string {
  const tenant = text.trim()
  if (tenant === reference?.tenantId || UUID.test(tenant) || isSlug(tenant)) return tenant
  throw notAccepted('tenantId', 'must be a UUID, or a short name in small letters as "acme-prod"')
}

export function readBaseUrl(text: string, { reference }: About): string {
  const read = parseBaseUrl(text)
  if (!read.ok) {
    throw notAccepted(
      'scimBaseUrl',
      'must be an absolute URL without user, query or fragment, as https://portal.example/scim/v2',
    )
  }
  if (read.baseUrl === reference?.scimBaseUrl) return read.baseUrl
  const { hostname, pathname } = new URL(read.baseUrl)
  const labels = hostname.replaceAll(/[[\]]/g, '').split(/[.:]/)
  const address = labels.every((label) => /^[0-9a-f]{0,4}$/.test(label))
  const segments = pathname.split('/').filter((segment) => segment !== '')
  if ((address || labels.every((label) => isSlug(label))) && segments.every(isSegment)) {
    return read.baseUrl
  }
  throw notAccepted(
    'scimBaseUrl',
    'must be made of plain words; leave out what only identifies you',
  )
}

const notAccepted = (path: string, message: string): ProblemError =>
  new ProblemError('invalid-input', undefined, { errors: [{ path, message }] })
