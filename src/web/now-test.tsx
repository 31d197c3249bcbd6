/** Step 3, and what a wrong tenant asks for. */
import type { Who } from '../../machines/vocabulary.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { Check } from '../scim/contract.ts'
import { Escalate } from './escalate.tsx'
import { Field, More } from './field.tsx'
import { findingLink } from './guide-link.ts'
import { Icon } from './icon.tsx'
import { Again } from './now-create.tsx'
import type { RotationData } from './rotation-data.ts'
import { Prose, Time } from './time.tsx'
import { VerbForm } from './verb-form.tsx'
import { CHECKS, whoOf } from './word.ts'

export const TestNow = ({ data }: { data: RotationData }) => {
  const { view, holdsKept, guide } = data
  const keep = view.direction === 'forward' ? 'new' : 'old'
  const failed = view.test !== null && !view.test.passed
  return (
    <>
      <p>
        Interlock asks for discovery, then lists users with the {keep} token. That shows that base
        URL, tenant and token belong together; it is no provisioning event.
      </p>
      {failed && data.checked === null && (
        <p>
          The last test failed <Time at={view.test?.at ?? ''} now={data.look.now} />:{' '}
          {view.test?.failed.map((name) => CHECKS[name] ?? name).join(', ')}.
          {data.causes.map(({ code, title }) => (
            <>
              {' '}
              <a href={`/guide/failures/${code}`}>{title}</a>.
            </>
          ))}
        </p>
      )}
      {data.checked !== null && <Checked checked={data.checked} data={data} />}
      {failed && <Escalate look={data.look} about={{ rotationId: view.id }} />}
      <VerbForm
        data={data}
        verb="test"
        button={failed ? 'Test again' : 'Test the connection'}
        tone="primary"
      >
        {!holdsKept && (
          <Field
            name="token"
            label={`The ${keep} token`}
            hint="Interlock does not hold it any more. It is recognised by its fingerprint."
            secret
            required
            maxlength={8192}
          />
        )}
      </VerbForm>
      {holdsKept && (
        <More title="Test with a value you paste" open={data.refused?.at === 'paste'}>
          <VerbForm data={data} verb="test" at="paste" button="Test with this value">
            <Field name="token" label={`The ${keep} token`} secret required maxlength={8192} />
          </VerbForm>
        </More>
      )}
      <More title={`${guide.title} was updated again`}>
        <VerbForm data={data} verb="update-idp" button="It was saved again just now">
          <p>A new cutover: what was seen before it no longer counts.</p>
        </VerbForm>
      </More>
      {view.direction === 'forward' && <Again data={data} />}
    </>
  )
}

export const Checked = (props: {
  checked: { checks: readonly Check[]; findings: readonly Finding[] }
  data?: RotationData
}) => (
  <>
    <CheckList checks={props.checked.checks} />
    {props.checked.findings.map((finding, i) => (
      <FindingCard finding={finding} open={i === 0} />
    ))}
  </>
)

export const OUTCOMES = {
  pass: ['done', 'passed'],
  fail: ['stop', 'failed'],
  skipped: ['none', 'skipped'],
} as const

const CheckList = ({ checks }: { checks: readonly Check[] }) => (
  <ul class="checks">
    {checks.map((check) => (
      <li class={check.outcome}>
        <Icon name={OUTCOMES[check.outcome][0]} />
        <div>
          <strong>{CHECKS[check.name] ?? check.name}</strong> {OUTCOMES[check.outcome][1]}
          {check.httpStatus !== undefined && ` · ${check.httpStatus}`}
          {check.durationMs > 0 && ` in ${Math.round(check.durationMs)} ms`}
          <p class="quiet">{check.detail}</p>
        </div>
      </li>
    ))}
  </ul>
)

/** The catalogue's conclusion, or the same as it stands in a bundle. */
type Told = Pick<
  Finding,
  'title' | 'likelihood' | 'meaning' | 'stopRollout' | 'because' | 'next'
> & {
  code: string
  checks: readonly { who: Who; text: string }[]
}

export const FindingCard = ({ finding, open }: { finding: Told; open: boolean }) => (
  <details class="finding" open={open}>
    <summary>
      <strong>{finding.title}</strong> <span class="quiet">{finding.likelihood}</span>
    </summary>
    <div class="inside">
      <p>{finding.meaning}</p>
      {finding.stopRollout && (
        <p class="warning">Stop the rollout of this connection until this is resolved.</p>
      )}
      {finding.because.length > 0 && <p class="quiet">Because: {finding.because.join(' · ')}</p>}
      <ul>
        {finding.checks.map((step) => (
          <li>
            {step.text} <span class="quiet">{whoOf(step.who)}</span>
          </li>
        ))}
      </ul>
      <p>
        <strong>Then:</strong> {finding.next}
      </p>
      <p>
        <a href={findingLink(finding.code)}>
          More in the guide<span class="unseen">: {finding.title}</span>
        </a>
      </p>
    </div>
  </details>
)

export const HaltedNow = ({ data }: { data: RotationData }) => {
  const { view, look } = data
  const { halted } = view
  if (halted === null) return null
  return (
    <>
      <p>
        <Prose text={halted.reason} now={look.now} />{' '}
        <span class="quiet">
          {halted.by}, <Time at={halted.at} now={look.now} />
        </span>
      </p>
      {halted.mismatches.length > 0 && (
        <ul>
          {halted.mismatches.map((m) => (
            <li>
              <strong>{MISMATCH[m.source]}</strong> names <code>{m.found}</code>, expected was{' '}
              <code>{m.expected}</code>.
            </li>
          ))}
        </ul>
      )}
      {halted.cause === 'tenant-mismatch' && (
        <p>
          Find out which of the two is right, and correct the{' '}
          <a href={`/connections/${view.connectionId}/edit`}>base URL</a> or the token. After
          resuming the test has to be made again.{' '}
          <a href="/guide/failures/wrong-tenant">What to check</a>
        </p>
      )}
      <VerbForm data={data} verb="resume" button="Resume the rotation" tone="primary">
        <Field
          name="reason"
          label="What was wrong, and why it is right now"
          required
          maxlength={500}
        />
      </VerbForm>
      <Escalate look={look} about={{ rotationId: view.id }} />
    </>
  )
}

const MISMATCH = {
  'meta-location': 'An answer of the service provider',
  redirect: 'A redirect',
  'portal-tenant': 'The portal',
  event: 'An event',
  'token-metadata': 'The token’s entry in the portal',
  person: 'A person',
} as const
