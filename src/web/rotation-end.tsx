/** What a finished rotation leaves behind: the two probes are the confirmation. */
import { Icon } from './icon.tsx'
import type { RotationData } from './rotation-data.ts'
import { Ago, Prose } from './time.tsx'

const TITLES = {
  completed: 'Rotated',
  rolledBack: 'Rolled back',
  abandoned: 'Abandoned',
  active: 'Under way',
  halted: 'Halted',
} as const

export const Done = ({ data }: { data: RotationData }) => {
  const { view, look, guide } = data
  const { proof } = view
  const retire = view.direction === 'forward' ? 'old' : 'new'
  const keep = view.direction === 'forward' ? 'new' : 'old'
  return (
    <section class={view.status === 'completed' ? 'now ok' : 'now'} aria-labelledby="now">
      <h2 id="now">
        <Icon name={view.status === 'abandoned' ? 'none' : 'done'} /> {TITLES[view.status]}
      </h2>
      {proof !== null && (
        <ul class="checks">
          <Probe name={`The ${retire} token`} answered={proof.retiredAnswered} good={401} />
          <Probe name={`The ${keep} token`} answered={proof.keptAnswered} good={200} />
          <li>
            <Icon name={proof.portalShows === 'not-asked' ? 'none' : 'done'} />
            <div>
              <strong>The portal</strong>{' '}
              {proof.portalShows === 'not-asked'
                ? 'was not asked'
                : `shows it ${proof.portalShows}`}{' '}
              <span class="quiet">
                {proof.witness}, <Ago at={proof.at} now={look.now} />
              </span>
            </div>
          </li>
        </ul>
      )}
      {view.ending !== null && view.ending.reason !== null && (
        <p>
          {view.ending.by}, <Ago at={view.ending.at} now={look.now} />: {view.ending.reason}
        </p>
      )}
      {view.next.instructions.map((text) => (
        <p>
          <Prose text={text} now={look.now} />
        </p>
      ))}
      {view.status === 'completed' && (
        <>
          <h3>If anything failed meanwhile, in {guide.title}</h3>
          <ul>
            {guide.afterGap.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a class="button primary" href={`/rotations/${view.id}/certificate`}>
          Certificate
        </a>
      </p>
    </section>
  )
}

const Probe = (props: { name: string; answered: number | null; good: number }) => {
  const { name, answered, good } = props
  return (
    <li class={answered === null ? 'skipped' : answered === good ? 'pass' : 'fail'}>
      <Icon name={answered === null ? 'none' : answered === good ? 'done' : 'stop'} />
      <div>
        <strong>{name}</strong>{' '}
        {answered === null ? 'could not be asked: its value is not held' : `answers ${answered}`}
      </div>
    </li>
  )
}
