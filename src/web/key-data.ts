/** What the page of access keys is drawn from. */
import type { HeldKey } from '../access/key.ts'
import type { Tenants } from '../access/scope.ts'
import type { Secret } from '../secret.ts'
import type { Fields } from './form.ts'
import type { Look } from './look.ts'
import type { Refused } from './refusal.tsx'

export interface KeysData {
  look: Look
  /** Newest first. */
  keys: readonly HeldKey[]
  /** Whose keys this owner may make. */
  tenants: Tenants
  bootstrapKeySet: boolean
  /** Names this drawing of the form: it makes one key. */
  form: string
  made: { id: string; name: string; value: Secret } | null
  /** `at`: `make`, or the id of a key. */
  refused: Refused | null
  typed: Fields
}
