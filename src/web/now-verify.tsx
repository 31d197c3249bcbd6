/** Step 4: one real change at the IdP, then look; or wait; or let a second person look. */
import { Copy } from './copy.tsx'
import { Choice, Field, More } from './field.tsx'
import { Again, AskScreen } from './now-create.tsx'
import type { RotationData } from './rotation-data.ts'
import { oldTokenInUse } from '../workflow/guidance.ts'
import { Ago, Prose, Time } from './time.tsx'
import { RefusedAt, VerbForm } from './verb-form.tsx'
import { Checked } from './now-test.tsx'

/** Often enough to see an event soon, seldom enough to leave the portal alone. */
const LOOK_EVERY = '45'

export const VerifyNow = ({ data }: { data: RotationData }) => {
  const { view, connection } = data
  const inUse = oldTokenInUse(view.requirements)
  const needsValue = view.canary === null && connection.pilotUser !== null
  return (
    <>
      {data.checked !== null && <Checked checked={data.checked} data={data} />}
      {inUse !== null ? (
        <StillUsed data={data} seen={inUse.seen} />
      ) : connection.pilotUser === null ? (
        <p>
          This connection names no pilot user, so Interlock cannot look for the change itself.{' '}
          <a href={`/connections/${view.connectionId}/edit`}>Name one</a> for the next rotation, or
          record the event below.
        </p>
      ) : view.canary === null ? (
        <NoValueYet data={data} />
      ) : (
        <Canary data={data} />
      )}
      {inUse === null && !needsValue && (
        <VerbForm data={data} verb="verify" button="Look now" tone="primary" again={LOOK_EVERY} />
      )}
      <OtherEvidence data={data} inUse={inUse !== null} />
    </>
  )
}

const NoValueYet = ({ data }: { data: RotationData }) => (
  <>
    <p>
      Interlock makes a one-time value. You put it into the pilot user’s title at {data.guide.title}
      ; where it arrives at the service provider, a real write has landed.
    </p>
    <VerbForm data={data} verb="canary" button="Make the one-time value" tone="primary" />
  </>
)

const Canary = ({ data }: { data: RotationData }) => {
  const { view, look, guide, connection } = data
  const { canary } = view
  if (canary === null) return null
  const early = Date.parse(canary.earliest) > look.now
  return (
    <>
      {early && (
        <p class="warning">
          Begin at <Time at={canary.earliest} now={look.now} /> (
          <Ago at={canary.earliest} now={look.now} />
          ). Until then the portal could not tell the IdP’s use of the token from our test.
        </p>
      )}
      <ol class="instructions">
        {guide.canary.map((text) => (
          <li>{text}</li>
        ))}
      </ol>
      <dl class="carry">
        <dt>Pilot user</dt>
        <dd>
          <Copy value={connection.pilotUser ?? ''} label="the pilot user" />
        </dd>
        <dt>Set Title to</dt>
        <dd>
          <Copy value={canary.value} label="the one-time value" />
        </dd>
      </dl>
    </>
  )
}

/** The new token was tested and not saved, or something else holds the old one: the common slip. */
const StillUsed = ({ data, seen }: { data: RotationData; seen: string }) => {
  const { view, guide, look } = data
  const retire = view.direction === 'forward' ? 'old' : 'new'
  const keep = view.direction === 'forward' ? 'new' : 'old'
  return (
    <>
      <p class="warning">
        {guide.title} still uses the {retire} token. <Prose text={seen} now={look.now} />
      </p>
      {guide.askScreen.length > 0 && <AskScreen data={data} />}
      <ol class="instructions">
        {guide.update.map((text) => (
          <li>{text}</li>
        ))}
        <li>
          Nothing to save there? Then a second app or a script holds the {retire} token: look for
          it.
        </li>
      </ol>
      <VerbForm
        data={data}
        verb="update-idp"
        button={`It is saved now: ${guide.title} holds the ${keep} token`}
        tone="primary"
      >
        <p class="quiet">A new cutover: what was seen before it no longer counts.</p>
      </VerbForm>
    </>
  )
}

export const WaitNow = ({ data }: { data: RotationData }) => {
  const { view } = data
  const retire = view.direction === 'forward' ? 'old' : 'new'
  return (
    <>
      <p>
        A real event by the right token has landed. Now the {retire} one has to stay unused, so that
        nothing else depends on it.{' '}
        {view.next.earliest !== undefined && (
          <>
            The window is over at <Time at={view.next.earliest} now={data.look.now} />.
          </>
        )}{' '}
        You may close this page.
      </p>
      <VerbForm
        data={data}
        verb="verify"
        button="Look now"
        tone="primary"
        again={view.next.earliest ?? LOOK_EVERY}
      />
      <OtherEvidence data={data} />
    </>
  )
}

export const ApproveNow = ({ data }: { data: RotationData }) => (
  <>
    <p>
      Part of the proof is somebody’s word. Look at the list below, and at what was attested by
      whom. Approving says that you have looked.
    </p>
    {data.look.may('rotations.approve') ? (
      <VerbForm data={data} verb="approve" button="I have looked, and approve" tone="primary" />
    ) : (
      <p class="quiet">An owner, admin or approver with a key of their own approves.</p>
    )}
    {data.look.may('rotations.write') && <OtherEvidence data={data} />}
  </>
)

const OtherEvidence = ({ data, inUse = false }: { data: RotationData; inUse?: boolean }) => {
  const { view, guide, refused } = data
  const at = new Date(data.look.now).toISOString().slice(0, 16).replace('T', ' ')
  return (
    <>
      {!data.observable && (
        <More title="Read the portal out" open>
          <RefusedAt data={data} at="reading" />
          <VerbForm data={data} verb="reading" button="Record this reading">
            <p>
              What the portal shows of both tokens, in UTC. It counts as told by you, and a second
              person has to approve.
            </p>
            <Field name="oldLastUsedAt" label="Old token last used at" hint="Empty: never" />
            <Field name="newLastUsedAt" label="New token last used at" hint="Empty: never" />
            <Field name="readAt" label="Read at" value={at} required />
          </VerbForm>
        </More>
      )}
      <More title={`Record an event from ${guide.title}’s log`} open={refused?.at === 'event'}>
        <VerbForm data={data} verb="event" button="Record this event">
          <p>{guide.log[0]}</p>
          <Choice
            name="operation"
            label="Operation"
            value="update"
            options={['create', 'update', 'deactivate', 'group-sync'].map((value) => ({
              value,
              title: value,
            }))}
          />
          <Field
            name="subject"
            label="Whom it changed"
            value={data.connection.pilotUser ?? ''}
            required
            maxlength={254}
          />
          <Field name="occurredAt" label="When, in UTC" value={at} required />
          <Choice
            name="outcome"
            label="Outcome"
            options={['success', 'failure', 'skipped'].map((value) => ({ value, title: value }))}
          />
          <Field
            name="source"
            label="Which log"
            value={`${guide.title} log`}
            required
            maxlength={64}
          />
          <Field name="reference" label="Its id there" required maxlength={128} />
          <Field
            name="tenantId"
            label="Tenant it names"
            hint="Another tenant than this one halts the rotation."
            maxlength={64}
          />
        </VerbForm>
      </More>
      {inUse ? (
        <More title="Look again">
          <VerbForm data={data} verb="verify" button="Look now" />
        </More>
      ) : (
        <More title={`${guide.title} was updated again`} open={refused?.at === 'update-idp'}>
          <VerbForm data={data} verb="update-idp" button="It was saved again just now">
            <p>A new cutover: what was seen before it no longer counts.</p>
          </VerbForm>
        </More>
      )}
      <More title="Test the connection again" open={refused?.at === 'test'}>
        <VerbForm data={data} verb="test" button="Test the connection">
          {!data.holdsKept && (
            <Field name="token" label="The token that stays" secret required maxlength={8192} />
          )}
        </VerbForm>
      </More>
      {view.direction === 'forward' && <Again data={data} />}
    </>
  )
}
