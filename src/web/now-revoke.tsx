/** Step 5: one sentence of what will happen, the last four characters, one button. Drawn only when it is allowed. */
import { Field } from './field.tsx'
import type { RotationData } from './rotation-data.ts'
import { VerbForm } from './verb-form.tsx'

export const RevokeNow = ({ data }: { data: RotationData }) => {
  const { view, retired, observable, guide } = data
  const retire = view.direction === 'forward' ? 'old' : 'new'
  const keep = view.direction === 'forward' ? 'new' : 'old'
  if (retired === null) return null
  return (
    <>
      {typeof view.revocation?.fault === 'string' && (
        <p class="warning">
          The last attempt did not go through ({view.revocation.fault}). Nothing is revoked as far
          as the portal shows.
        </p>
      )}
      <p>
        {observable ? 'The portal stops' : 'You stop, in the portal,'} accepting the {retire} token{' '}
        <code>{retired.shown}</code> at once and for good; {guide.title} goes on with the {keep}{' '}
        one.
      </p>
      <VerbForm
        data={data}
        verb="revoke"
        button={observable ? `Revoke the ${retire} token` : `Go on to revoking it in the portal`}
        tone="danger"
      >
        <Field
          name="lastFour"
          label={`Last four characters of the ${retire} token, as shown`}
          required
          maxlength={64}
          short
        />
      </VerbForm>
    </>
  )
}

/** A manual portal: the person revokes, Interlock asks whether it still works. */
export const ConfirmRevoked = ({ data }: { data: RotationData }) => {
  const { view, retired } = data
  const retire = view.direction === 'forward' ? 'old' : 'new'
  return (
    <>
      <ol class="instructions">
        <li>
          In the portal, revoke the {retire} token{' '}
          {retired === null ? '' : <code>{retired.shown}</code>}, and only it.
        </li>
        <li>Confirm here. Interlock asks the service provider whether it still answers.</li>
      </ol>
      <VerbForm
        data={data}
        verb="confirm-revoked"
        button="It is revoked there: check it"
        tone="primary"
      >
        <Field
          name="token"
          label={`The ${retire} token`}
          hint="With its value Interlock sees the 401 itself; without it this rests on your word."
          secret
          maxlength={8192}
        />
      </VerbForm>
    </>
  )
}
