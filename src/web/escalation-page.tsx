/** One case: where it stands, who does what next, the eight items, what was sent, and its history. */
import { isClosed } from '../../machines/escalation.record.ts'
import type { CaseData } from './escalation-data.ts'
import { Ask } from './escalation-desk.tsx'
import { EscalationForm } from './escalation-form.tsx'
import { Answers } from './escalation-item.tsx'
import { CaseNow } from './escalation-now.tsx'
import { shortId, STATE_WORDS, titleOf } from './escalation-word.ts'
import { More } from './field.tsx'
import { Frame } from './frame.tsx'
import { Icon } from './icon.tsx'
import { JournalList } from './journal-list.tsx'
import { Refusal } from './refusal.tsx'
import { Time } from './time.tsx'
import { IDP_NAMES } from './word.ts'

const WRITABLE: readonly string[] = ['collecting', 'ready', 'needsInfo']

export const EscalationPage = ({ data }: { data: CaseData }) => {
  const { view, look, refused } = data
  const writes = look.may('escalations.write') && WRITABLE.includes(view.state)
  // Then the one thing to do is another: to look at what would leave.
  const ready = view.state === 'ready'
  return (
    <Frame look={look} title={titleOf(view.fields)}>
      <Head data={data} />
      {refused !== null && !isDrawn(data, refused.at) && (
        <Refusal refused={refused} now={look.now} />
      )}
      <CaseNow data={data} writes={writes}>
        {writes && !ready && <EscalationForm data={data} />}
      </CaseNow>
      {writes && ready && <EscalationForm data={data} />}
      {!writes && (
        <section aria-labelledby="answers">
          <h2 id="answers">What is reported</h2>
          <Answers view={view} now={look.now} />
        </section>
      )}
      <Bundles data={data} />
      {!isClosed(view.state) && look.may('escalations.write') && <Ways data={data} />}
      <JournalList
        entries={data.journal}
        now={look.now}
        all={`GET /v1/escalations/${view.id}/journal`}
      />
    </Frame>
  )
}

const Head = ({ data }: { data: CaseData }) => {
  const { view, look, connection } = data
  const { word, icon } = STATE_WORDS[view.state]
  const idp = view.fields.idp?.value ?? null
  return (
    <>
      <div class="bar">
        <h1>
          {titleOf(view.fields)}{' '}
          <span class="quiet">
            {view.tenantId ?? 'no tenant yet'}
            {idp !== null && ` / ${IDP_NAMES[idp]}`}
          </span>
        </h1>
        <p>
          <Icon name={icon} /> <strong>{word}</strong>
        </p>
      </div>
      <p class="quiet">
        Case {shortId(view.id)} · opened <Time at={view.openedAt} now={look.now} /> by{' '}
        {view.openedBy}
        {connection !== null && (
          <>
            {' '}
            · <a href={`/connections/${view.connectionId}`}>{connection}</a>
          </>
        )}
        {view.rotationId !== null && look.may('rotations.read') && (
          <>
            {' '}
            · <a href={`/rotations/${view.rotationId}`}>its rotation</a>
          </>
        )}
      </p>
    </>
  )
}

const Bundles = ({ data: { view, look } }: { data: CaseData }) =>
  view.bundles.length === 0 ? null : (
    <section aria-labelledby="bundles">
      <h2 id="bundles">What was sent</h2>
      <ul class="rows">
        {view.bundles.toReversed().map((bundle) => (
          <li>
            <a class="name" href={`/bundles/${bundle.id}`}>
              Bundle {shortId(bundle.id)}
            </a>
            <span class="state">
              <Time at={bundle.at} now={look.now} /> by {bundle.by}
            </span>
            <span class="quiet">
              sha256 <code>{bundle.sha256.slice(0, 12)}…</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

const Ways = ({ data }: { data: CaseData }) => {
  const { view } = data
  const looks = view.connectionId !== null && /^(collecting|ready)$/.test(view.state)
  return (
    <section class="exits" aria-labelledby="exits">
      <h2 id="exits">More</h2>
      {looks && (
        <More title="Look again" open={data.refused?.at === 'observe'}>
          <Ask data={data} verb="observe" button="Look again">
            <p>
              Interlock reads the connection, the latest checks and the portal once more. What a
              person said stays said. No token is used.
            </p>
          </Ask>
        </More>
      )}
      <More title="Withdraw" open={data.refused?.at === 'withdraw'}>
        <Ask data={data} verb="withdraw" button="Withdraw the case" note="Why (optional)">
          <p>The case ends; what was sent stays with support.</p>
        </Ask>
      </More>
    </section>
  )
}

const FORMS: Readonly<Record<string, readonly string[]>> = {
  answer: WRITABLE,
  observe: ['collecting', 'ready'],
  withdraw: ['collecting', 'ready', 'submitted', 'acknowledged', 'needsInfo'],
  acknowledge: ['submitted'],
  'request-info': ['submitted', 'acknowledged'],
  resolve: ['acknowledged'],
}

/** Is the refused control's form on this page? Otherwise the refusal stands at the top. */
const isDrawn = ({ view, look }: CaseData, at: string): boolean =>
  (FORMS[at]?.includes(view.state) ?? false) &&
  look.may(
    /^(acknowledge|request-info|resolve)$/.test(at) ? 'escalations.handle' : 'escalations.write',
  )
