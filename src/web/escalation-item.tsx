/** What stands beside an item: how its answer is known, or why there is none, and what does not fit. */
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { ItemName } from '../../machines/escalation.facts.ts'
import { isClosed } from '../../machines/escalation.record.ts'
import type { EscalationView } from '../workflow/escalation-view.ts'
import { answerOf, ITEM_LABELS, sourceOf } from './escalation-word.ts'
import { Icon } from './icon.tsx'
import { Prose, Time } from './time.tsx'
import { whoOf } from './word.ts'

interface Props {
  view: EscalationView
  name: ItemName
  now: number
}

export const Known = ({ view, name, now }: Props) => {
  const field = view.fields[name]
  if (field === null) return null
  const observed = field.witness === 'observed'
  return (
    <span class="known">
      <Icon name={observed ? 'look' : 'person'} />{' '}
      {observed ? (
        <>
          <strong>Observed</strong> {sourceOf(field.from)}
        </>
      ) : (
        <>
          <strong>Said</strong> by {field.by}
        </>
      )}
      , <Time at={field.at} now={now} />
    </span>
  )
}

export const Beside = ({ view, name, now }: Props) => {
  const field = view.fields[name]
  // What is over asks nobody any more.
  const question = isClosed(view.state)
    ? undefined
    : view.questions.find(({ item }) => item === name)
  const against = view.contradictions.filter(({ items }) => items.includes(name))
  return (
    <>
      {question === undefined ? (
        <Known view={view} name={name} now={now} />
      ) : (
        <span class="known">
          <Icon name="open" /> <strong>Missing.</strong> {question.reason}
          {field !== null && ` It was: ${answerOf(name, field)}.`} {question.ask}{' '}
          <span class="quiet">{whoOf(question.who, view.fields.idp?.value ?? undefined)}</span>
        </span>
      )}
      {against.map(({ why }) => (
        <span class="known against">
          <Icon name="wait" /> <strong>Does not fit.</strong> <Prose text={why} now={now} />
        </span>
      ))}
    </>
  )
}

/** The answers as they stand, to be read. */
export const Answers = ({ view, now }: Omit<Props, 'name'>) => (
  <dl class="facts answers">
    {ITEM_NAMES.map((name) => {
      const field = view.fields[name]
      return (
        <>
          <dt>{ITEM_LABELS[name]}</dt>
          <dd>
            {field === null ? 'not answered' : answerOf(name, field)}
            <Beside view={view} name={name} now={now} />
          </dd>
        </>
      )
    })}
    <Extra label="scimType" value={view.scimType} />
    <Extra label="Correlation id" value={view.correlationId} />
    <Extra label="Note" value={view.note} />
  </dl>
)

const Extra = ({ label, value }: { label: string; value: string | null }) =>
  value === null ? null : (
    <>
      <dt>{label}</dt>
      <dd class="lines">{value}</dd>
    </>
  )
