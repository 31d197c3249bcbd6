/** One conclusion and when it is drawn. Rules are tables; their words are in the catalogue. */
import type { FindingCode } from './code.ts'
import type { Field, Observation } from './observation.ts'

export type Likelihood = 'certain' | 'likely' | 'possible'

export interface Rule {
  code: FindingCode
  /** A restatement of what was seen (“401”), ranked behind the causes that are at least likely. */
  symptom?: true
  /** Every field `when` may read. A field in dispute is taken away before the rule sees it. */
  reads: readonly Field[]
  when: (seen: Observation) => Likelihood | null
}

/** A rule that is sure whenever it applies. */
export const certain = (
  code: FindingCode,
  reads: readonly Field[],
  holds: (seen: Observation) => boolean,
): Rule => ({ code, reads, when: (seen) => (holds(seen) ? 'certain' : null) })

export const likely = (
  code: FindingCode,
  reads: readonly Field[],
  holds: (seen: Observation) => boolean,
): Rule => ({ code, reads, when: (seen) => (holds(seen) ? 'likely' : null) })

export const possible = (
  code: FindingCode,
  reads: readonly Field[],
  holds: (seen: Observation) => boolean,
): Rule => ({ code, reads, when: (seen) => (holds(seen) ? 'possible' : null) })

export const symptom = (
  code: FindingCode,
  reads: readonly Field[],
  holds: (seen: Observation) => boolean,
): Rule => ({ code, reads, symptom: true, when: (seen) => (holds(seen) ? 'certain' : null) })
