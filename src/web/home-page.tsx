/** Is anything wrong, and what is next? One row per connection, those that need a person first. */
import type { Idp } from '../../machines/vocabulary.ts'
import { oldTokenInUse } from '../workflow/guidance.ts'
import { STEP_NUMBERS } from './word.ts'
import { Frame } from './frame.tsx'
import type { HomeList, HomeQuery, Row } from './home-list.ts'
import { Icon } from './icon.tsx'
import { HomeEmpty, RehearseAgain } from './home-empty.tsx'
import { HomeStory } from './home-story.tsx'
import type { Story } from './home-story.tsx'
import type { Look } from './look.ts'
import { startBy, urgencyOf } from './safe-start.ts'
import { Ago, Day, Prose, span } from './time.tsx'
import { IDP_NAMES } from './word.ts'

interface HomeProps {
  look: Look
  list: HomeList
  query: HomeQuery
  /** A practice provider is there to rehearse with. */
  canRehearse: boolean
  story: Story | null
}

export const HomePage = ({ look, list, query, canRehearse, story }: HomeProps) => (
  <Frame look={look} title="Connections">
    {list.all === 0 ? (
      <HomeEmpty look={look} canRehearse={canRehearse} />
    ) : (
      <>
        <div class="bar">
          <h1>{headline(list)}</h1>
          {look.may('connections.write') && (
            <a class="button" href="/connections/new">
              Add a connection
            </a>
          )}
        </div>
        {list.needing.length > 0 && (
          <ul class="rows needing" aria-label="Connections that need you">
            {list.needing.map((row) => (
              <NeedingRow row={row} look={look} />
            ))}
          </ul>
        )}
        {list.needingCount > list.needing.length && (
          <p class="quiet">
            {list.needing.length} of {list.needingCount} are shown. Search for the others by name.
          </p>
        )}
        {(list.quietCount > 0 || query.find !== '') && (
          <Quiet list={list} query={query} look={look} />
        )}
        {story !== null && <HomeStory story={story} look={look} />}
        {canRehearse && look.may('rotations.write') && <RehearseAgain look={look} />}
      </>
    )}
  </Frame>
)

function headline({ needingCount }: HomeList): string {
  if (needingCount === 0) return 'Nothing needs you'
  return needingCount === 1 ? '1 needs you' : `${needingCount} need you`
}

const NeedingRow = ({ row, look }: { row: Row; look: Look }) => {
  const { rotation, summary } = row
  const { now } = look
  if (rotation !== null) {
    const halted = rotation.status === 'halted'
    const inUse = oldTokenInUse(rotation.requirements)
    const missing = inUse ?? rotation.requirements.find((r) => !r.met)
    return (
      <li class={halted ? 'danger' : ''}>
        <Named row={row} />
        <span class="state">
          <Icon name={halted ? 'stop' : rotation.next.action === 'wait' ? 'wait' : 'now'} />{' '}
          {halted ? (
            <>
              <strong>Halted</strong> · {rotation.halted?.reason}
              {rotation.halted?.mismatches[0] !== undefined && (
                <>
                  {' '}
                  Found: <code>{rotation.halted.mismatches[0].found}</code>
                </>
              )}
            </>
          ) : (
            <>
              Step {STEP_NUMBERS[rotation.step]} of 5 ·{' '}
              {rotation.step === 'verify' && missing !== undefined ? (
                <Prose
                  text={inUse === null ? missing.seen : `Old token still in use. ${missing.seen}`}
                  now={now}
                />
              ) : (
                rotation.next.title
              )}
            </>
          )}
        </span>
        <a class="go" href={`/rotations/${rotation.id}`}>
          {halted ? 'Resolve' : rotation.step === 'verify' ? 'See what it waits for' : 'Continue'}
          <span class="unseen"> {row.name}</span>
        </a>
      </li>
    )
  }
  const expiresAt = summary?.expiresAt ?? null
  const late = urgencyOf(expiresAt, now) === 'expired'
  return (
    <li class={late || summary?.held === true ? 'danger' : ''}>
      <Named row={row} />
      <span class="state">
        <Icon name={late || summary?.held === true ? 'stop' : 'wait'} />{' '}
        {summary?.held === true ? (
          <>
            <strong>Stopped</strong> · a wrong tenant was seen
          </>
        ) : expiresAt === null ? null : late ? (
          <>
            <strong>Token expired</strong> <Ago at={expiresAt} now={now} />
          </>
        ) : (
          <>
            Token expires in {span(Date.parse(expiresAt) - now)} · start by{' '}
            <Day at={startBy(expiresAt)} />
          </>
        )}
      </span>
      <a class="go" href={`/connections/${row.id}${summary?.held === true ? '' : '#rotate'}`}>
        {summary?.held === true ? 'Resolve' : 'Start the rotation'}
        <span class="unseen"> {row.name}</span>
      </a>
    </li>
  )
}

const Named = ({ row }: { row: Row }) => (
  <a class="name" href={`/connections/${row.id}`}>
    {row.name}{' '}
    <span class="quiet">
      {row.tenantId} / {IDP_NAMES[row.idp as Idp] ?? row.idp}
    </span>
  </a>
)

const Quiet = ({ list, query, look }: { list: HomeList; query: HomeQuery; look: Look }) => (
  <section aria-labelledby="quiet">
    <div class="bar">
      <h2 id="quiet">
        All quiet <span class="count">{list.quietCount}</span>
      </h2>
      {(list.all > 5 || query.find !== '') && <Finder query={query} />}
    </div>
    {list.unread > 0 && (
      <p class="quiet">
        Token expiry of {list.unread} connections is still being read. Load the page again in a
        moment to have them sorted in.
      </p>
    )}
    {list.quiet.length > 0 && (
      <ul class="rows">
        {list.quiet.map((row) => (
          <li>
            <Named row={row} />
            <span class="state quiet">
              <AtRest row={row} now={look.now} />
            </span>
          </li>
        ))}
      </ul>
    )}
    {query.find !== '' && list.quietCount + list.needingCount === 0 && (
      <p>
        No connection’s name, tenant or IdP contains this. <a href="/">Show all {list.all}</a>
      </p>
    )}
    {list.pages > 1 && <Pages list={list} query={query} />}
  </section>
)

const AtRest = ({ row, now }: { row: Row; now: number }) => {
  const { lastRotation = null, expiresAt = null } = row.summary ?? {}
  return (
    <>
      {lastRotation === null ? (
        'Not rotated here yet'
      ) : (
        <>
          Rotated <Ago at={lastRotation.at} now={now} /> by {lastRotation.by}
        </>
      )}
      {expiresAt !== null && (
        <>
          {' '}
          · token expires <Day at={expiresAt} />
        </>
      )}
    </>
  )
}

const Finder = ({ query }: { query: HomeQuery }) => (
  <form class="finder" method="get" action="/" role="search">
    <label>
      Find <input type="search" name="find" value={query.find} maxlength={100} />
    </label>
    <label>
      Sort by{' '}
      <select name="sort">
        {(['name', 'tenant', 'expiry'] as const).map((sort) => (
          <option value={sort} selected={sort === query.sort}>
            {sort}
          </option>
        ))}
      </select>
    </label>
    <button type="submit">Show</button>
  </form>
)

const Pages = ({ list, query }: { list: HomeList; query: HomeQuery }) => {
  const page = Math.min(query.page, list.pages)
  const to = (page: number): string =>
    `/?${new URLSearchParams({ find: query.find, sort: query.sort, page: String(page) }).toString()}`
  return (
    <nav class="pages" aria-label="Pages">
      {page > 1 && <a href={to(page - 1)}>Before</a>}
      <span>
        Page {page} of {list.pages}
      </span>
      {page < list.pages && <a href={to(page + 1)}>After</a>}
    </nav>
  )
}
