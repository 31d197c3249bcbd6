/**
 * The facts of a rotation that lacks nothing but the confirmation, to be spoilt one by one. Facts that
 * no story leads to are meant: the objections keep most of them out, and what stands behind the
 * objections has to hold without their help.
 */
import type { Evidence, Facts } from '../../machines/rotation.facts.ts'
import { CONFIRMED, OLD_LAST, WROTE, program, reading, t } from './event.ts'
import { goodStory, tell } from './story.ts'

export const whole = (spoilt: Partial<Facts> = {}): Facts => ({
  ...tell(goodStory().slice(0, 5)).record.facts,
  reading: reading(CONFIRMED - 200, OLD_LAST, WROTE),
  ...spoilt,
})

export const evidence = (
  level: Evidence['level'],
  occurred: number,
  more: Partial<Evidence> = {},
): Evidence => ({
  level,
  kind: 'idp-log',
  witness: 'observed',
  by: program,
  occurredAt: t(occurred),
  observedAt: t(occurred + 100),
  admissible: true,
  why: 'because',
  operation: 'update',
  subject: 'pilot@acme.example',
  source: 'okta-log',
  reference: null,
  ...more,
})
