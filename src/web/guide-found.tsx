/** The search of the guide and what it found. */
import type { GuideSearch, Hit } from './guide-search.ts'

export const SearchForm = ({ find }: { find: string }) => (
  <form method="get" action="/guide" role="search" class="finder">
    <label class="unseen" for="f-find">
      Search the guide
    </label>
    <input
      id="f-find"
      type="search"
      name="find"
      value={find}
      maxlength={100}
      placeholder="401, quarantine"
      autocomplete="off"
      spellcheck={false}
    />
    <button type="submit">Search</button>
  </form>
)

export const Found = ({ search, find }: { search: GuideSearch; find: string }) => (
  <section aria-labelledby="found">
    <h2 id="found">
      {search.count === 0 ? 'Nothing found for' : 'Found for'} “{find.trim()}”{' '}
      {search.count > 0 && <span class="count">{search.count}</span>}
    </h2>
    {search.count === 0 ? (
      <p>
        Every word must occur. Take fewer words, or one of the message itself: a status, a scimType,
        the name of a button. <a href="/guide">The whole guide</a>
      </p>
    ) : (
      <ul class="plain found">
        {search.hits.map((hit) => (
          <HitRow hit={hit} words={search.words} />
        ))}
      </ul>
    )}
    {search.count > search.hits.length && (
      <p class="quiet">
        {search.hits.length} of {search.count} are shown. Another word narrows it.
      </p>
    )}
  </section>
)

const HitRow = ({ hit, words }: { hit: Hit; words: readonly string[] }) => (
  <li>
    <h3>
      <a href={hit.href}>
        <Marked text={hit.title} words={words} />
      </a>{' '}
      <span class="quiet">{hit.kind}</span>
    </h3>
    <ul>
      {hit.lines.map((line) => (
        <li>
          <a href={line.href}>
            <Marked text={line.text} words={words} />
          </a>
        </li>
      ))}
    </ul>
    {hit.more > 0 && <p class="quiet">and {hit.more} more there</p>}
  </li>
)

const Marked = ({ text, words }: { text: string; words: readonly string[] }) => {
  const any = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')
  const parts = text.split(new RegExp(`(${any})`, 'i'))
  return <>{parts.map((part, i) => (i % 2 === 1 ? <mark>{part}</mark> : part))}</>
}
