/** The practice IdP, played by buttons: what an administrator would do in the other window. */
import type { Child } from 'hono/jsx'
import { Field, FormScope } from './field.tsx'
import { Csrf } from './frame.tsx'
import type { RotationData } from './rotation-data.ts'
import { PILOT } from './rehearsal.ts'
import { RefusedAt } from './verb-form.tsx'

const FORMS = {
  empty: 'The form is empty.',
  entered: 'The form holds a token that was not tested.',
  tested: 'The form holds a token whose test was green.',
} as const

export const IdpPanelBox = ({ data, said }: { data: RotationData; said: string | null }) => {
  const { panel, view } = data
  if (panel === null) return null
  return (
    <aside class="panel" aria-labelledby="panel">
      <h2 id="panel">Practice Okta: the other window</h2>
      <p>
        {FORMS[panel.form]} {panel.formIsSaved ? 'It is saved.' : 'It is not saved.'}
      </p>
      {said !== null && (
        <p class="said" role="status">
          {said}
        </p>
      )}
      <RefusedAt data={data} at="idp" />
      <Act data={data} act="enter-token" button="Enter it in the form">
        <Field
          name="token"
          label="API token field"
          hint="As this screen wants it: Bearer, a space, the token"
          secret
          required
          maxlength={8192}
        />
      </Act>
      <div class="acts">
        <Act data={data} act="test" button="Test API Credentials" />
        <Act data={data} act="save" button="Save" />
      </div>
      <Act data={data} act="provision" button="Save the profile: Okta pushes it">
        <Field
          name="title"
          label={`Title of ${PILOT}`}
          value={view.canary?.value ?? ''}
          required
          maxlength={100}
        />
      </Act>
    </aside>
  )
}

const Act = (props: { data: RotationData; act: string; button: string; children?: Child }) => (
  <form method="post" action={`/rotations/${props.data.view.id}/idp`}>
    <Csrf look={props.data.look} />
    <input type="hidden" name="act" value={props.act} />
    <FormScope.Provider value={props.act}>{props.children}</FormScope.Provider>
    <button type="submit">{props.button}</button>
  </form>
)
