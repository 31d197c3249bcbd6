/**
 * The house rules, over every file there is: which ring may import which, how long a file may be, what
 * it may be called, and what must not stand in it. The linter holds the same rings while somebody
 * types; this holds them for whoever switches the linter off.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LONGEST = 250
const MEDIAN = 110

interface Source {
  path: string
  text: string
  lines: number
  /** Where it imports from: a path from the root, or a package's name. */
  imports: string[]
}

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    // The default store: what somebody's own program wrote there is no source.
    if (path === 'data/local') return []
    return entry.isDirectory() ? walk(path) : [path]
  })
}

/** Static, dynamic, for types and for effect alike: an arrow is an arrow. */
function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|^import\s+)['"]([^'"]+)['"]/gm)
  return [...found]
    .map(([, name]) => name ?? '')
    .map((name) => (name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), name)) : name))
}

function load(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return { path, text, lines: text.trimEnd().split('\n').length, imports: importsOf(path, text) }
}

const isCode = (path: string): boolean => /\.(ts|tsx|js|mjs)$/.test(path)
const everything = ['machines', 'src', 'data', 'test'].flatMap(walk)
const machines = everything.filter((path) => path.startsWith('machines/')).map(load)
const src = everything.filter((path) => path.startsWith('src/') && isCode(path)).map(load)
const data = everything.filter((path) => path.startsWith('data/')).map(load)
const code = [...machines, ...src]

/** Every arrow from these files that the rule forbids, as `from → to`. */
const arrows = (from: readonly Source[], forbidden: (to: string) => boolean): string[] =>
  from.flatMap(({ path, imports }) => imports.filter(forbidden).map((to) => `${path} → ${to}`))

const within = (...folders: string[]): Source[] =>
  src.filter(({ path }) => folders.some((folder) => path.startsWith(`src/${folder}/`)))
const reaches =
  (...places: string[]) =>
  (to: string): boolean =>
    places.some((place) => to === `src/${place}.ts` || to.startsWith(`src/${place}/`))

test('every file is looked at', () => {
  expect(machines.length).toBeGreaterThan(10)
  expect(src.length).toBeGreaterThan(50)
  expect(data.length).toBeGreaterThan(5)
  expect(code.flatMap(({ imports }) => imports).length).toBeGreaterThan(300)
  const found = importsOf(
    'src/a/b.ts',
    "import { x } from '../c.ts'\nimport 'p'\nconst d = await import('./e.ts')\nexport * from 'f'\n",
  )
  expect(found).toEqual(['src/c.ts', 'p', 'src/a/e.ts', 'f'])
})

describe('the rings', () => {
  test('machines import xstate, zod and each other', () => {
    const allowed = (to: string) => to === 'xstate' || to === 'zod' || to.startsWith('machines/')
    expect(arrows(machines, (to) => !allowed(to))).toEqual([])
  })
  test('only the kernel, the machines and their setup know XState', () => {
    const users = machines.filter(({ imports }) => imports.includes('xstate'))
    for (const { path } of users) expect(path).toMatch(/\/kernel\.ts$|\.(machine|setup)\.ts$/)
    expect(arrows(src, (to) => to === 'xstate' || to.startsWith('xstate/'))).toEqual([])
  })
  test('the workflow does not know who asks', () => {
    const outwards = reaches('http', 'web', 'practice', 'cli', 'main', 'compose')
    expect(arrows(within('workflow'), outwards)).toEqual([])
  })
  test('an adapter never calls back', () => {
    const adapters = within('scim', 'portals', 'idps', 'store', 'diagnosis', 'support', 'access')
    const outwards = reaches(
      'workflow',
      'http',
      'web',
      'practice',
      'watch',
      'cli',
      'main',
      'compose',
    )
    expect(arrows(adapters, outwards)).toEqual([])
  })
  test('only the composition root and the command line take the practice provider or a store', () => {
    const may = /^src\/(main|compose|cli)\.ts$|^src\/(cli|practice)\//
    const others = src.filter(({ path }) => !may.test(path))
    expect(arrows(others, reaches('practice'))).toEqual([])
    const outside = others.filter(({ path }) => !path.startsWith('src/store/'))
    expect(arrows(outside, reaches('store/files', 'store/postgres'))).toEqual([])
  })
  test('nothing but the command line starts the program', () => {
    const others = src.filter(({ path }) => !/^src\/cli(\.ts$|\/)/.test(path))
    expect(arrows(others, reaches('main'))).toEqual([])
  })
  test('nothing in the product imports its tests', () => {
    expect(arrows(code, (to) => to.startsWith('test/') || to.startsWith('..'))).toEqual([])
  })
})

describe('the files', () => {
  test(`none is longer than ${LONGEST} lines`, () => {
    const long = code.filter(({ lines }) => lines > LONGEST)
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
  })
  test(`half of them have ${MEDIAN} lines or fewer`, async ({ annotate }) => {
    const lengths = code.map(({ lines }) => lines).toSorted((a, b) => a - b)
    const median = lengths[Math.floor(lengths.length / 2)] ?? Number.POSITIVE_INFINITY
    await annotate(`median: ${median} lines of ${lengths.length} files`)
    expect(median).toBeLessThanOrEqual(MEDIAN)
  })
  test('are named in small letters, with hyphens', () => {
    const word = '[a-z0-9]+(-[a-z0-9]+)*'
    const name = new RegExp(`^${word}(\\.${word})*$`)
    const odd = everything.filter((path) => !path.split('/').every((part) => name.test(part)))
    expect(odd).toEqual([])
  })
  test('are never a drawer for whatever', () => {
    const drawer = /(^|[/.-])(utils?|helpers?|services?|misc|common)([/.-]|$)|\/index\.[jt]sx?$/
    expect(code.map(({ path }) => path).filter((path) => drawer.test(path))).toEqual([])
  })
})

describe('what must not stand in them', () => {
  test('console, but where somebody reads it', () => {
    const may = /^src\/cli(\.ts$|\/)|^src\/interlock\.js$|^src\/practice\/demo\.ts$/
    const loud = code.filter(({ path, text }) => !may.test(path) && /\bconsole\s*[.[]/.test(text))
    expect(loud.map(({ path }) => path)).toEqual([])
  })
  test('anything shaped like a token, but where it is the subject', () => {
    const shapes = [
      /\b(scim|ilk|axf)_[A-Za-z0-9_-]{16,}/,
      /\beyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{8,}/,
      /\bgh[pousr]_[A-Za-z0-9]{20,}/,
      /\b(sk|pk|rk)[-_](live|test|proj)[-_][A-Za-z0-9]{16,}/,
      /\bAKIA[A-Z0-9]{16}\b/,
      /\bxox[abprs]-[A-Za-z0-9-]{16,}/,
      /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/]/,
    ]
    const subject = /^src\/practice\/|^data\/secrets\.json$/
    const found = [...code, ...data].filter(
      ({ path, text }) => !subject.test(path) && shapes.some((shape) => shape.test(text)),
    )
    expect(found.map(({ path }) => path)).toEqual([])
  })
})
