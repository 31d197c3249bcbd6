/** What must be true before the old token can go: what was seen, what is missing, who, from when. */
import type { Requirement } from '../../machines/rotation.policy.ts'
import { Icon } from './icon.tsx'
import { More } from './field.tsx'
import { quietShare } from './proof-line.ts'
import type { RotationData } from './rotation-data.ts'
import { Ago, Prose, span, Time } from './time.tsx'
import { requirementOf, whoOf } from './word.ts'

export const RequirementList = ({ data }: { data: RotationData }) => {
  const { view } = data
  const retire = view.direction === 'forward' ? 'old' : 'new'
  const met = view.requirements.filter((r) => r.met).length
  const title = `What must be true before the ${retire} token can go`
  const count = `${met} of ${view.requirements.length}`
  const list = (
    <ul class="requirements">
      {view.requirements.map((r) => (
        <Line r={r} data={data} />
      ))}
    </ul>
  )
  const near = view.step === 'verify' || view.step === 'revoke'
  return near ? (
    <section aria-labelledby="needs">
      <div class="bar">
        <h2 id="needs">{title}</h2>
        <span class="count">{count}</span>
      </div>
      {list}
    </section>
  ) : (
    <More title={`${title}: ${count}`}>{list}</More>
  )
}

const Line = ({ r, data }: { r: Requirement; data: RotationData }) => {
  const { view, look } = data
  const waits = !r.met && r.code === 'old-token-quiet' && r.earliest !== undefined
  return (
    <li class={r.met ? 'met' : 'unmet'}>
      <Icon name={r.met ? 'done' : waits ? 'wait' : 'open'} />
      <div>
        <strong>{requirementOf(r.code, view.direction)}</strong>{' '}
        <span class="quiet">{r.met ? 'met' : 'not yet'}</span>
        <p>
          <Prose text={r.seen} now={look.now} />
        </p>
        {!r.met && (
          <p class="unblock">
            <Prose text={r.unblock} now={look.now} />{' '}
            <span class="quiet">
              {whoOf(r.who, view.idp)}
              {r.earliest !== undefined && (
                <>
                  , from <Time at={r.earliest} now={look.now} />
                </>
              )}
            </span>
          </p>
        )}
        {waits && view.quiet !== null && <QuietBar data={data} quiet={view.quiet} />}
      </div>
    </li>
  )
}

const QuietBar = (props: { data: RotationData; quiet: { since: string; until: string } }) => {
  const { data, quiet } = props
  const { now } = data.look
  const left = Date.parse(quiet.until) - now
  return (
    <p class="quiet-window">
      <label>
        <span>Quiet window</span>
        <progress
          value={Math.round(quietShare(quiet, now) * 100)}
          max={100}
          data-since={quiet.since}
          data-until={quiet.until}
        />
      </label>
      <span class="quiet">
        {left > 0 ? (
          <>
            {span(left)} left, over at <Time at={quiet.until} now={now} />
          </>
        ) : (
          <>
            over <Ago at={quiet.until} now={now} />. Look now.
          </>
        )}
      </span>
    </p>
  )
}
