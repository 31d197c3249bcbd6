import { Icon } from './icon.tsx'
import { Time } from './time.tsx'
import type { RotationView } from '../workflow/rotation-view.ts'
import { STEP_TITLES } from './word.ts'

const STATES = { done: 'done', current: 'now', todo: 'open' } as const
const SAID = { done: 'done', current: 'now', todo: 'to do' } as const

/** The five steps; the current one stands out by word, icon and weight. */
export const StepLine = ({ view, now }: { view: RotationView; now: number }) => (
  <ol class="steps" aria-label="Steps">
    {view.steps.map((step) => (
      <li class={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
        <Icon name={STATES[step.state]} /> {STEP_TITLES[step.name]}{' '}
        <span class="quiet">
          {step.at === undefined ? SAID[step.state] : <Time at={step.at} now={now} />}
        </span>
      </li>
    ))}
  </ol>
)
