/**
 * The SCIM rules themselves (schemas, filters, PATCH, discovery) come from the library scimmy. Its
 * declarations belong to the process, so nothing of an instance may be in them: each call carries
 * the tenant it is about, and locations are relative (`/Users/1`) until the answer is written.
 */
import { Config, Resources, Schemas, Types } from 'scimmy'
import { ShelfRefusal } from './tenant.ts'
import type { Shelf, Stored, Tenant } from './tenant.ts'

/** What one call is about; `ifMatch` is the request's `If-Match`. */
export interface ScimCall {
  tenant: Tenant
  ifMatch: string | null
}

type Plain = Record<string, unknown>
type Unique = 'userName' | 'displayName'

/** The kinds of resource, declared with their handlers. Declaring again changes nothing. */
export const scimKinds = declareKinds()

function declareKinds() {
  for (const resource of [
    Resources.ServiceProviderConfig,
    Resources.ResourceType,
    Resources.Schema,
  ]) {
    resource.basepath('')
  }
  Config.set('authenticationSchemes', [])
  Config.set({
    patch: true,
    filter: 200,
    sort: true,
    etag: true,
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A token made in the portal, sent as Authorization: Bearer',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
      },
    ],
  })
  Resources.declare(Resources.User, {
    basepath: '',
    extensions: [{ schema: Schemas.EnterpriseUser, required: false }],
    ...handlers('userName', (call) => call.tenant.users),
  })
  Resources.declare(Resources.Group, {
    basepath: '',
    ...handlers('displayName', (call) => call.tenant.groups),
  })
  return Resources
}

interface Target {
  id?: string
  filter?: Types.Filter
}

function handlers(unique: Unique, shelfOf: (call: ScimCall) => Shelf) {
  return {
    egress(target: Target, call: ScimCall): Plain | Plain[] {
      const shelf = shelfOf(call)
      if (target.id !== undefined) return outward(existing(shelf, target.id))
      const rows = [...shelf.all.values()].map(outward)
      return target.filter === undefined ? rows : matching(rows, target.filter, unique)
    },
    ingress(target: Target, instance: object, call: ScimCall): Plain {
      const shelf = shelfOf(call)
      const { id: _id, meta: _meta, ...body } = JSON.parse(JSON.stringify(instance)) as Plain
      if (target.id !== undefined) guardVersion(existing(shelf, target.id), call)
      for (const other of shelf.all.values()) {
        if (other.id !== target.id && folded(other.body[unique]) === folded(body[unique])) {
          throw scimError(409, 'uniqueness', `${unique} is taken`)
        }
      }
      try {
        return outward(shelf.put(target.id, body))
      } catch (refusal) {
        if (!(refusal instanceof ShelfRefusal)) throw refusal
        throw refusal.why === 'missing'
          ? scimError(404, null, 'no such resource')
          : scimError(413, 'tooMany', 'the practice provider is full')
      }
    },
    degress(target: Target, call: ScimCall): void {
      const shelf = shelfOf(call)
      guardVersion(existing(shelf, target.id ?? ''), call)
      shelf.remove(target.id ?? '')
    },
  }
}

export function scimError(status: number, scimType: string | null, detail: string): Error {
  return new Types.Error(status, scimType as string, detail)
}

/** The library calls some broken filters an invalid value; RFC 7644 §3.12 has a word for them. */
export function judgeFilter(filter: string): void {
  if (!isWhole(filter)) throw scimError(400, 'invalidFilter', 'the filter is not understood')
}

/** The library parses `userName eq`, and stumbles over the missing value only when it compares. */
function isWhole(filter: string): boolean {
  try {
    return [...new Types.Filter(filter)].every((clause: Plain) =>
      Object.values(clause).every(compares),
    )
  } catch {
    return false
  }
}

function compares(condition: unknown): boolean {
  if (!Array.isArray(condition)) {
    return Object.values(condition as Plain).every(compares)
  }
  if (Array.isArray(condition[0])) return condition.every(compares)
  const [first, ...values] = condition as unknown[]
  const operator = first === 'not' ? values.shift() : first
  return operator === 'pr' || values.length > 0
}

function existing(shelf: Shelf, id: string): Stored {
  const stored = shelf.all.get(id)
  if (stored === undefined) throw scimError(404, null, 'no such resource')
  return stored
}

/** RFC 7644 §3.14. */
function guardVersion(stored: Stored, call: ScimCall): void {
  const accepted = call.ifMatch === null || call.ifMatch === '*' || call.ifMatch === etag(stored)
  if (!accepted) throw scimError(412, null, 'the resource has changed')
}

function etag(stored: Stored): string {
  return `W/"${stored.version}"`
}

function outward(stored: Stored): Plain {
  return {
    ...stored.body,
    id: stored.id,
    meta: {
      created: new Date(stored.createdAt).toISOString(),
      lastModified: new Date(stored.lastModified).toISOString(),
      version: etag(stored),
    },
  }
}

/** `userName` is not case exact (RFC 7643 §8.7.1) though the library compares it so. */
function matching(rows: Plain[], filter: Types.Filter, unique: Unique): Plain[] {
  const lowered = rows.map((row) => ({ ...row, [unique]: folded(row[unique]) }))
  const clauses = [...filter].map((clause: Plain) =>
    Object.fromEntries(
      Object.entries(clause).map(([name, comparison]) =>
        name.toLowerCase() === unique.toLowerCase() && Array.isArray(comparison)
          ? [name, comparison.map((word, at) => (at > 0 ? folded(word) : word))]
          : [name, comparison],
      ),
    ),
  )
  const ids = new Set(new Types.Filter(clauses).match(lowered).map((row) => row.id))
  return rows.filter((row) => ids.has(row['id']))
}

function folded(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value
}
