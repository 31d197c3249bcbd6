/** One form, one verb: the revision the person looks at goes with it, and a refusal stands above its button. */
import type { Child } from 'hono/jsx'
import { FormScope } from './field.tsx'
import { Csrf } from './frame.tsx'
import { Refusal } from './refusal.tsx'
import type { RotationData } from './rotation-data.ts'

interface Props {
  data: RotationData
  verb: string
  button: string
  /** The page's one primary action, or the irreversible one. */
  tone?: 'primary' | 'danger'
  /** The script may press it by itself, at this moment or every so many seconds. */
  again?: string | undefined
  /** Where a refusal shows, if the verb has more than one form on the page. */
  at?: string
  children?: Child
}

export const VerbForm = ({ data, verb, button, tone, again, at = verb, children }: Props) => (
  <form
    method="post"
    action={`/rotations/${data.view.id}/${verb}`}
    data-again={again}
    class={tone === undefined ? 'verb' : 'verb main'}
  >
    <RefusedAt data={data} at={at} />
    <Csrf look={data.look} />
    {at !== verb && <input type="hidden" name="at" value={at} />}
    <input type="hidden" name="revision" value={String(data.view.revision)} />
    <FormScope.Provider value={at}>{children}</FormScope.Provider>
    <p class="press">
      <button type="submit" class={tone}>
        {button}
      </button>
      {again !== undefined && <span class="quiet" data-countdown />}
    </p>
  </form>
)

export const RefusedAt = ({ data, at }: { data: RotationData; at: string }) =>
  data.refused?.at === at ? <Refusal refused={data.refused} now={data.look.now} /> : null
