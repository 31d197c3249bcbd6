/** The ways out of a rotation, each with its reason, and the way back in after a halt. */
import type { RotationView } from '../workflow/rotation-view.ts'
import type { Choice } from './ask.ts'
import { moment } from './view.ts'
import type { Walk } from './walk-stage.ts'

export const LEAVE = Symbol('leave')

/** Does the next thing. → the rotation afterwards, or LEAVE. */
export type Step = (walk: Walk, view: RotationView) => Promise<RotationView | typeof LEAVE>

export const OTHER: Choice<'other'> = {
  value: 'other',
  label: 'Something else',
  hint: 'halt, roll back, abandon, leave',
}

/** Posts to the rotation with the revision that was looked at. */
export const post = <T = RotationView>(
  walk: Walk,
  view: RotationView,
  call: string,
  body: object = {},
): Promise<T> => walk.api.post<T>(`${walk.path}/${call}`, body, view.revision)

const EXITS: Readonly<Record<string, { label: string; hint: string; question: string }>> = {
  halt: {
    label: 'Halt',
    hint: 'stop here until somebody resumes it with a reason',
    question: 'Why is it halted?',
  },
  'roll-back': {
    label: 'Roll back',
    hint: 'the IdP goes back to the old token; the new one is revoked once it is unused',
    question: 'Why is it rolled back?',
  },
  abandon: {
    label: 'Abandon',
    hint: 'revokes nothing; the tokens that live go on living',
    question: 'Why is it abandoned?',
  },
}

export const wayOut: Step = async (walk, view) => {
  const offered = Object.entries(EXITS).filter(
    ([name]) =>
      !(name === 'halt' && view.status === 'halted') &&
      !(name === 'roll-back' && view.direction === 'back'),
  )
  const chosen = await walk.ask.choose('Which way?', [
    { value: 'back', label: 'Back to the rotation' },
    { value: 'leave', label: 'Leave for now', hint: 'it stays as it is' },
    ...offered.map(([value, { label, hint }]) => ({ value, label, hint })),
  ])
  if (chosen === 'leave') return LEAVE
  const way = EXITS[chosen]
  if (way === undefined) return walk.api.get<RotationView>(walk.path)
  return post(walk, view, chosen, { reason: await reasonOf(walk, way.question) })
}

export const resume: Step = async (walk, view) => {
  const { ask, out } = walk
  const { halted } = view
  if (halted !== null) {
    out.line(`\n${out.ink.bad('HALTED')} ${moment(halted.at)} by ${halted.by}: ${halted.reason}`)
    for (const { source, expected, found } of halted.mismatches) {
      out.line(`  ${source}: expected ${expected}, found ${found}`)
    }
  }
  const chosen = await ask.choose('What now?', [
    OTHER,
    { value: 'resume', label: 'Resume', hint: 'you have found out that it is safe' },
  ])
  if (chosen === 'other') return wayOut(walk, view)
  return post(walk, view, 'resume', { reason: await reasonOf(walk, 'Why is it safe to go on?') })
}

/** One line that is kept with your name; the server looks at it again. */
const reasonOf = (walk: Walk, question: string): Promise<string> =>
  walk.ask.text(`${question} (kept in the journal)`, {
    refuse: (text) => (text.length >= 1 && text.length <= 500 ? null : '1 to 500 characters.'),
  })
