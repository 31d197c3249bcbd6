/** Support's desk, and the cases of an administrator: what waits for this reader, then the rest. */
import { EscalationState } from '../../machines/escalation.record.ts'
import type { EscalationView } from '../workflow/escalation-view.ts'
import type { Inbox, InboxQuery } from './escalation-inbox.ts'
import { countOf } from './escalation-standing.tsx'
import { shortId, STATE_WORDS, titleOf } from './escalation-word.ts'
import { Csrf, Frame } from './frame.tsx'
import { Icon } from './icon.tsx'
import type { Look } from './look.ts'
import { Ago } from './time.tsx'
import { IDP_NAMES } from './word.ts'

interface Props {
  look: Look
  inbox: Inbox
  query: InboxQuery
}

export const InboxPage = (props: Props) => {
  const { look, inbox, query } = props
  const all = inbox.needingCount + inbox.othersCount + inbox.closedCount
  return (
    <Frame look={look} title="Escalations">
      <div class="bar">
        <h1>{headline(props)}</h1>
        {look.may('escalations.write') && (
          <form method="post" action="/escalations">
            <Csrf look={look} />
            <button type="submit">Open a case without a connection</button>
          </form>
        )}
      </div>
      {all === 0 && query.state === undefined ? <Empty look={look} /> : <Lists {...props} />}
    </Frame>
  )
}

function headline({ inbox, query }: Props): string {
  if (query.state !== undefined) return `${STATE_WORDS[query.state].word}: ${inbox.othersCount}`
  const { needingCount } = inbox
  if (needingCount === 0) return 'No case waits for you'
  return needingCount === 1 ? '1 case waits for you' : `${needingCount} cases wait for you`
}

const Empty = ({ look }: { look: Look }) => (
  <div class="narrow">
    <p>No case has been opened.</p>
    <p>
      {look.may('escalations.write')
        ? 'A case is best opened where something failed: on the page of a rotation or a connection, by “Escalate to support”. What Interlock knows is filled in, and you see every byte before it leaves.'
        : 'An administrator of the tenant opens one. It comes here once it is submitted.'}
    </p>
  </div>
)

const Lists = ({ look, inbox, query }: Props) => (
  <>
    {inbox.needing.length > 0 && (
      <ul class="rows needing" aria-label="Cases that wait for you">
        {inbox.needing.map((view) => (
          <Row view={view} look={look} />
        ))}
      </ul>
    )}
    {inbox.needingCount > inbox.needing.length && (
      <p class="quiet">
        {inbox.needing.length} of {inbox.needingCount} are shown. Choose a state for the others.
      </p>
    )}
    <section aria-labelledby="others">
      <div class="bar">
        <h2 id="others">
          {query.state === undefined ? (
            <>
              Somebody else’s turn <span class="count">{inbox.othersCount}</span>
            </>
          ) : (
            'Oldest first'
          )}
        </h2>
        <Finder query={query} />
      </div>
      {inbox.others.length > 0 && (
        <ul class="rows">
          {inbox.others.map((view) => (
            <Row view={view} look={look} />
          ))}
        </ul>
      )}
      {query.state !== undefined && inbox.nextCursor !== null && (
        <p>
          <a href={`/escalations?state=${query.state}&cursor=${inbox.nextCursor}`}>The next ones</a>
        </p>
      )}
      {inbox.closedCount > 0 && (
        <p class="quiet">
          {inbox.closedCount} closed: <a href="/escalations?state=resolved">resolved</a>,{' '}
          <a href="/escalations?state=withdrawn">withdrawn</a>
        </p>
      )}
    </section>
  </>
)

const Row = ({ view, look }: { view: EscalationView; look: Look }) => {
  const { word, icon } = STATE_WORDS[view.state]
  const idp = view.fields.idp?.value ?? null
  const odd = view.contradictions.length
  const open = view.state === 'collecting' || view.state === 'needsInfo'
  return (
    <li>
      <a class="name" href={`/escalations/${view.id}`}>
        {titleOf(view.fields)}{' '}
        <span class="quiet">
          {view.tenantId ?? 'no tenant yet'}
          {idp !== null && ` / ${IDP_NAMES[idp]}`} · case {shortId(view.id)}
        </span>
      </a>
      <span class="state">
        <Icon name={icon} /> <strong>{word}</strong>
        {open && ` · ${countOf(view)}`}
        {odd > 0 && ` · ${odd} ${odd === 1 ? 'thing does' : 'things do'} not fit`}
        {view.resolution !== null && ` · by ${view.resolution.by}`}
      </span>
      <span class="quiet">
        <Ago at={view.changedAt} now={look.now} />
      </span>
    </li>
  )
}

const Finder = ({ query }: { query: InboxQuery }) => (
  <form class="finder" method="get" action="/escalations" role="search">
    <label>
      State{' '}
      <select name="state">
        <option value="">all that are open</option>
        {EscalationState.options.map((state) => (
          <option value={state} selected={state === query.state}>
            {STATE_WORDS[state].word}
          </option>
        ))}
      </select>
    </label>
    <button type="submit">Show</button>
  </form>
)
