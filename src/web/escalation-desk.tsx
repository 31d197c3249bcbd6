/** Support's side of a case: have it, ask back, resolve it. And the one small form that all of a case's verbs have. */
import type { Child } from 'hono/jsx'
import { ITEM_NAMES, Resolution } from '../../machines/escalation.facts.ts'
import type { CaseData } from './escalation-data.ts'
import { ITEM_LABELS, RESOLUTION_NAMES } from './escalation-word.ts'
import { Choice, More } from './field.tsx'
import { Csrf } from './frame.tsx'
import { Refusal } from './refusal.tsx'

interface Props {
  data: CaseData
  verb: string
  button: string
  tone?: 'primary' | undefined
  /** The label of the free text, where there is one. */
  note?: string
  children?: Child
}

export const Ask = ({ data, verb, button, tone, note, children }: Props) => (
  <form method="post" action={`/escalations/${data.view.id}/${verb}`} class="verb">
    {data.refused?.at === verb && <Refusal refused={data.refused} now={data.look.now} />}
    <Csrf look={data.look} />
    <input type="hidden" name="revision" value={String(data.view.revision)} />
    {children}
    {note !== undefined && (
      <p class="field">
        <label for={`f-${verb}-note`}>{note}</label>
        <textarea id={`f-${verb}-note`} name="note" maxlength={2000} rows={3} />
      </p>
    )}
    <p class="press">
      <button type="submit" class={tone}>
        {button}
      </button>
    </p>
  </form>
)

export const Desk = ({ data }: { data: CaseData }) => {
  // Whoever opens cases may also handle them; for support it is the one thing to do.
  const support = !data.look.may('escalations.write')
  const refused = data.refused?.at ?? ''
  const acts = (
    <>
      {data.view.state === 'submitted' ? (
        <Ask
          data={data}
          verb="acknowledge"
          button="Acknowledge"
          tone={support ? 'primary' : undefined}
        />
      ) : (
        <Resolve data={data} primary={support} />
      )}
      <More title="Ask back" open={refused === 'request-info'}>
        <Ask data={data} verb="request-info" button="Ask" note="Question (optional)">
          <fieldset class="pick">
            <legend>To be answered anew</legend>
            {ITEM_NAMES.map((item) => (
              <label>
                <input type="checkbox" name={`item.${item}`} value="on" /> {ITEM_LABELS[item]}
              </label>
            ))}
          </fieldset>
        </Ask>
      </More>
    </>
  )
  return support ? (
    acts
  ) : (
    <More title="Act as support" open={/^(acknowledge|request-info|resolve)$/.test(refused)}>
      {acts}
    </More>
  )
}

const Resolve = ({ data, primary }: { data: CaseData; primary: boolean }) => (
  <Ask
    data={data}
    verb="resolve"
    button="Resolve"
    tone={primary ? 'primary' : undefined}
    note="What was found, for the administrator (optional)"
  >
    <Choice
      name="resolution"
      label="What it was"
      options={Resolution.options.map((one) => ({ value: one, title: RESOLUTION_NAMES[one] }))}
    />
  </Ask>
)
