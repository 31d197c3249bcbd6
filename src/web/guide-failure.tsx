/** `/guide/failures/:code`: one finding in full: meaning, causes, checks, the next step, and what each IdP adds. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import type { FailureCode } from '../diagnosis/code.ts'
import { GuideFrame } from './guide-frame.tsx'
import { idpLink } from './guide-link.ts'
import type { Look } from './look.ts'
import { Checks, Say, Statements } from './statement.tsx'

interface Props {
  look: Look
  catalog: Catalog
  code: FailureCode
}

export const FailurePage = ({ look, catalog, code }: Props) => {
  const failure = catalog.failures[code]
  return (
    <GuideFrame look={look} title={failure.title}>
      <Say of={failure.meaning} />
      {failure.stopRollout && (
        <p class="warning">Stop the rollout of this connection until this is resolved.</p>
      )}
      {failure.causes.length > 0 && (
        <section aria-labelledby="causes">
          <h2 id="causes">What is usually behind it</h2>
          <Statements of={failure.causes} />
        </section>
      )}
      <section aria-labelledby="checks">
        <h2 id="checks">What to check</h2>
        <Checks of={failure.checks} />
        <AtIdps catalog={catalog} code={code} />
      </section>
      <section aria-labelledby="next">
        <h2 id="next">Then</h2>
        <Say of={failure.next} />
      </section>
      <p class="quiet">
        Code: <code>{code}</code>
        {look.may('diagnose') && (
          <>
            . Is it this one? <a href="/guide/symptoms">Compare with the symptoms</a>
          </>
        )}
      </p>
    </GuideFrame>
  )
}

const AtIdps = ({ catalog, code }: { catalog: Catalog; code: FailureCode }) => (
  <>
    {(Object.keys(catalog.idps) as Idp[])
      .map((idp) => ({
        idp,
        title: catalog.idps[idp].title,
        steps: catalog.idps[idp].checks.filter(({ findings }) => findings.includes(code)),
      }))
      .filter(({ steps }) => steps.length > 0)
      .map(({ idp, title, steps }) => (
        <>
          <h3>
            With <a href={idpLink(idp)}>{title}</a>
          </h3>
          <Statements of={steps} />
        </>
      ))}
  </>
)
