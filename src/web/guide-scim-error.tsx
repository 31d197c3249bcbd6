/** `/guide/scim-errors`: every scimType of the specifications, and where the guide's word is looser. */
import type { Catalog } from '../catalog.ts'
import { SCIM_TYPES } from '../diagnosis/code.ts'
import type { ScimType } from '../diagnosis/code.ts'
import { GuideFrame } from './guide-frame.tsx'
import type { Look } from './look.ts'
import { Checks, Contents, Say } from './statement.tsx'

export const ScimErrorPage = ({ look, catalog }: { look: Look; catalog: Catalog }) => (
  <GuideFrame look={look} title="SCIM error types">
    <p>
      When an answer holds a <code>scimType</code>, that is the kind of the error. Service providers
      use the words loosely; the status and the message count too.
    </p>
    <Contents of={SCIM_TYPES.map((type) => [type, type] as const)} />
    {SCIM_TYPES.map((type) => (
      <Type type={type} error={catalog.scimErrors[type]} />
    ))}
  </GuideFrame>
)

const Type = ({ type, error }: { type: ScimType; error: Catalog['scimErrors'][ScimType] }) => (
  <section aria-labelledby={type}>
    <h2 id={type}>
      <code>{type}</code> <span class="quiet">{error.title}</span>
    </h2>
    <Say of={error.meaning} />
    <dl class="facts">
      <dt>Comes with</dt>
      <dd>{error.statuses.join(', ')}</dd>
      <dt>Answers to</dt>
      <dd>{error.appliesTo.join(', ')}</dd>
      {error.guide !== null && (
        <>
          <dt>In the guide’s words</dt>
          <dd>
            <Say of={error.guide} />
          </dd>
        </>
      )}
      {error.looser !== null && (
        <>
          <dt>What that leaves out</dt>
          <dd>
            <Say of={error.looser} />
          </dd>
        </>
      )}
    </dl>
    <Checks of={error.checks} />
    <h3>Then</h3>
    <Say of={error.next} />
  </section>
)
