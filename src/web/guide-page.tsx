/** `/guide`: where to begin, what usually goes wrong, how to rotate, what to hand over; or what a search found. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { FAILURE_CODES } from '../diagnosis/code.ts'
import type { FailureCode } from '../diagnosis/code.ts'
import { Frame } from './frame.tsx'
import { Found, SearchForm } from './guide-found.tsx'
import { failureLink, idpLink } from './guide-link.ts'
import { Escalating, FirstChecks, Rotating, Types } from './guide-part.tsx'
import type { GuideSearch } from './guide-search.ts'
import type { Look } from './look.ts'
import { Contents, Source, Statements } from './statement.tsx'
import { SymptomForm } from './symptom-form.tsx'

interface Props {
  look: Look
  catalog: Catalog
  find: string
  search: GuideSearch
}

export const GuidePage = ({ look, catalog, find, search }: Props) => (
  <Frame look={look} title={search.words.length === 0 ? 'Guide' : 'Search the guide'}>
    <div class="guide">
      <div class="bar">
        <h1>{search.words.length === 0 ? 'Guide' : <a href="/guide">Guide</a>}</h1>
        <SearchForm find={find} />
      </div>
      {search.words.length === 0 ? (
        <Overview look={look} catalog={catalog} />
      ) : (
        <Found search={search} find={find} />
      )}
    </div>
  </Frame>
)

const PLACES = [
  ['symptoms', 'Symptoms'],
  ['first-checks', 'First checks'],
  ['patterns', 'Common failures'],
  ['rotation', 'Rotation'],
  ['idps', 'IdPs'],
  ['scim-errors', 'SCIM error types'],
  ['escalation', 'Escalation'],
] as const

const Overview = ({ look, catalog }: { look: Look; catalog: Catalog }) => (
  <>
    <Contents of={PLACES} />
    <section aria-labelledby="symptoms">
      <h2 id="symptoms">What have you seen?</h2>
      {look.may('diagnose') ? (
        <SymptomForm catalog={catalog} chosen={{}} disputed={[]} />
      ) : (
        <p>
          Owners, admins and support can have symptoms diagnosed here. Your role reads; search above
          for a status, a word of the message or the name of a screen.
        </p>
      )}
    </section>
    <FirstChecks guide={catalog.guide} />
    <Patterns catalog={catalog} />
    <Rotating catalog={catalog} />
    <Idps catalog={catalog} />
    <Types catalog={catalog} />
    <Escalating guide={catalog.guide} />
    <p class="quiet">
      Behind each statement stands where it is from: a section of the SCIM troubleshooting guide, an
      RFC, a page of a vendor, or openly our own (“inferred”, “our choice”). The same as data:{' '}
      <code>GET /v1/guide</code>.
    </p>
  </>
)

/** In the order of the troubleshooting guide, the one that stops a rollout first. */
const COMMON: readonly FailureCode[] = [
  'wrong-tenant',
  'unauthorized',
  'bad-request',
  'not-found',
  'conflict',
  'discovery-works-users-fail',
  'groups-not-synced',
]

const Patterns = ({ catalog }: { catalog: Catalog }) => {
  const rest = FAILURE_CODES.filter((code) => !COMMON.includes(code))
  return (
    <section aria-labelledby="patterns">
      <h2 id="patterns">Common failures</h2>
      <ul class="rows guide">
        {COMMON.map((code) => {
          const { title, meaning } = catalog.failures[code]
          return (
            <li>
              <a class="name" href={failureLink(code)}>
                {title}
              </a>
              <span>
                {meaning.text} <Source of={meaning.source} />
              </span>
            </li>
          )
        })}
      </ul>
      <details>
        <summary>Everything else that can be found ({rest.length})</summary>
        <ul class="inside columns">
          {rest.map((code) => (
            <li>
              <a href={failureLink(code)}>{catalog.failures[code].title}</a>
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}

const isOfGuide = ({ source }: { source: string }): boolean => source.startsWith('guide:')

const Idps = ({ catalog }: { catalog: Catalog }) => (
  <section aria-labelledby="idps">
    <h2 id="idps">What to do at each IdP</h2>
    {(Object.keys(catalog.idps) as Idp[]).map((idp) => {
      const { title, checks } = catalog.idps[idp]
      return (
        <>
          <h3>
            <a href={idpLink(idp)}>{title}</a>
          </h3>
          <Statements of={checks.filter(isOfGuide)} />
        </>
      )
    })}
  </section>
)
