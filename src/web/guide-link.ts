/** Where the guide's things are: one place for every address, so that no link can miss. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { SCIM_FINDINGS, SCIM_TYPES } from '../diagnosis/code.ts'
import type { FailureCode, ScimType } from '../diagnosis/code.ts'

const TYPE_OF = new Map<string, ScimType>(SCIM_TYPES.map((type) => [SCIM_FINDINGS[type], type]))

export const failureLink = (code: FailureCode): string => `/guide/failures/${code}`
export const idpLink = (idp: Idp): string => `/guide/idps/${idp}`
export const scimErrorLink = (type: ScimType): string => `/guide/scim-errors#${type}`

/** A finding that a scimType became is explained with the types. In a bundle it may be of another version: a 404 of the guide's then. */
export function findingLink(code: string): string {
  const type = TYPE_OF.get(code)
  return type === undefined ? failureLink(code as FailureCode) : scimErrorLink(type)
}

export const scimTypeOfFinding = (code: string): ScimType | null => TYPE_OF.get(code) ?? null

export const isFailure = (catalog: Catalog, code: string): code is FailureCode =>
  Object.hasOwn(catalog.failures, code)

export const isIdp = (catalog: Catalog, idp: string): idp is Idp => Object.hasOwn(catalog.idps, idp)
