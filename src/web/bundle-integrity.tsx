/** Whether these are the bytes that were submitted, whose signature they bear, and what they were searched for. */
import type { Child } from 'hono/jsx'
import { isWhole } from './bundle-reading.ts'
import type { Reading } from './bundle-reading.ts'
import { More } from './field.tsx'
import { Icon } from './icon.tsx'

export const Integrity = ({ reading, preview }: { reading: Reading; preview: boolean }) => {
  const { verdict, open } = reading
  const whole = isWhole(reading)
  return (
    <section class="integrity" aria-labelledby="integrity">
      <h2 id="integrity">Integrity</h2>
      <ul class="checks">
        <Line ok={reading.sha256 === reading.named}>
          <strong>
            {reading.sha256 !== reading.named
              ? 'Changed since it was submitted'
              : preview
                ? 'These bytes'
                : 'The bytes that were submitted'}
          </strong>
          <p>
            sha256 <code>{reading.sha256}</code>{' '}
            <span class="quiet">{reading.bytes} bytes, as a zip</span>
          </p>
          {reading.sha256 !== reading.named && (
            <p>
              Submitted was <code>{reading.named}</code>
            </p>
          )}
        </Line>
        <Line ok={verdict.keyFingerprint !== null && reading.ownKey}>
          <strong>
            {verdict.keyFingerprint === null
              ? 'Signature does not hold'
              : reading.ownKey
                ? 'Signature verified, by the key of this Interlock'
                : 'Signature verified, by another key'}
          </strong>
          {verdict.keyFingerprint !== null && (
            <p>
              Key <code>{verdict.keyFingerprint}</code>
            </p>
          )}
        </Line>
        <Line ok={whole}>
          <strong>
            {whole ? 'Leak check: no token found' : 'Not clean: it is not opened here'}
          </strong>
          <p class="quiet">Detector rules {reading.rules}, run again now over every byte.</p>
          {verdict.findings.length > 0 && (
            <ul>
              {verdict.findings.map(({ path, kind, detail }) => (
                <li>
                  {path === '' ? 'the archive' : path}: {kind.replaceAll('-', ' ')}
                  {detail !== undefined && `. ${detail}`}
                </li>
              ))}
            </ul>
          )}
          {open !== null && <Checked open={open} />}
        </Line>
      </ul>
    </section>
  )
}

const Line = (props: { ok: boolean; children?: Child }) => (
  <li class={props.ok ? 'pass' : 'fail'}>
    <Icon name={props.ok ? 'done' : 'stop'} />
    <div>{props.children}</div>
  </li>
)

const Checked = ({ open: { redactions } }: { open: NonNullable<Reading['open']> }) => (
  <More title="What was checked, and what is left out">
    <p>
      Searched: {redactions.checked.join(', ')}, with the rules {redactions.detector.rules} when it
      was made.
    </p>
    <p>
      {redactions.cut.length === 0
        ? 'Nothing had to be taken out.'
        : `Taken out: ${redactions.cut.map(({ path, kind }) => `${path} (${kind})`).join(', ')}.`}
    </p>
    <p>Never collected: {redactions.leftOut.map((one) => one.replaceAll('-', ' ')).join(', ')}.</p>
  </More>
)
