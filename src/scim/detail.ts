/** Our own sentences for what came back. A remote body, header or error text never gets in here. */
import { statusInBody, type ReadAnswer } from './answer.ts'
import type { Failure } from './contract.ts'

export const FAILURE_DETAIL: Readonly<Record<Failure, string>> = {
  'url-refused':
    'This URL may not be called: it must be https, with a plain host name and nothing in front of it. Other targets need the operator’s list.',
  'header-refused':
    'The token contains a character that must not be put into a request header. Nothing was sent.',
  'address-refused':
    'The host leads to an address that is not public. Nothing was sent. Private targets need the operator’s list.',
  'dns-failed': 'The host name could not be resolved.',
  unreachable: 'No connection could be made to the host.',
  'tls-failed': 'The host was reached, but no trusted TLS connection could be made.',
  'timed-out': 'No complete answer came in time.',
  'too-large': 'The answer was larger than any SCIM answer should be and was cut off.',
  'connection-lost': 'The connection broke off before the answer was complete.',
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'The service provider did not understand the request.',
  403: 'The service provider knows who asks, but does not allow it: the token lacks a permission, or an address filter is in the way.',
  404: 'There is nothing at this path: the base URL is probably wrong.',
  405: 'The service provider does not offer this request at this path.',
  406: 'The service provider would not answer as SCIM or JSON.',
  429: 'The service provider is limiting requests.',
  500: 'The service provider failed on its own side.',
  501: 'The service provider does not offer this.',
  502: 'A proxy in front of the service provider got no usable answer.',
  503: 'The service provider is not available at the moment.',
  504: 'A proxy in front of the service provider waited too long for it.',
}

/** For an answer that is not what was asked for. */
export function answerDetail(read: ReadAnswer): string {
  const { status } = read
  if (read.kind === 'redirect') {
    return `HTTP ${status}: it answered with a redirect, which is not followed and gets no token.`
  }
  const parts = [`HTTP ${status}: ${statusDetail(read)}`]
  if (read.kind === 'web-page') parts.push('It answered with a web page instead of SCIM.')
  else if (status < 300) parts.push(BODY_DETAIL[read.kind])
  const inBody = statusInBody(read.json)
  if (status >= 400 && inBody !== null && inBody !== status) {
    parts.push(`Its error body names the status ${inBody} instead.`)
  }
  if (read.scimType !== null) parts.push(`The error is named ${read.scimType}.`)
  if (status === 429) parts.push(waitDetail(read.retryAfterSeconds))
  return parts.join(' ')
}

const BODY_DETAIL: Readonly<Record<ReadAnswer['kind'], string>> = {
  json: 'It answered with JSON, but not with what SCIM has at this path.',
  'web-page': 'It answered with a web page instead of SCIM.',
  empty: 'It answered with an empty body.',
  'not-json': 'It answered with something that is not JSON.',
  redirect: 'It answered with a redirect.',
}

function statusDetail(read: ReadAnswer): string {
  const { status } = read
  if (status < 300) return 'the answer cannot be used.'
  if (status === 401) {
    return read.challenged
      ? 'not authenticated. The answer names a scheme to authenticate with (WWW-Authenticate).'
      : 'not authenticated. The answer names no scheme to authenticate with (WWW-Authenticate is missing).'
  }
  const known = BY_STATUS[status]
  if (known !== undefined) return known
  return status >= 500
    ? 'The service provider failed on its own side.'
    : 'The service provider refused the request.'
}

const waitDetail = (seconds: number | null): string =>
  seconds === null
    ? 'It did not say for how many seconds to wait.'
    : `It asks to wait ${seconds} seconds.`
