/** One connection: what it is, what its rotation does, the portal's tokens, the first checks, its history. */
import type { ConnectionData } from './connection-data.ts'
import { ConnectionFacts } from './connection-facts.tsx'
import { Escalate } from './escalate.tsx'
import { Field, More } from './field.tsx'
import { Csrf, Frame } from './frame.tsx'
import { Icon } from './icon.tsx'
import { JournalList } from './journal-list.tsx'
import { Checked } from './now-test.tsx'
import { Refusal } from './refusal.tsx'
import { urgencyOf } from './safe-start.ts'
import { StartRotation } from './start-rotation.tsx'
import { Ago, Day, Time } from './time.tsx'
import { IDP_NAMES } from './word.ts'

export const ConnectionPage = ({ data }: { data: ConnectionData }) => {
  const { look, held, latest, refused } = data
  const { record } = held
  const running = latest !== null && (latest.status === 'active' || latest.status === 'halted')
  return (
    <Frame look={look} title={record.name}>
      <div class="bar">
        <h1>
          {record.name}{' '}
          <span class="quiet">
            {record.tenantId} / {IDP_NAMES[record.idp]}
          </span>
        </h1>
        {look.may('connections.write') && (
          <a class="button" href={`/connections/${held.id}/edit`}>
            Change
          </a>
        )}
      </div>
      {refused?.at === 'top' && <Refusal refused={refused} now={look.now} />}
      {record.hold !== null && <Hold data={data} />}
      {running ? (
        <section class="now" aria-labelledby="now">
          <h2 id="now">
            {latest.status === 'halted' ? 'A rotation is halted' : 'A rotation is under way'}
          </h2>
          <p>
            <a class="button primary" href={`/rotations/${latest.id}`}>
              Go to it
            </a>{' '}
            <span class="quiet">
              started <Time at={latest.startedAt} now={look.now} />
            </span>
          </p>
        </section>
      ) : (
        look.may('rotations.write') &&
        record.hold === null && <StartRotation data={data} calm={isCalm(data)} />
      )}
      <ConnectionFacts data={data} />
      {data.portal !== 'manual' && <Tokens data={data} />}
      {look.may('connections.write') && <Checks data={data} />}
      {latest !== null && !running && (
        <p>
          Latest rotation: <a href={`/rotations/${latest.id}`}>{latest.status}</a>, started{' '}
          <Ago at={latest.startedAt} now={look.now} />
        </p>
      )}
      <JournalList entries={data.journal} now={look.now} all="GET /v1/audit" />
      {look.may('connections.write') && !running && <Remove data={data} />}
    </Frame>
  )
}

/** Rotated here not long ago, and nothing expires soon: starting again is not what this page is for. */
function isCalm({ latest, portal, look }: ConnectionData): boolean {
  if (latest?.status !== 'completed') return false
  const tokens = portal === 'manual' || 'fault' in portal ? [] : portal.tokens
  return tokens
    .filter(({ status }) => status === 'live')
    .every(({ expiresAt }) => urgencyOf(expiresAt, look.now) === 'calm')
}

const Tokens = ({ data }: { data: ConnectionData }) => {
  const { portal, look } = data
  if (portal === 'manual') return null
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">Tokens in the portal</h2>
      {'fault' in portal ? (
        <p>
          <Icon name="stop" /> The portal did not show them ({portal.fault}). Check that it is up
          and that its credential is valid, then load the page again.
        </p>
      ) : (
        <>
          <ul class="rows tokens">
            {portal.tokens.map((token) => (
              <li>
                <span class="name">
                  {token.name ?? 'without a name'} <code>{token.hint ?? token.id}</code>
                </span>
                <span class="state">
                  <Icon name={token.status === 'live' ? 'key' : 'none'} /> {token.status}
                  {token.lastUsedAt === null ? (
                    ', never used'
                  ) : (
                    <>
                      , last used <Ago at={token.lastUsedAt} now={look.now} />
                    </>
                  )}
                  {token.expiresAt !== null && token.status === 'live' && (
                    <>
                      , expires <Day at={token.expiresAt} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          <p class="quiet">
            Read <Time at={portal.readAt} now={look.now} />. The portal shows no values, and neither
            does Interlock.
          </p>
        </>
      )}
    </section>
  )
}

const Checks = ({ data }: { data: ConnectionData }) => (
  <section aria-labelledby="checks" id="checks-section">
    <h2 id="checks">First checks</h2>
    {data.refused?.at === 'checks' && <Refusal refused={data.refused} now={data.look.now} />}
    {data.checked === null ? (
      <p class="quiet">
        Discovery works without a token; with one, users and groups are listed too.
      </p>
    ) : (
      <>
        <Checked checked={data.checked} />
        {data.checked.checks.some(({ outcome }) => outcome === 'fail') && (
          <Escalate look={data.look} about={{ connectionId: data.held.id }} />
        )}
      </>
    )}
    <form method="post" action={`/connections/${data.held.id}/checks`} class="verb">
      <Csrf look={data.look} />
      <Field
        name="token"
        label="A token to check with"
        hint="Held in memory for this one check"
        secret
        maxlength={8192}
      />
      <button type="submit">Run the first checks</button>
    </form>
  </section>
)

const Hold = ({ data }: { data: ConnectionData }) => {
  const { held, look, refused } = data
  const { hold } = held.record
  if (hold === null) return null
  return (
    <section class="now danger" aria-labelledby="hold">
      <h2 id="hold">Stopped: a wrong tenant was seen</h2>
      <ul>
        {hold.mismatches.map((m) => (
          <li>
            <code>{m.found}</code> was found where <code>{m.expected}</code> was expected (
            {m.source}).
          </li>
        ))}
      </ul>
      <p>
        No rotation starts here until a named person has said why it may go on.{' '}
        <a href="/guide/failures/wrong-tenant">What to check</a>
      </p>
      {look.may('connections.write') && (
        <form method="post" action={`/connections/${held.id}/confirm-tenant`} class="verb main">
          {refused?.at === 'confirm-tenant' && <Refusal refused={refused} now={look.now} />}
          <Csrf look={look} />
          <input type="hidden" name="revision" value={String(held.revision)} />
          <Field name="reason" label="Why this is the right tenant" required maxlength={500} />
          <button type="submit" class="primary">
            Confirm the tenant
          </button>
        </form>
      )}
    </section>
  )
}

const Remove = ({ data }: { data: ConnectionData }) => (
  <More title="Delete this connection" open={data.refused?.at === 'delete'}>
    <form method="post" action={`/connections/${data.held.id}/delete`} class="verb">
      {data.refused?.at === 'delete' && <Refusal refused={data.refused} now={data.look.now} />}
      <Csrf look={data.look} />
      <input type="hidden" name="revision" value={String(data.held.revision)} />
      <p>Its portal credential goes; its journal stays. No token is revoked by this.</p>
      <button type="submit" class="danger">
        Delete {data.held.record.name}
      </button>
    </form>
  </More>
)
