/** What is to be done with a case now, by whom, and what support needs for it. */
import type { Child } from 'hono/jsx'
import type { CaseData } from './escalation-data.ts'
import { Desk } from './escalation-desk.tsx'
import { countOf } from './escalation-standing.tsx'
import { ITEM_LABELS, RESOLUTION_NAMES } from './escalation-word.ts'
import { Ago, Time } from './time.tsx'

interface Props {
  data: CaseData
  /** This reader may answer items now. */
  writes: boolean
  children?: Child
}

export const CaseNow = ({ data, writes, children }: Props) => {
  const { view, look } = data
  const handles = look.may('escalations.handle') && view.next.who === 'support'
  return (
    <section class={CLASSES[view.state] ?? 'now'} aria-labelledby="now">
      <div class="bar">
        <h2 id="now">{headline(data)}</h2>
        <span class="who">{WHOSE[view.next.who]}</span>
      </div>
      {view.asked !== null && view.state === 'needsInfo' && <Asked data={data} />}
      {view.resolution !== null && (
        <p>
          {RESOLUTION_NAMES[view.resolution.resolution]}, by {view.resolution.by},{' '}
          <Time at={view.resolution.at} now={look.now} />
        </p>
      )}
      <Words text={view.resolution?.note} />
      {view.withdrawn !== null && (
        <p>
          Withdrawn by {view.withdrawn.by}, <Time at={view.withdrawn.at} now={look.now} />
        </p>
      )}
      <Words text={view.withdrawn?.note} />
      {writes && view.state === 'ready' && (
        <p class="press">
          <a class="button primary" href={`/escalations/${view.id}/preview`}>
            Look at what would leave
          </a>
          <span class="quiet">Nothing has left yet. You submit it there.</span>
        </p>
      )}
      {view.next.who === 'support' && <Sent data={data} />}
      {handles && <Desk data={data} />}
      {children}
      {view.next.who === 'admin' && !writes && (
        <p class="quiet">
          {countOf(view)} items are answered. An owner or admin of this tenant goes on.
        </p>
      )}
    </section>
  )
}

/** What somebody wrote for the other side, as it was written. */
const Words = ({ text }: { text: string | null | undefined }) =>
  typeof text === 'string' ? <p class="said lines">{text}</p> : null

const CLASSES: Readonly<Record<string, string>> = { resolved: 'now ok', withdrawn: 'panel' }

const WHOSE = {
  admin: 'for the administrator',
  support: 'for support',
  nobody: 'nobody has to act',
} as const

function headline({ view }: CaseData): string {
  switch (view.state) {
    case 'collecting':
      return `Now: answer what is missing (${countOf(view)})`
    case 'ready':
      return 'Now: look at what would leave, then submit it'
    case 'needsInfo':
      return 'Now: answer what support asks'
    case 'submitted':
      return 'Now: support acknowledges it'
    case 'acknowledged':
      return 'Now: support finds the cause'
    case 'resolved':
      return 'Resolved'
    default:
      return 'Withdrawn'
  }
}

const Asked = ({ data: { view, look } }: { data: CaseData }) => {
  const { asked } = view
  if (asked === null) return null
  return (
    <>
      <p>
        {asked.by} asked, <Time at={asked.at} now={look.now} />
        {asked.items.length > 0 && (
          <>
            , for <strong>{asked.items.map((item) => ITEM_LABELS[item]).join(', ')}</strong> anew
          </>
        )}
        .
      </p>
      <Words text={asked.note} />
    </>
  )
}

const Sent = ({ data: { view, look } }: { data: CaseData }) => {
  const bundle = view.bundles.at(-1)
  return (
    <p>
      {bundle !== undefined && (
        <>
          <a class="button" href={`/bundles/${bundle.id}`}>
            Read the bundle
          </a>{' '}
          submitted <Ago at={bundle.at} now={look.now} /> by {bundle.by}
        </>
      )}
      {view.acknowledged !== null && (
        <>
          , acknowledged <Ago at={view.acknowledged.at} now={look.now} /> by {view.acknowledged.by}
        </>
      )}
    </p>
  )
}
