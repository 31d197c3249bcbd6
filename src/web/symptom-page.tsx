/** `/guide/symptoms`: what the symptoms mean, best first, and the form to change them. */
import type { Catalog } from '../catalog.ts'
import type { Diagnosis } from '../diagnosis/diagnose.ts'
import type { Fields } from './form.ts'
import { GuideFrame } from './guide-frame.tsx'
import { Icon } from './icon.tsx'
import type { Look } from './look.ts'
import { FindingCard } from './now-test.tsx'
import { SymptomForm } from './symptom-form.tsx'

interface Props {
  look: Look
  catalog: Catalog
  chosen: Fields
  /** Null: nothing was chosen yet. */
  diagnosis: Diagnosis | null
}

export const SymptomPage = ({ look, catalog, chosen, diagnosis }: Props) => {
  const dispute = diagnosis?.findings.find(({ code }) => code === 'contradictory-observations')
  return (
    <GuideFrame look={look} title="What do these symptoms mean?">
      {diagnosis !== null && (
        <section aria-labelledby="findings">
          <h2 id="findings">
            Findings, best first <span class="count">{diagnosis.findings.length}</span>
          </h2>
          {dispute !== undefined && (
            <p class="warning">
              <Icon name="wait" /> <strong>Your answers contradict each other.</strong> Nothing is
              concluded from those in dispute; correct one of them below.
            </p>
          )}
          {diagnosis.findings.map((finding, i) => (
            <FindingCard finding={finding} open={i === 0} />
          ))}
          {diagnosis.notes.map((note) => (
            <p class="quiet">{note}</p>
          ))}
        </section>
      )}
      <section aria-labelledby="symptoms">
        <h2 id="symptoms">{diagnosis === null ? 'What was seen' : 'What was chosen'}</h2>
        <SymptomForm catalog={catalog} chosen={chosen} disputed={dispute?.fields ?? []} />
      </section>
      {diagnosis !== null && look.may('escalations.write') && (
        <p class="quiet">
          Still stuck? <a href="/guide#escalation">What a good escalation holds</a>.
        </p>
      )}
    </GuideFrame>
  )
}
