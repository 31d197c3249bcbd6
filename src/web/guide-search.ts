/** Searching the guide: every statement of the catalogue by its words, each hit with the place it stands at. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { FAILURE_CODES, SCIM_TYPES } from '../diagnosis/code.ts'
import { fill } from '../idps/guidance.ts'
import { failureLink, idpLink, scimErrorLink } from './guide-link.ts'

interface Line {
  text: string
  href: string
}

interface Place {
  kind: string
  title: string
  href: string
  /** What it is called elsewhere: a code, a scimType. */
  names: string
  lines: Line[]
}

export interface Hit {
  kind: string
  title: string
  href: string
  /** The statements that fit, at most three. */
  lines: readonly Line[]
  /** How many more of this place fit. */
  more: number
}

export interface GuideSearch {
  words: readonly string[]
  hits: readonly Hit[]
  /** Of all that fit, also those not shown. */
  count: number
}

const MOST_HITS = 25
const MOST_LINES = 3

export const wordsOf = (find: string): string[] => [
  ...new Set(
    folded(find)
      .split(/\s+/)
      .filter((word) => word !== ''),
  ),
]

const folded = (text: string): string => text.toLowerCase().replaceAll('’', "'")

/** Read once: the catalogue does not change while the program runs. */
export function createGuideSearch(catalog: Catalog): (find: string) => GuideSearch {
  const places = placesOf(catalog).map((place) => ({
    place,
    head: folded(`${place.title} ${place.names}`),
    lines: place.lines.map((line) => ({ line, text: folded(line.text) })),
  }))
  return (find) => {
    const words = wordsOf(find)
    if (words.length === 0) return { words, hits: [], count: 0 }
    const found = places.flatMap(({ place, head, lines }) => {
      const named = words.every((word) => head.includes(word))
      const fitting = lines.filter(
        ({ text }) =>
          words.every((word) => text.includes(word) || head.includes(word)) &&
          words.some((word) => text.includes(word)),
      )
      if (!named && fitting.length === 0) return []
      const shown = fitting.length === 0 ? place.lines.slice(0, 1) : fitting.map(({ line }) => line)
      return [{ place, rank: named ? 0 : 1, shown }]
    })
    // A sort keeps the order of equals: the catalogue's own, the gravest first.
    found.sort((a, b) => a.rank - b.rank)
    const hits = found.slice(0, MOST_HITS).map(({ place, shown }) => ({
      kind: place.kind,
      title: place.title,
      href: place.href,
      lines: shown.slice(0, MOST_LINES),
      more: Math.max(0, shown.length - MOST_LINES),
    }))
    return { words, hits, count: found.length }
  }
}

const at = (href: string, ...said: readonly { text: string }[]): Line[] =>
  said.map(({ text }) => ({ text: fill(text), href }))

function placesOf(catalog: Catalog): Place[] {
  return [
    ...FAILURE_CODES.map((code) => {
      const { title, meaning, causes, checks, next } = catalog.failures[code]
      const href = failureLink(code)
      const lines = [
        ...at(href, meaning),
        ...at(`${href}#causes`, ...causes),
        ...at(`${href}#checks`, ...checks),
        ...at(`${href}#next`, next),
      ]
      return { kind: 'Finding', title, href, names: code, lines }
    }),
    ...SCIM_TYPES.map((type) => {
      const { title, statuses, meaning, guide, looser, checks, next } = catalog.scimErrors[type]
      const href = scimErrorLink(type)
      const said = [
        meaning,
        ...(guide === null ? [] : [guide]),
        ...(looser === null ? [] : [looser]),
      ]
      const names = `${type} scimtype ${statuses.join(' ')}`
      return {
        kind: 'SCIM error type',
        title,
        href,
        names,
        lines: at(href, ...said, ...checks, next),
      }
    }),
    ...(Object.keys(catalog.idps) as Idp[]).map((idp) => idpPlace(catalog, idp)),
    ...guidePlaces(catalog),
  ]
}

function idpPlace(catalog: Catalog, idp: Idp): Place {
  const facts = catalog.idps[idp]
  const href = idpLink(idp)
  const lines = [
    ...at(`${href}#cycle`, facts.cycle),
    ...facts.screens.flatMap((screen) =>
      at(
        `${href}#screen-${screen.id}`,
        { text: screen.title },
        screen.recognise,
        { text: screen.field },
        screen.sent,
        screen.mistake,
        ...screen.update,
      ),
    ),
    ...at(`${href}#test`, { text: facts.test.button }, ...facts.test.requests),
    ...at(`${href}#test`, facts.test.proves, facts.test.refused),
    ...at(`${href}#event`, ...facts.canary, ...facts.log),
    ...at(`${href}#after-a-gap`, facts.failedTasks, ...facts.afterGap),
    ...at(`${href}#limits`, ...facts.limits),
    ...at(`${href}#checks`, ...facts.checks),
    ...at(`${href}#groups`, ...facts.groups.steps, ...facts.groups.traps),
  ]
  return { kind: 'IdP', title: facts.title, href, names: idp, lines }
}

function guidePlaces({ guide }: Catalog): Place[] {
  const place = (id: string, title: string, lines: readonly { text: string }[]): Place => ({
    kind: 'Guide',
    title,
    href: `/guide#${id}`,
    names: '',
    lines: at(`/guide#${id}`, ...lines),
  })
  const first = guide.firstChecks.map(({ title, request, expect }) => ({
    text: `${title}: ${request}. Expected: ${expect}`,
  }))
  return [
    place('first-checks', 'First checks', [...first, ...guide.tokenMetadata]),
    place('rotation', 'The safe order of a rotation', guide.rotation),
    place('escalation', 'What a good escalation holds', [...guide.escalation, ...guide.warnings]),
  ]
}
