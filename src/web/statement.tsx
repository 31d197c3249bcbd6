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

/** One source under a list that has only one; otherwise each line its own. */
export const Statements = (props: { of: readonly Said[]; ordered?: boolean }) => {
  const { of, ordered = false } = props
  const [first] = of
  const one = first !== undefined && of.length > 1 && of.every((s) => s.source === first.source)
  const lines = of.map((said) => (
    <li>
      {fill(said.text)} {!one && <Source of={said.source} />}
    </li>
  ))
  return (
    <>
      {ordered ? <ol>{lines}</ol> : <ul>{lines}</ul>}
      {one && (
        <p>
          <Source of={first.source} />
        </p>
      )}
    </>
  )
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
