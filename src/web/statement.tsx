/** What the catalogue says, with where it is from set quietly behind it. */
import type { CheckStep, Statement } from '../diagnosis/statement.ts'
import { fill } from '../idps/guidance.ts'
import { whoOf } from './word.ts'

type Said = Readonly<Statement>

const KINDS: Readonly<Record<string, string>> = {
  guide: 'Guide',
  docs: 'Documentation',
  inferred: 'Inferred',
  chosen: 'Our choice',
}

/** `guide: 401 Unauthorized` → `Guide: 401 Unauthorized`; an RFC or an address stays as it is. */
const nameOf = (source: string): string =>
  source.replace(/^(guide|docs|inferred|chosen):/, (_all, kind: string) => `${KINDS[kind]}:`)

export const Source = ({ of }: { of: string }) => <cite class="source">{nameOf(of)}</cite>

export const Say = ({ of }: { of: Said }) => (
  <p>
    {fill(of.text)} <Source of={of.source} />
  </p>
)

/** The source that most lines share stands once, under the list; a line with another one names it. */
export const Statements = (props: { of: readonly Said[]; ordered?: boolean }) => {
  const { of, ordered = false } = props
  const shared = sharedSource(of)
  const lines = of.map((said) => (
    <li>
      {fill(said.text)} {said.source !== shared && <Source of={said.source} />}
    </li>
  ))
  return (
    <>
      {ordered ? <ol>{lines}</ol> : <ul>{lines}</ul>}
      {shared !== null && (
        <p class="source">
          {of.some(({ source }) => source !== shared) && 'Where none is named: '}
          <Source of={shared} />
        </p>
      )}
    </>
  )
}

function sharedSource(of: readonly Said[]): string | null {
  const counts = new Map<string, number>()
  for (const { source } of of) counts.set(source, (counts.get(source) ?? 0) + 1)
  const [first] = [...counts].sort(([, a], [, b]) => b - a)
  return first !== undefined && first[1] > 1 ? first[0] : null
}

const DOERS = ['tenant-admin', 'idp-admin', 'service-provider'] as const

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Sorted by who can look: nobody reads the others' lines. */
export const Checks = ({ of }: { of: readonly Readonly<CheckStep>[] }) => (
  <>
    {DOERS.map((who) => ({ who, steps: of.filter((step) => step.who === who) }))
      .filter(({ steps }) => steps.length > 0)
      .map(({ who, steps }) => (
        <>
          <h3>{capital(whoOf(who))}</h3>
          <Statements of={steps} />
        </>
      ))}
  </>
)

/** The places of a long page. */
export const Contents = ({ of }: { of: readonly (readonly [id: string, title: string])[] }) => (
  <nav aria-label="On this page">
    <ul class="contents">
      {of.map(([id, title]) => (
        <li>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  </nav>
)
