import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { CatalogBroken, loadCatalog } from '../src/catalog.ts'
import { FAILURE_CODES, FINDING_CODES, SCIM_TYPES } from '../src/diagnosis/code.ts'
import { Source } from '../src/diagnosis/statement.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The program's own data with one file changed. */
function changed(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-catalog-'))
  folders.push(folder)
  cpSync(new URL('../data', import.meta.url), folder, { recursive: true })
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
  return folder
}

type Json = Record<string, unknown>

/** Parses a file, goes down a path, and changes what is there. */
const edit =
  (path: readonly (string | number)[], act: (here: Json) => void) =>
  (text: string): string => {
    const json = JSON.parse(text) as Json
    let here = json
    for (const part of path) here = here[part] as Json
    act(here)
    return JSON.stringify(json)
  }

function broken(folder: string): CatalogBroken {
  try {
    loadCatalog(folder)
  } catch (error) {
    if (error instanceof CatalogBroken) return error
  }
  throw new Error('it was loaded')
}

/** Every object below a value. */
const objects = (value: unknown): object[] =>
  typeof value === 'object' && value !== null
    ? [value, ...Object.values(value).flatMap(objects)]
    : []

describe('the catalogue', () => {
  it('holds words for everything that can be concluded', () => {
    const { failures, scimErrors } = loadCatalog()
    expect(Object.keys(failures).sort()).toEqual([...FAILURE_CODES].sort())
    expect(Object.keys(scimErrors).sort()).toEqual([...SCIM_TYPES].sort())
    expect(new Set(FINDING_CODES).size).toBe(FAILURE_CODES.length + SCIM_TYPES.length)
  })

  it('is frozen to the bottom', () => {
    const catalog = loadCatalog()
    expect(objects(catalog).filter((one) => !Object.isFrozen(one))).toEqual([])
  })

  it('gives every sentence its source', () => {
    const all = objects(loadCatalog())
    const sentences = all.filter((one) => 'text' in one || 'expect' in one)
    expect(sentences.length).toBeGreaterThan(500)
    expect(sentences.filter((one) => !('source' in one))).toEqual([])
  })

  it('holds the whole of RFC 7644 and RFC 9865, and says where the guide is looser', () => {
    const { scimErrors } = loadCatalog()
    const listed = SCIM_TYPES.filter((type) => scimErrors[type].guide !== null)
    expect(listed).toHaveLength(6)
    expect(scimErrors.noTarget.looser?.text).toContain('path inside a PATCH')
    expect(
      SCIM_TYPES.filter((type) => type.endsWith('Cursor') || type.endsWith('Count')),
    ).toHaveLength(3)
  })

  it('takes a source only in a form that says what it is', () => {
    const good = [
      'guide: Okta',
      'RFC 7644 §3.12',
      'inferred: x',
      'chosen: x',
      'a.example/b',
      'a.example: b',
    ]
    const bad = [
      '',
      'somebody said',
      'guide:',
      'RFC',
      'https://a.example/b',
      'example',
      'inferred:',
    ]
    expect(good.filter((text) => !Source.safeParse(text).success)).toEqual([])
    expect(bad.filter((text) => Source.safeParse(text).success)).toEqual([])
  })
})

describe('a bad file ends the start and is named, with the JSON path and no content', () => {
  const add = (more: Json) => (here: Json) => void Object.assign(here, more)
  const drop = (key: string) => (here: Json) => void Reflect.deleteProperty(here, key)
  const cases: readonly (readonly [string, string, (text: string) => string, string])[] = [
    [
      'a missing failure',
      'failures.json',
      edit(['failures'], drop('unauthorized')),
      '#/failures/unauthorized',
    ],
    [
      'an unknown failure',
      'failures.json',
      edit(['failures'], add({ 'hush/hush': {} })),
      '#/failures/hush~1hush',
    ],
    [
      'an unknown field',
      'failures.json',
      edit(['failures', 'conflict'], add({ hint: 'SECRET' })),
      '#/failures/conflict/hint',
    ],
    [
      'a sentence without source',
      'scim-errors.json',
      edit(['types', 'tooMany', 'meaning'], drop('source')),
      '#/types/tooMany/meaning/source',
    ],
    [
      'a source that says nothing',
      'idps/okta.json',
      edit(['canary', 1], add({ source: 'SECRET' })),
      '#/canary/1/source',
    ],
    [
      'two screens of one name',
      'idps/okta.json',
      edit(['screens', 1], add({ id: 'oin-app' })),
      '#/screens',
    ],
    [
      'a check for a finding that does not exist',
      'idps/entra.json',
      edit(['checks', 0, 'findings'], add({ 0: 'SECRET' })),
      '#/checks/0/findings/0',
    ],
    ['another IdP’s file', 'idps/entra.json', edit([], add({ idp: 'okta' })), '#/idp'],
    ['no JSON', 'idps/onelogin.json', () => '{"SECRET', ''],
  ]

  it.each(cases)('%s', (_name, file, change, where) => {
    const error = broken(changed(file, change))
    expect(error.where).toBe(`${file}${where}`)
    expect(error.message).not.toContain('SECRET')
  })

  it('a file that is not there', () => {
    const folder = changed('failures.json', (text) => text)
    rmSync(join(folder, 'idps/generic.json'))
    expect(broken(folder).where).toBe('idps/generic.json')
  })
})
