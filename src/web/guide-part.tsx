/** The parts of the guide's overview that are no failure. */
import type { Catalog } from '../catalog.ts'
import { SCIM_TYPES } from '../diagnosis/code.ts'
import { failureLink, scimErrorLink } from './guide-link.ts'
import { Source, Statements } from './statement.tsx'

type Guide = Catalog['guide']

export const FirstChecks = ({ guide }: { guide: Guide }) => (
  <section aria-labelledby="first-checks">
    <h2 id="first-checks">First checks, in this order</h2>
    <ol>
      {guide.firstChecks.map(({ name, title, request, expect, source }) => (
        <li>
          <strong>{title}.</strong>{' '}
          {request.startsWith('GET ') ? <code>{request}</code> : `${request}.`}
          <br />
          Expected: {expect}. <Source of={source} />
          {name === 'token-metadata' && <Statements of={guide.tokenMetadata} />}
        </li>
      ))}
    </ol>
    <p>
      The page of a connection makes these checks for you, with a token that is held for that one
      check.
    </p>
  </section>
)

const BAD_ENDS = [
  'old-token-revoked-too-early',
  'tested-not-saved',
  'old-token-still-used',
  'rotation-gap',
] as const

export const Rotating = ({ catalog }: { catalog: Catalog }) => {
  const accident = catalog.failures['old-token-revoked-too-early'].meaning
  return (
    <section aria-labelledby="rotation">
      <h2 id="rotation">Rotating a token without an outage</h2>
      <p>
        {accident.text} <Source of={accident.source} />
      </p>
      <h3>The safe order</h3>
      <Statements of={catalog.guide.rotation} ordered />
      <h3>When it has gone wrong</h3>
      <ul>
        {BAD_ENDS.map((code) => (
          <li>
            <a href={failureLink(code)}>{catalog.failures[code].title}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const Types = ({ catalog }: { catalog: Catalog }) => (
  <section aria-labelledby="scim-errors">
    <h2 id="scim-errors">
      <a href="/guide/scim-errors">SCIM error types</a>
    </h2>
    <p>When an answer holds a scimType, that is the kind of the error.</p>
    <ul class="rows guide">
      {SCIM_TYPES.map((type) => {
        const { title, meaning } = catalog.scimErrors[type]
        return (
          <li>
            <a class="name" href={scimErrorLink(type)}>
              <code>{type}</code>
            </a>
            <span>
              {title}. <Source of={meaning.source} />
            </span>
          </li>
        )
      })}
    </ul>
  </section>
)

export const Escalating = ({ guide }: { guide: Guide }) => (
  <section aria-labelledby="escalation">
    <h2 id="escalation">What a good escalation holds</h2>
    <Statements of={guide.escalation} />
    <h3>And what to keep to</h3>
    <Statements of={guide.warnings} />
    <p>
      An escalation made here fills in what Interlock knows, points out what is missing, and refuses
      a token before it is sent.
    </p>
  </section>
)
