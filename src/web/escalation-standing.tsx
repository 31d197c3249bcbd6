/**
 * How complete the case is, what does not fit together, and what it probably is: beside the form,
 * drawn again while somebody types. The notes for each field travel with it; the script puts them
 * where they belong.
 */
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { FieldError } from '../problem.ts'
import type { EscalationView } from '../workflow/escalation-view.ts'
import { Beside } from './escalation-item.tsx'
import { ITEM_LABELS } from './escalation-word.ts'
import { Icon } from './icon.tsx'
import { FindingCard } from './now-test.tsx'
import { FieldErrors } from './refusal.tsx'
import { Prose } from './time.tsx'

interface Props {
  view: EscalationView
  findings: readonly Finding[]
  now: number
}

export const countOf = ({ missing }: EscalationView): string =>
  `${ITEM_NAMES.length - missing.length} of ${ITEM_NAMES.length}`

export const Standing = ({ view, findings, now }: Props) => {
  const [first, ...others] = findings
  const fields = ITEM_NAMES.length
  return (
    <>
      <p>
        <label>
          <strong>{countOf(view)}</strong> items answered{' '}
          <progress value={fields - view.missing.length} max={fields} />
        </label>
      </p>
      {view.questions.length > 0 && (
        <>
          <h3>Missing</h3>
          <ul class="plain">
            {view.questions.map(({ item, reason }) => (
              <li>
                <Icon name="open" /> <a href={`#f-${item}`}>{ITEM_LABELS[item]}</a>{' '}
                <span class="quiet">{reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {view.contradictions.length > 0 && (
        <>
          <h3>Does not fit together</h3>
          <ul class="plain">
            {view.contradictions.map(({ items, why }) => (
              <li>
                <Icon name="wait" />{' '}
                <strong>{items.map((item) => ITEM_LABELS[item]).join(' and ')}:</strong>{' '}
                <Prose text={why} now={now} />
              </li>
            ))}
          </ul>
          <p class="quiet">It does not keep you from submitting: often this is the fault itself.</p>
        </>
      )}
      {first !== undefined && (
        <>
          <h3>First hypothesis</h3>
          <FindingCard finding={first} open={false} />
          {others.length > 0 && (
            <p class="quiet">Also possible: {others.map(({ title }) => title).join('; ')}.</p>
          )}
        </>
      )}
    </>
  )
}

/** While it is typed: the same, as the fields stand, and what of them would not be taken. */
export const Redrawn = (props: Props & { errors: readonly FieldError[] }) => (
  <>
    <p class="quiet">As it is typed now. Nothing of it is saved yet.</p>
    {props.errors.length > 0 && (
      <div class="refusal">
        <FieldErrors errors={props.errors} />
      </div>
    )}
    <Standing {...props} />
    {ITEM_NAMES.map((name) => (
      <div hidden data-beside={`beside-${name}`}>
        <Beside view={props.view} name={name} now={props.now} />
      </div>
    ))}
  </>
)
