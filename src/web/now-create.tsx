/** Steps 1 and 2: make the new token, then put it into the IdP. */
import { Copy } from './copy.tsx'
import { Field, More } from './field.tsx'
import { Csrf } from './frame.tsx'
import type { RotationData } from './rotation-data.ts'
import { VerbForm } from './verb-form.tsx'

export const CreateNow = ({ data }: { data: RotationData }) =>
  data.observable ? (
    <>
      <p>
        Interlock creates it in the portal, next to the old one, and shows it to you once. Both work
        until step 5. Have {data.guide.title}’s console open in the other window.
      </p>
      <VerbForm data={data} verb="create" button="Create the new token" tone="primary">
        <Expiry />
      </VerbForm>
    </>
  ) : (
    <ManualCreate data={data} primary />
  )

const Expiry = () => (
  <Field
    name="expiresInDays"
    label="Valid for how many days"
    type="number"
    value="90"
    min={1}
    max={730}
    required
    short
  />
)

const ManualCreate = ({ data, primary = false }: { data: RotationData; primary?: boolean }) => (
  <VerbForm
    data={data}
    verb="create"
    button="Record the new token"
    {...(primary ? { tone: 'primary' as const } : {})}
  >
    <ol>
      <li>In the portal, create a token next to the old one. Do not touch the old one.</li>
      <li>Give its value here. Interlock keeps a fingerprint, and holds the value for the test.</li>
    </ol>
    <Field name="token" label="The new token" secret required maxlength={8192} />
    <Field
      name="expiresAt"
      label="Expires at"
      hint="As the portal shows it, in UTC: 2027-02-20 16:00"
    />
  </VerbForm>
)

export const UpdateNow = ({ data }: { data: RotationData }) => {
  const { guide, view, connection } = data
  const asks = guide.askScreen.length > 0
  const keep = view.direction === 'forward' ? 'new' : 'old'
  return (
    <>
      {asks ? (
        <AskScreen data={data} />
      ) : (
        <ol class="instructions">
          {guide.update.map((text) => (
            <li>{text}</li>
          ))}
        </ol>
      )}
      <dl class="carry">
        <dt>Base URL</dt>
        <dd>
          <Copy value={connection.scimBaseUrl} label="the base URL" />
        </dd>
        <dt>{guide.screen?.field ?? 'Token'}</dt>
        <dd>
          {guide.header.instruction}{' '}
          {data.token === null && keep === 'new' && (
            <span class="quiet">
              The token was shown once, when it was made. Lost it? Make another one below.
            </span>
          )}
        </dd>
        {guide.header.mistake !== null && (
          <>
            <dt>Usual mistake</dt>
            <dd>{guide.header.mistake}</dd>
          </>
        )}
      </dl>
      <VerbForm
        data={data}
        verb="update-idp"
        button={`It is saved: ${guide.title} holds the ${keep} token`}
        tone="primary"
      >
        <p class="quiet">
          This moment becomes the cutover. Whatever is seen later is measured from it.
        </p>
      </VerbForm>
      {view.direction === 'forward' && <Again data={data} />}
    </>
  )
}

export const AskScreen = ({ data }: { data: RotationData }) => (
  <form method="post" action={`/connections/${data.view.connectionId}/screen`} class="screens">
    <p>Which of these screens is in front of you? The header format depends on it.</p>
    <Csrf look={data.look} />
    <input type="hidden" name="revision" value={String(data.connectionRevision)} />
    <input type="hidden" name="rotation" value={data.view.id} />
    {data.guide.askScreen.map((screen) => (
      <p>
        <button type="submit" name="screen" value={screen.id}>
          {screen.title}
        </button>
        <span class="hint">{screen.recognise}</span>
      </p>
    ))}
  </form>
)

/** The way back to step 1 from any later step: a lost or spoilt value. */
export const Again = ({ data }: { data: RotationData }) => (
  <More title="Make another new token" open={data.refused?.at === 'create'}>
    <p>
      For a value that was lost or spoilt. What was seen of the present new token no longer counts,
      and it stays live in the portal until somebody revokes it there.
    </p>
    {data.observable ? (
      <VerbForm data={data} verb="create" button="Make another new token">
        <Expiry />
      </VerbForm>
    ) : (
      <ManualCreate data={data} />
    )}
  </More>
)
