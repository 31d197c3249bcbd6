/** Which token is the one to go? The portal's list where it can be seen, the person's word where not. */
import type { PortalToken } from '../portals/contract.ts'
import type { ConnectionData } from './connection-data.ts'
import { Field, FormScope, More } from './field.tsx'
import { Csrf } from './frame.tsx'
import { Refusal } from './refusal.tsx'
import { Ago } from './time.tsx'

/** `calm`: there is no reason to start now, so it is folded away. */
export const StartRotation = ({ data, calm }: { data: ConnectionData; calm: boolean }) =>
  calm ? (
    <More title="Rotate its token again" id="rotate" open={data.refused?.at === 'rotations'}>
      <StartForm data={data} />
    </More>
  ) : (
    <section class="now" id="rotate" aria-labelledby="rotate-title">
      <h2 id="rotate-title">Rotate its token</h2>
      <StartForm data={data} />
    </section>
  )

const StartForm = ({ data }: { data: ConnectionData }) => {
  const { held, look, refused, portal } = data
  const live =
    portal === 'manual' || 'fault' in portal
      ? []
      : portal.tokens.filter((token) => token.status === 'live')
  return (
    <form method="post" action={`/connections/${held.id}/rotations`} class="verb main">
      {refused?.at === 'rotations' && <Refusal refused={refused} now={look.now} />}
      <Csrf look={look} />
      {live.length > 0 && (
        <fieldset>
          <legend>Which token does the IdP use now?</legend>
          {live.map((token) => (
            <Pick token={token} only={live.length === 1} now={look.now} />
          ))}
        </fieldset>
      )}
      <FormScope.Provider value="start">
        <Field
          name="token"
          label={live.length > 0 ? 'Its value, if it is at hand' : 'The old token'}
          hint={
            live.length > 0
              ? 'With it Interlock sees at the end that the old token answers 401.'
              : 'With its value Interlock recognises it; otherwise give its last four characters below.'
          }
          secret
          maxlength={8192}
        />
        {live.length === 0 && (
          <Field name="hint" label="Last four characters of the old token" maxlength={32} short />
        )}
      </FormScope.Provider>
      <p class="press">
        <button class="primary" type="submit">
          Start the rotation
        </button>
      </p>
    </form>
  )
}

const Pick = (props: { token: PortalToken; only: boolean; now: number }) => {
  const { token, only, now } = props
  return (
    <p class="pick">
      <label>
        <input type="radio" name="id" value={token.id} checked={only} />{' '}
        {token.name ?? 'without a name'} <code>{token.hint ?? token.id}</code>{' '}
        <span class="quiet">
          {token.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <Ago at={token.lastUsedAt} now={now} />
            </>
          )}
        </span>
      </label>
    </p>
  )
}
