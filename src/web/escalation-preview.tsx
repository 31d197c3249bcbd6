/** What would leave, made of the very bytes, and the button that sends them. */
import { Integrity } from './bundle-integrity.tsx'
import { Summary } from './bundle-page.tsx'
import type { Reading } from './bundle-reading.ts'
import { BundleView } from './bundle-view.tsx'
import type { CaseData } from './escalation-data.ts'
import { Ask } from './escalation-desk.tsx'
import { countOf } from './escalation-standing.tsx'
import { titleOf } from './escalation-word.ts'
import { Frame } from './frame.tsx'

export const PreviewPage = ({ data, reading }: { data: CaseData; reading: Reading }) => {
  const { view, look } = data
  const { open } = reading
  return (
    <Frame look={look} title="What would leave">
      <div class="bar">
        <h1>
          What would leave{' '}
          <span class="quiet">
            <a href={`/escalations/${view.id}`}>{titleOf(view.fields)}</a>
          </span>
        </h1>
        <a
          class="button"
          href={`/escalations/${view.id}/preview.zip`}
          download={`preview-${view.id}.zip`}
        >
          The bytes (.zip)
        </a>
      </div>
      <section class="now" aria-labelledby="now">
        <h2 id="now">
          {view.state === 'ready' ? 'Now: submit it' : 'It cannot be submitted as it is'}
        </h2>
        {view.state === 'ready' ? (
          <Ask data={data} verb="submit" button="Submit to support" tone="primary">
            <p>
              Support gets exactly the bytes below, and nothing else. No token is in them: every
              byte was searched.
            </p>
          </Ask>
        ) : (
          <p>
            {view.state === 'collecting'
              ? `${countOf(view)} items are answered. `
              : `The case is ${view.state}. `}
            <a href={`/escalations/${view.id}`}>{view.next.title}</a>
          </p>
        )}
      </section>
      {open !== null && <BundleView content={open.content} now={look.now} />}
      <Integrity reading={reading} preview />
      {open !== null && <Summary text={open.summary} />}
    </Frame>
  )
}
