/**
 * `data/` read once at the start: parsed strictly, frozen to the bottom, then only read. A file that
 * is not as its schema says ends the start and names file and JSON path, never the content.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import type { Idp } from '../machines/vocabulary.ts'
import type { FailureCode, ScimType } from './diagnosis/code.ts'
import {
  FailureBook,
  ScimErrorBook,
  type Failure,
  type GuidePart,
  type ScimError,
} from './diagnosis/knowledge.ts'
import { IdpFacts } from './idps/contract.ts'

type Frozen<T> = T extends (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T

export type Catalog = Frozen<{
  guide: GuidePart
  failures: Record<FailureCode, Failure>
  scimErrors: Record<ScimType, ScimError>
  idps: Record<Idp, IdpFacts>
}>

/** A file of `data/` that must not be used. `where` is the file, and the JSON path where one is known. */
export class CatalogBroken extends Error {
  override readonly name = 'CatalogBroken'
  readonly where: string

  constructor(where: string, why: string) {
    super(`${where}: ${why}`)
    this.where = where
  }
}

const OWN_DATA = fileURLToPath(new URL('../data/', import.meta.url))

/** Throws `CatalogBroken`. Synchronous: nothing can be served before it is read. */
export function loadCatalog(dir: string = OWN_DATA): Catalog {
  const { guide, failures } = read(dir, 'failures.json', FailureBook)
  const { types } = read(dir, 'scim-errors.json', ScimErrorBook)
  const idps: Record<Idp, IdpFacts> = {
    okta: readIdp(dir, 'okta'),
    entra: readIdp(dir, 'entra'),
    onelogin: readIdp(dir, 'onelogin'),
    generic: readIdp(dir, 'generic'),
  }
  return deepFreeze({ guide, failures, scimErrors: types, idps })
}

function readIdp(dir: string, idp: Idp): IdpFacts {
  const file = join('idps', `${idp}.json`)
  const facts = read(dir, file, IdpFacts)
  if (facts.idp !== idp) throw new CatalogBroken(`${file}#/idp`, 'names another IdP than its file')
  return facts
}

function read<T>(dir: string, file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(json(dir, file))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue === undefined) throw new CatalogBroken(file, 'is not as its schema says')
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...issue.path, ...extra].map((part) => `/${pointer(String(part))}`).join('')
  throw new CatalogBroken(`${file}#${path}`, issue.code.replaceAll('_', ' '))
}

function json(dir: string, file: string): unknown {
  let text: string
  try {
    text = readFileSync(join(dir, file), 'utf8')
  } catch {
    throw new CatalogBroken(file, 'cannot be read')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new CatalogBroken(file, 'is not JSON')
  }
}

/** RFC 6901 §3. */
const pointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner)
  }
  return Object.freeze(value)
}
