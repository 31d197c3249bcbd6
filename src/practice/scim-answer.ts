/** How the practice provider's SCIM answers look on the wire. */
import { Types } from 'scimmy'
import { withoutTokens } from './request-log.ts'

const JSON_TYPE = 'application/scim+json; charset=utf-8'
const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

type Plain = Record<string, unknown>
type Meta = { location?: string; version?: string }

/** `location`s inside become absolute below `base`; a single resource names itself in the head too. */
export function scimAnswer(status: number, body: object, base: string): Response {
  const plain = JSON.parse(JSON.stringify(body)) as Plain
  const resources = Array.isArray(plain['Resources']) ? (plain['Resources'] as Plain[]) : [plain]
  for (const resource of resources) locate(resource, base)
  const meta = plain['meta'] as Meta | undefined
  return new Response(JSON.stringify(plain), {
    status,
    headers: {
      'content-type': JSON_TYPE,
      ...(status === 201 && meta?.location ? { location: meta.location } : {}),
      ...(meta?.version ? { etag: meta.version } : {}),
    },
  })
}

/** RFC 7644 §3.12: `status` is a string. */
export function scimFailure(status: number, detail: string, scimType?: string): Response {
  const body = {
    schemas: [ERROR_SCHEMA],
    status: String(status),
    ...(scimType ? { scimType } : {}),
    detail: withoutTokens(detail),
  }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': JSON_TYPE } })
}

/** One answer for a missing, malformed, unknown, expired and revoked token, as AxonFlow documents. */
export function scimDenied(): Response {
  const answer = scimFailure(401, 'a valid bearer token is needed')
  answer.headers.set('www-authenticate', 'Bearer realm="SCIM"')
  return answer
}

/** Whatever a SCIM operation threw, as its answer. */
export function scimRefusal(error: unknown): Response {
  if (error instanceof Types.Error) {
    const { status, scimType, message } = error as Error & { status: number; scimType?: string }
    return scimFailure(status, message, scimType)
  }
  if (error instanceof SyntaxError) return scimFailure(400, 'the body is not JSON', 'invalidSyntax')
  if (error instanceof TypeError) return scimFailure(400, error.message, 'invalidValue')
  return scimFailure(500, 'the practice provider failed')
}

/** The library answers the asked page size, and everything again beyond the last page. */
export function asPage(list: object): object {
  const { Resources, ...rest } = list as { Resources: unknown[]; [key: string]: unknown }
  const page = Number(rest['startIndex']) > Number(rest['totalResults']) ? [] : Resources
  return { ...rest, itemsPerPage: page.length, Resources: page }
}

function locate(resource: Plain, base: string): void {
  const meta = resource['meta'] as Meta | undefined
  if (meta?.location !== undefined) meta.location = `${base}${meta.location}`
}
