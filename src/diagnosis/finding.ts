/** A conclusion with its words: from the catalogue, joined with what this IdP's administrator looks at. */
import type { Catalog } from '../catalog.ts'
import { SCIM_FINDINGS, SCIM_TYPES, type FailureCode, type FindingCode } from './code.ts'
import { describe } from './describe.ts'
import type { Field, Observation } from './observation.ts'
import type { Likelihood } from './rule.ts'
import type { CheckStep } from './statement.ts'

export interface Finding {
  code: FindingCode
  title: string
  meaning: string
  likelihood: Likelihood
  /** What it rests on, field by field. */
  because: readonly string[]
  causes: readonly string[]
  checks: readonly Readonly<CheckStep>[]
  next: string
  stopRollout: boolean
  /** Only with `contradictory-observations`: the fields that disagree, by their names in the API. */
  fields?: readonly Field[]
}

export interface Conclusion {
  code: FindingCode
  likelihood: Likelihood
  reads: readonly Field[]
}

export function findingOf(catalog: Catalog, seen: Observation, drawn: Conclusion): Finding {
  const words = wordsOf(catalog, drawn.code)
  return {
    code: drawn.code,
    title: words.title,
    meaning: words.meaning.text,
    likelihood: drawn.likelihood,
    because: drawn.reads.flatMap((field) => describe(seen, field) ?? []),
    causes: words.causes.map(({ text }) => text),
    checks: [...words.checks, ...ofThisIdp(catalog, seen, drawn.code)],
    next: words.next.text,
    stopRollout: words.stopRollout,
  }
}

const TYPE_OF = new Map<FindingCode, (typeof SCIM_TYPES)[number]>(
  SCIM_TYPES.map((type) => [SCIM_FINDINGS[type], type]),
)

function wordsOf(catalog: Catalog, code: FindingCode): Catalog['failures'][FailureCode] {
  const type = TYPE_OF.get(code)
  if (type === undefined) return catalog.failures[code as FailureCode]
  return { ...catalog.scimErrors[type], causes: [], stopRollout: false }
}

function ofThisIdp(catalog: Catalog, seen: Observation, code: FindingCode): CheckStep[] {
  const facts = seen.idp === undefined ? undefined : catalog.idps[seen.idp]
  if (facts === undefined) return []
  const checks = facts.checks
    .filter(({ findings }) => findings.includes(code))
    .map(({ who, text, source }) => ({ who, text, source }))
  if (code === 'groups-not-synced') return [...checks, ...stepsOf(facts.groups.steps)]
  if (!ABOUT_THE_HEADER.has(code)) return checks
  const screen = facts.screens.find(({ id }) => id === seen.idpScreen)
  if (screen === undefined) return checks
  const { text, source } = screen.mistake
  return [{ who: 'idp-admin', text: `${screen.title}: ${text}`, source }, ...checks]
}

/** “Step by step” means the steps of this IdP, in their order. */
const stepsOf = (steps: readonly Readonly<CheckStep & { title: string }>[]): CheckStep[] =>
  steps.map(({ title, who, text, source }) => ({ who, text: `${title}: ${text}`, source }))

/** Findings where the screen decides what is right. */
const ABOUT_THE_HEADER: ReadonlySet<FindingCode> = new Set([
  'unauthorized',
  'header-format',
  'doubled-bearer',
  'token-malformed',
])
