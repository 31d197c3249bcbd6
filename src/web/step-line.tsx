import { Icon } from './icon.tsx'
import { Time } from './time.tsx'
import type { RotationView } from '../workflow/rotation-view.ts'
import { STEP_TITLES } from './word.ts'

const STATES = { done: 'done', current: 'now', todo: 'open' } as const
const SAID = { done: 'done', current: 'now', todo: 'to do' } as const

/** Once everything holds, the person's step is the fifth, though the machine waits in the fourth for their word. */
function shown({ steps, next }: RotationView): RotationView['steps'] {
  if (next.action !== 'revoke') return steps
  return steps.map((step) => ({
    ...step,
    state: step.name === 'revoke' ? ('current' as const) : ('done' as const),
  }))
}

/** The five steps; the current one stands out by word, icon and weight. */
export const StepLine = ({ view, now }: { view: RotationView; now: number }) => (
  <ol class="steps" aria-label="Steps">
    {shown(view).map((step) => (
      <li class={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
        <Icon name={STATES[step.state]} /> {STEP_TITLES[step.name]}{' '}
        <span class="quiet">
          {step.at === undefined ? SAID[step.state] : <Time at={step.at} now={now} />}
        </span>
      </li>
    ))}
  </ol>
)
