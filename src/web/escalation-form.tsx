/** The eight items as a form. Beside each field: how its answer is known, or what is missing, or does not fit. */
import { FailingOperation, ScimType, Unknowable } from '../../machines/escalation.facts.ts'
import type { ItemName } from '../../machines/escalation.facts.ts'
import { Idp } from '../../machines/vocabulary.ts'
import type { Child } from 'hono/jsx'
import type { CaseData } from './escalation-data.ts'
import { FORM_NAMES } from './escalation-input.ts'
import type { FormName } from './escalation-input.ts'
import { Beside } from './escalation-item.tsx'
import { Standing } from './escalation-standing.tsx'
import { ITEM_LABELS, OPERATION_NAMES, UNKNOWABLE_NAMES } from './escalation-word.ts'
import { Choice, Field, More } from './field.tsx'
import { Csrf } from './frame.tsx'
import { Refusal } from './refusal.tsx'
import { IDP_NAMES } from './word.ts'

const UNKNOWN = Unknowable.options.map((reason) => ({
  value: `cannot:${reason}`,
  title: `Cannot be known: ${UNKNOWABLE_NAMES[reason]}`,
}))
const NOT_SAID = { value: '', title: 'Not said' }
const YES_OR_NO = [
  NOT_SAID,
  { value: 'yes', title: 'Yes' },
  { value: 'no', title: 'No' },
  ...UNKNOWN,
]
const IDPS = Idp.options.map((idp) => ({ value: idp, title: IDP_NAMES[idp] }))
const OPERATIONS = FailingOperation.options.map((one) => ({
  value: one,
  title: OPERATION_NAMES[one],
}))
const SCIM_TYPES = ScimType.options.map((type) => ({ value: type, title: type }))

export const EscalationForm = ({ data }: { data: CaseData }) => {
  const { view, look, shown, typed, refused } = data
  const ready = view.state === 'ready'
  const value = (name: FormName): string => typed[name] ?? shown[name]
  const props = (name: ItemName) => ({
    name,
    label: ITEM_LABELS[name],
    value: value(name),
    beside: `beside-${name}`,
    later: true,
  })
  const beside = (name: ItemName) => <Place name={name} data={data} />
  return (
    <div class="two">
      <form
        method="post"
        action={`/escalations/${view.id}/answer`}
        class="long"
        data-redraw={`/escalations/${view.id}/redraw`}
        data-into="standing"
      >
        {refused?.at === 'answer' && <Refusal refused={refused} now={look.now} />}
        <Csrf look={look} />
        <input type="hidden" name="revision" value={String(view.revision)} />
        {FORM_NAMES.map((name) => (
          <input type="hidden" name={`was.${name}`} value={shown[name]} />
        ))}
        <Field {...props('tenantId')} maxlength={64} />
        {beside('tenantId')}
        <Field {...props('scimBaseUrl')} maxlength={500} />
        {beside('scimBaseUrl')}
        <Choice {...props('idp')} options={value('idp') === '' ? [NOT_SAID, ...IDPS] : IDPS} />
        {beside('idp')}
        <Choice {...props('operation')} options={[NOT_SAID, ...OPERATIONS, ...UNKNOWN]} />
        {beside('operation')}
        <Pair name="occurredAt" data={data}>
          <Field
            {...props('occurredAt')}
            hint="UTC, as 2026-11-24 11:58. With an offset: 2026-11-24T12:58:00+01:00"
            maxlength={40}
          />
        </Pair>
        {beside('occurredAt')}
        <Pair name="httpStatus" data={data}>
          <Field {...props('httpStatus')} hint="Three digits" maxlength={3} />
        </Pair>
        {beside('httpStatus')}
        <Choice {...props('discoverySucceeds')} options={YES_OR_NO} />
        {beside('discoverySucceeds')}
        <Choice {...props('tokenRecentlyUsed')} options={YES_OR_NO} />
        {beside('tokenRecentlyUsed')}
        <More
          title="More from the IdP’s log, and a note"
          open={value('scimType') + value('correlationId') + value('note') !== ''}
        >
          <Choice
            name="scimType"
            label="scimType of the error"
            value={value('scimType')}
            options={[{ value: '', title: 'None shown' }, ...SCIM_TYPES]}
          />
          <Field
            name="correlationId"
            label="Correlation id"
            hint="A UUID, the id of a request at an edge, or a ticket’s number"
            value={value('correlationId')}
            maxlength={40}
          />
          <p class="field">
            <label for="f-note">
              Note <span class="quiet">(optional)</span>
            </label>
            <textarea id="f-note" name="note" maxlength={2000} aria-describedby="f-note-hint">
              {value('note')}
            </textarea>
            <span class="hint" id="f-note-hint">
              The one free text that support reads. No tokens, no names of users.
            </span>
          </p>
        </More>
        <p class="press">
          <button type="submit" class={ready ? undefined : 'primary'}>
            Save the answers
          </button>
        </p>
      </form>
      <section class="standing" id="standing" aria-label="How the case stands">
        <Standing view={view} findings={data.findings} now={look.now} />
      </section>
    </div>
  )
}

const Place = ({ name, data }: { name: ItemName; data: CaseData }) => (
  <div class="beside" id={`beside-${name}`}>
    <Beside view={data.view} name={name} now={data.look.now} />
  </div>
)

/** A text, or what stands in its place. */
const Pair = (props: { name: 'occurredAt' | 'httpStatus'; data: CaseData; children?: Child }) => {
  const { name, data } = props
  const instead = `${name}Instead` as const
  const none = { value: 'none', title: 'No answer came' }
  return (
    <div class="pair">
      {props.children}
      <Choice
        name={instead}
        label={name === 'httpStatus' ? 'Or, without a status' : 'Or, without a time'}
        value={data.typed[instead] ?? data.shown[instead]}
        options={[
          { value: '', title: 'As typed' },
          ...(name === 'httpStatus' ? [none] : []),
          ...UNKNOWN,
        ]}
        beside={`beside-${name}`}
      />
    </div>
  )
}
