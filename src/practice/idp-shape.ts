/** What the IdPs know of a person, before each writes it in its own way. */

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A plausible person behind a user name: `pilot.user@acme.example` → Pilot User. */
export function personOf(userName: string): {
  givenName: string
  familyName: string
  fullName: string
} {
  const [local = ''] = userName.split('@', 1)
  const [given = '', family = 'Practice'] = local.split(/[._-]+/).map(capitalised)
  return { givenName: given, familyName: family, fullName: `${given} ${family}` }
}

/** True when every attribute of the change already has its value. */
export function alreadyHas(
  resource: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(change).every(
    ([name, value]) => JSON.stringify(resource[name]) === JSON.stringify(value),
  )
}

export function patch(operations: readonly object[]): object {
  return { schemas: [PATCH_SCHEMA], Operations: operations }
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
