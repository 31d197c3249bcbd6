/**
 * From observations to findings, best first. Pure and total: any observation gets at least one
 * finding, and none throws. A wrong tenant is always first; what contradicts itself is said to.
 */
import type { Catalog } from '../catalog.ts'
import { contradictionsIn, type Contradiction } from './contradiction.ts'
import { labelOf } from './describe.ts'
import { findingOf, type Conclusion, type Finding } from './finding.ts'
import { notesOn } from './note.ts'
import { without, type Field, type Observation } from './observation.ts'
import { ADDRESS_RULES } from './rule-address.ts'
import { NETWORK_RULES } from './rule-network.ts'
import { BROAD_RULES, PATTERN_RULES, ROTATION_RULES } from './rule-rotation.ts'
import { STATUS_RULES } from './rule-status.ts'
import { TENANT_RULES } from './rule-tenant.ts'
import { TOKEN_RULES, USE_RULES } from './rule-token.ts'
import type { Rule } from './rule.ts'

export interface Diagnosis {
  findings: Finding[]
  notes: string[]
}

/** The most telling first; among equals this order decides. */
export const RULES: readonly Rule[] = [
  ...TENANT_RULES,
  ...TOKEN_RULES,
  ...NETWORK_RULES,
  ...ROTATION_RULES,
  ...PATTERN_RULES,
  ...ADDRESS_RULES,
  ...STATUS_RULES,
  ...BROAD_RULES,
  ...USE_RULES,
]

export function diagnose(observation: Observation, catalog: Catalog): Diagnosis {
  const contradictions = contradictionsIn(observation)
  const disputed = new Set(contradictions.flatMap(({ fields }) => fields))
  const undisputed = without(observation, disputed)
  const findings = conclude(undisputed).map((drawn) => findingOf(catalog, undisputed, drawn))
  const first = findings.filter(({ code }) => code === 'wrong-tenant')
  const rest = findings.filter(({ code }) => code !== 'wrong-tenant')
  const dispute =
    contradictions.length === 0 ? [] : [disputeFinding(catalog, observation, contradictions)]
  const all = [...first, ...dispute, ...rest]
  if (all.length === 0) all.push(findingOf(catalog, observation, nothing(observation)))
  return { findings: all, notes: notesOn(undisputed, catalog) }
}

/** Certain and likely causes, then what the symptom says, then what is merely possible. */
function conclude(seen: Observation): Conclusion[] {
  const tiers: Conclusion[][] = [[], [], [], []]
  for (const rule of RULES) {
    const likelihood = rule.when(seen)
    if (likelihood === null) continue
    const tier = rule.symptom ? 2 : { certain: 0, likely: 1, possible: 3 }[likelihood]
    tiers[tier]?.push({ code: rule.code, likelihood, reads: rule.reads })
  }
  const drawn = tiers.flat()
  return drawn.filter(({ code }, index) => drawn.findIndex((one) => one.code === code) === index)
}

function disputeFinding(
  catalog: Catalog,
  seen: Observation,
  contradictions: readonly Contradiction[],
): Finding {
  const reads = [...new Set(contradictions.flatMap(({ fields }) => fields))]
  const finding = findingOf(catalog, seen, {
    code: 'contradictory-observations',
    likelihood: 'certain',
    reads,
  })
  const named = contradictions.map(({ fields, why }) => `${nameAll(fields)}: ${why}`)
  return {
    ...finding,
    meaning: [finding.meaning, ...named].join(' '),
    fields: reads,
    stopRollout: contradictions.some(({ stop }) => stop),
  }
}

/** By the API's name and in words, so that both readers find the field. */
const nameAll = (fields: readonly Field[]): string =>
  fields.map((field) => `${field} (${labelOf(field)})`).join(', ')

function nothing(seen: Observation): Conclusion {
  const good: Field[] = ['discoverySucceeds', 'usersSucceed', 'groupsSucceed', 'idpTestPasses']
  const fine =
    good.some((field) => seen[field] === true) ||
    (typeof seen.httpStatus === 'number' && seen.httpStatus < 300)
  const bad = good.some((field) => seen[field] === false)
  return {
    code: fine && !bad ? 'nothing-failed' : 'not-enough-observed',
    likelihood: 'certain',
    reads: [...good, 'httpStatus'],
  }
}
