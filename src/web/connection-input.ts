/** The connection's form as the API's own body. Empty fields are left out: nothing is changed by them. */
import { ConnectionPatch, NewConnection } from '../http/connection-schema.ts'
import { credentialOf } from '../http/connection-route.ts'
import { ProblemError } from '../problem.ts'
import type {
  ConnectionInput,
  ConnectionPatch as Patch,
  PortalInput,
} from '../workflow/connection.ts'
import { accept, given } from './form.ts'
import type { Fields } from './form.ts'

type Body = Record<string, unknown>

function bodyOf(fields: Fields): Body {
  const body: Body = {}
  for (const name of ['tenantId', 'name', 'environment', 'idp', 'scimBaseUrl', 'pilotUser']) {
    put(body, name, given(fields, name))
  }
  const portal = portalOf(fields)
  put(body, 'portal', Object.keys(portal).length === 0 ? undefined : portal)
  const policy: Body = {}
  put(policy, 'quietMinutes', numberOf(given(fields, 'quietMinutes')))
  put(policy, 'secondPerson', given(fields, 'secondPerson'))
  put(body, 'policy', Object.keys(policy).length === 0 ? undefined : policy)
  return body
}

function portalOf(fields: Fields): Body {
  const portal: Body = {}
  const kind = given(fields, 'portalKind')
  put(portal, 'kind', kind)
  if (kind !== 'manual') {
    put(portal, 'url', given(fields, 'portalUrl')?.trim())
    const password = given(fields, 'portalPassword')
    const value = given(fields, 'portalCredential')
    if (password !== undefined) {
      put(portal, 'auth', 'session')
      put(portal, 'credential', { orgId: fields['portalOrg'] ?? '', password })
    } else if (value !== undefined) {
      put(portal, 'auth', 'bearer')
      put(portal, 'credential', value.trim())
    }
  }
  put(portal, 'granularitySeconds', numberOf(given(fields, 'granularitySeconds')))
  put(portal, 'overlap', given(fields, 'overlap'))
  return portal
}

export function newConnection(fields: Fields): ConnectionInput {
  const { portal, ...rest } = accept(NewConnection, bodyOf(fields))
  return { ...rest, portal: withCredential(portal) }
}

export function connectionPatch(fields: Fields): Patch {
  const { tenantId: _tenantId, ...body } = bodyOf(fields)
  const { portal, ...rest } = accept(ConnectionPatch, body)
  return portal === undefined ? rest : { ...rest, portal: withCredential(portal) }
}

/** Everything but the credential: what the paste guard has to look at. */
export function withoutCredential(fields: Fields): Fields {
  const { portalCredential: _value, portalPassword: _password, csrf: _csrf, ...rest } = fields
  return rest
}

function withCredential(
  sent: Omit<PortalInput, 'credential'> & {
    auth?: 'bearer' | 'session' | undefined
    credential?: string | { orgId: string; password: string } | undefined
  },
): PortalInput {
  const { auth, credential, ...rest } = sent
  if (credential === undefined) return rest
  return { ...rest, credential: credentialOf(auth ?? 'bearer', credential) }
}

function put(body: Body, name: string, value: unknown): void {
  if (value !== undefined) body[name] = value
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isFinite(value)) return value
  throw new ProblemError('invalid-input', 'A number is expected.')
}
