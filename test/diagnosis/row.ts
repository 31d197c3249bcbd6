/** One row of the symptom table: where it is from, what was seen, and what must come first. */
import type { FindingCode } from '../../src/diagnosis/code.ts'
import type { Observation } from '../../src/diagnosis/observation.ts'

export type Row = readonly [source: string, seen: Observation, first: FindingCode]
