/** What happened, in the order of time, and what Interlock's own checks were answered. */
import type { BundleContent } from '../support/bundle-schema.ts'
import { BundlePart as Part } from './bundle-part.tsx'
import { Icon } from './icon.tsx'
import { OUTCOMES } from './now-test.tsx'
import { Time } from './time.tsx'
import { CHECKS } from './word.ts'

interface Props {
  content: BundleContent
  now: number
}

export const BundleTimeline = ({ content, now }: Props) => (
  <Part id="timeline" title="What happened">
    <ol class="journal">
      {content.timeline.map(({ at, what, by, refused }) => (
        <li>
          <Time at={at} now={now} />{' '}
          {refused && (
            <>
              <Icon name="stop" /> Refused:{' '}
            </>
          )}
          {what} {by !== null && <span class="quiet">{by}</span>}
        </li>
      ))}
    </ol>
  </Part>
)

export const BundleChecks = ({ content: { checks }, now }: Props) => (
  <Part id="checks" title="First checks">
    {checks === null ? (
      <p>Nobody ran the first checks within the last day.</p>
    ) : (
      <>
        <p class="quiet">
          Run by Interlock <Time at={checks.at} now={now} />,{' '}
          {checks.withToken ? 'with the token' : 'without a token'}.
        </p>
        <ul class="checks">
          {checks.checks.map(({ name, outcome, httpStatus, scimType, failure }) => (
            <li class={outcome}>
              <Icon name={OUTCOMES[outcome][0]} />
              <div>
                <strong>{CHECKS[name] ?? name}</strong> {OUTCOMES[outcome][1]}
                {httpStatus !== null && ` · ${httpStatus}`}
                {scimType !== null && ` · ${scimType}`}
                {httpStatus === null && failure !== null && ` · ${failure.replaceAll('-', ' ')}`}
              </div>
            </li>
          ))}
        </ul>
      </>
    )}
  </Part>
)
