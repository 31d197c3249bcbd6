/** A bundle as support reads it: whole or not, then the case. */
import type { StoredBundle } from '../workflow/bundle-show.ts'
import { Integrity } from './bundle-integrity.tsx'
import { isWhole } from './bundle-reading.ts'
import type { Reading } from './bundle-reading.ts'
import { BundleView } from './bundle-view.tsx'
import { shortId } from './escalation-word.ts'
import { More } from './field.tsx'
import { Frame } from './frame.tsx'
import { Icon } from './icon.tsx'
import type { Look } from './look.ts'
import { Time } from './time.tsx'

interface Props {
  look: Look
  stored: StoredBundle
  reading: Reading
  /** Support's public key is set up: it can be had sealed. */
  sealed: boolean
}

export const BundlePage = ({ look, stored, reading, sealed }: Props) => {
  const { open } = reading
  const whole = isWhole(reading)
  const title = open?.content.hypotheses[0]?.title ?? `Bundle ${shortId(stored.id)}`
  return (
    <Frame look={look} title={title}>
      <div class="bar">
        <h1>
          {title}{' '}
          <span class="quiet">
            <a href={`/escalations/${stored.escalationId}`}>case {shortId(stored.escalationId)}</a>,
            submitted <Time at={stored.createdAt} now={look.now} />
          </span>
        </h1>
        <p>
          <Icon name={whole ? 'done' : 'stop'} />{' '}
          <strong>{whole ? 'Unchanged and clean' : 'Do not use it'}</strong>
        </p>
      </div>
      {!whole && (
        <p class="refusal" role="alert">
          This bundle is not what was submitted, or not clean. It is neither opened nor handed out
          here. Ask the administrator to submit the case again, and tell the operator of Interlock.
        </p>
      )}
      {whole && (
        <ul class="acts plain downloads">
          {(['zip', 'md', 'json', ...(sealed ? (['zip.age'] as const) : [])] as const).map(
            (format) => (
              <li>
                <a
                  class="button"
                  href={`/bundles/${stored.id}/download.${format}`}
                  download={`${stored.id}.${format}`}
                >
                  {DOWNLOADS[format]}
                </a>
              </li>
            ),
          )}
        </ul>
      )}
      {open !== null && <BundleView content={open.content} now={look.now} />}
      <Integrity reading={reading} preview={false} />
      {open !== null && <Summary text={open.summary} />}
    </Frame>
  )
}

const DOWNLOADS = {
  zip: 'All of it (.zip)',
  md: 'Summary (.md)',
  json: 'Data (.json)',
  'zip.age': 'Sealed (.zip.age)',
} as const

/** For a ticket: the text as it stands in the bundle. */
export const Summary = ({ text }: { text: string }) => (
  <More title="summary.md, as it leaves">
    <pre tabindex={0}>{text}</pre>
  </More>
)
