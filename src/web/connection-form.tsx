/** Adding and changing a connection. What most people leave alone is folded away. */
import type { HeldConnection } from '../workflow/connection.ts'
import { Choice, Field, More } from './field.tsx'
import type { Fields } from './form.ts'
import { Csrf, Frame } from './frame.tsx'
import type { Look } from './look.ts'
import { Refusal } from './refusal.tsx'
import type { Refused } from './refusal.tsx'
import { IDP_NAMES } from './word.ts'

interface Props {
  look: Look
  /** Null: a new one. */
  held: HeldConnection | null
  /** What was typed before a refusal, without secrets. */
  typed: Fields
  refused: Refused | null
}

export const ConnectionForm = ({ look, held, typed, refused }: Props) => {
  const record = held?.record
  const value = (name: string, kept: string | number | null | undefined): string =>
    typed[name] ?? (kept === null || kept === undefined ? '' : String(kept))
  const title = held === null ? 'Add a connection' : `Change ${held.record.name}`
  return (
    <Frame look={look} title={title}>
      <h1>{title}</h1>
      {refused !== null && <Refusal refused={refused} now={look.now} />}
      <form
        method="post"
        action={held === null ? '/connections' : `/connections/${held.id}/edit`}
        class="long"
      >
        <Csrf look={look} />
        {held !== null && <input type="hidden" name="revision" value={String(held.revision)} />}
        <Field
          name="name"
          label="Name"
          value={value('name', record?.name)}
          required
          maxlength={80}
        />
        {held === null && (
          <Field
            name="tenantId"
            label="Tenant"
            hint="The tenant’s id at the service provider"
            value={value('tenantId', undefined)}
            required
            maxlength={64}
          />
        )}
        <Field
          name="environment"
          label="Environment"
          value={value('environment', record?.environment)}
          maxlength={40}
        />
        <Choice
          name="idp"
          label="IdP"
          value={value('idp', record?.idp ?? 'okta')}
          options={Object.entries(IDP_NAMES).map(([value, title]) => ({ value, title }))}
        />
        <Field
          name="scimBaseUrl"
          label="SCIM base URL"
          type="url"
          value={value('scimBaseUrl', record?.scimBaseUrl)}
          check="/connections/spelling"
          required
          maxlength={500}
        />
        <Field
          name="pilotUser"
          label="Pilot user"
          hint="The user name of somebody harmless whose title may change. With one, Interlock sees the real event itself."
          value={value('pilotUser', record?.pilotUser)}
          maxlength={254}
        />
        <Portal value={value} held={held} />
        <Policy value={value} held={held} />
        <p class="press">
          <button class="primary" type="submit">
            {held === null ? 'Add the connection' : 'Save'}
          </button>
        </p>
      </form>
    </Frame>
  )
}

type ValueOf = (name: string, kept: string | number | null | undefined) => string

const Portal = ({ value, held }: { value: ValueOf; held: HeldConnection | null }) => {
  const portal = held?.record.portal
  const kept =
    typeof portal?.sealedCredential === 'string' ? 'One is kept. Empty: it stays.' : undefined
  return (
    <fieldset>
      <legend>The service provider’s portal</legend>
      <Choice
        name="portalKind"
        label="How Interlock reaches it"
        value={value('portalKind', portal?.kind ?? 'axonflow')}
        options={[
          {
            value: 'axonflow',
            title: 'AxonFlow: Interlock lists, creates and revokes tokens there',
          },
          { value: 'manual', title: 'By hand: a person reads it out' },
        ]}
      />
      <Field
        name="portalUrl"
        label="Portal URL"
        type="url"
        value={value('portalUrl', portal?.url)}
        hint="Not needed by hand"
        maxlength={500}
      />
      <Field
        name="portalCredential"
        label="Portal credential"
        hint={
          kept ?? 'An API credential of the portal. It is sealed at once and never shown again.'
        }
        secret
        maxlength={4096}
      />
      <More title="Log in with organisation and password instead">
        <Field name="portalOrg" label="Organisation id" maxlength={128} />
        <Field name="portalPassword" label="Password" secret maxlength={1024} />
      </More>
    </fieldset>
  )
}

const Policy = ({ value, held }: { value: ValueOf; held: HeldConnection | null }) => {
  const record = held?.record
  return (
    <More title="Quiet window, second person, portal’s precision">
      <Field
        name="quietMinutes"
        label="Quiet window, minutes"
        type="number"
        hint="Empty: one whole cycle of this IdP. 0: only the portal’s precision counts."
        value={value('quietMinutes', record?.policy.quietMinutes)}
        min={0}
        max={10_080}
        short
      />
      <Choice
        name="secondPerson"
        label="A second person approves"
        value={value('secondPerson', record?.policy.secondPerson ?? 'when-attested')}
        options={[
          { value: 'when-attested', title: 'when something rests on somebody’s word' },
          { value: 'always', title: 'always' },
          { value: 'never', title: 'never' },
        ]}
      />
      <Field
        name="granularitySeconds"
        label="How late the portal may show a use, seconds"
        type="number"
        hint="Empty: what is known of this kind of portal"
        value={value('granularitySeconds', record?.portal.granularitySeconds)}
        min={0}
        max={86_400}
        short
      />
    </More>
  )
}
