/** The case as it would stand with what is being typed. Asked while somebody types; nothing of it is kept. */
import { AnswerEscalation } from '../http/escalation-schema.ts'
import type { GuardInput } from '../http/env.ts'
import { ProblemError } from '../problem.ts'
import type { FieldError } from '../problem.ts'
import { sourceOf } from '../workflow/bundle-source.ts'
import type { Ctx } from '../workflow/context.ts'
import { loadEscalation } from '../workflow/escalation-advance.ts'
import type { HeldEscalation } from '../workflow/escalation-advance.ts'
import { withAnswers } from '../workflow/escalation-answer.ts'
import { hypotheses } from '../workflow/escalation-hypothesis.ts'
import { escalationView } from '../workflow/escalation-view.ts'
import { answerBody, changedFields, FORM_NAMES } from './escalation-input.ts'
import type { SomeFields } from './escalation-input.ts'
import { Redrawn } from './escalation-standing.tsx'
import { accept } from './form.ts'
import type { Fields } from './form.ts'
import { pieceOf } from './frame.tsx'

export async function redraw(
  web: { guardInput: GuardInput; clock: () => number },
  ctx: Ctx,
  id: string,
  fields: Fields,
): Promise<string> {
  const held = await loadEscalation(ctx, id)
  const changed = changedFields(fields)
  const found = web.guardInput(changed)
  const { as, errors } = tried(ctx, held, without(changed, found))
  const source = await sourceOf(ctx, held)
  const findings = hypotheses(ctx, {
    facts: as.record.facts,
    checks: source.checks,
    rotation: source.rotation,
    connection: source.connection?.record ?? null,
  })
  const view = escalationView(as)
  return pieceOf(Redrawn({ view, findings, now: web.clock(), errors: [...found, ...errors] }))
}

/** A field that is not accepted yet is left out and named; the others count. */
function tried(
  ctx: Ctx,
  held: HeldEscalation,
  changed: SomeFields,
): { as: HeldEscalation; errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  let left = changed
  for (const _ of FORM_NAMES) {
    try {
      return { as: withAnswers(ctx, held, accept(AnswerEscalation, answerBody(left))), errors }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const named = error.extensions.errors ?? []
      if (named.length === 0) break
      errors.push(...named)
      left = without(left, named)
    }
  }
  return { as: held, errors }
}

/** One that belongs to no single field makes all of them doubtful. */
function without(changed: SomeFields, errors: readonly FieldError[]): SomeFields {
  const paths = errors.map(({ path }) => path.split('.')[0] ?? '')
  const names: readonly string[] = FORM_NAMES
  if (paths.some((path) => !names.includes(path))) return {}
  return Object.fromEntries(
    Object.entries(changed).filter(
      ([name]) => !paths.some((path) => name === path || name === `${path}Instead`),
    ),
  )
}
