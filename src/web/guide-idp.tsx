/** `/guide/idps/:idp`: the IdP's side: screens and header formats, test, a real event, gaps, limits, groups. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { guidanceFor } from '../idps/guidance.ts'
import { groupSyncGuide } from '../idps/group-sync.ts'
import { GuideFrame } from './guide-frame.tsx'
import { idpLink } from './guide-link.ts'
import type { Look } from './look.ts'
import { Contents, Say, Source, Statements } from './statement.tsx'
import { whoOf } from './word.ts'

interface Props {
  look: Look
  catalog: Catalog
  idp: Idp
}

const PLACES = [
  ['screens', 'Screens'],
  ['test', 'Connection test'],
  ['event', 'A real event'],
  ['cycle', 'Cycle'],
  ['after-a-gap', 'After a gap'],
  ['groups', 'Groups'],
  ['limits', 'Limits'],
  ['checks', 'What to check'],
] as const

export const IdpPage = ({ look, catalog, idp }: Props) => {
  const facts = catalog.idps[idp]
  return (
    <GuideFrame look={look} title={facts.title} beside={<Others catalog={catalog} idp={idp} />}>
      <Contents of={PLACES} />
      <section aria-labelledby="screens">
        <h2 id="screens">Where the token is entered</h2>
        {facts.screens.length > 1 && (
          <>
            <p>
              There are {facts.screens.length} screens, and they want different formats. Find the
              one in front of you first.
            </p>
            <ul>
              {facts.screens.map(({ id, title, enter }) => (
                <li>
                  <a href={`#screen-${id}`}>{title}</a>: {FORMATS[enter]}
                </li>
              ))}
            </ul>
          </>
        )}
        {facts.screens.map((screen) => (
          <Screen catalog={catalog} idp={idp} screen={screen} />
        ))}
      </section>
      <section aria-labelledby="test">
        <h2 id="test">The connection test: {facts.test.button}</h2>
        <Say of={facts.test.proves} />
        <p>What it asks for:</p>
        <Statements of={facts.test.requests} />
        <p>When it is refused:</p>
        <Say of={facts.test.refused} />
      </section>
      <section aria-labelledby="event">
        <h2 id="event">Make one real change</h2>
        <Statements of={facts.canary} ordered />
        <h3>See it in the log</h3>
        <Statements of={facts.log} />
      </section>
      <section aria-labelledby="cycle">
        <h2 id="cycle">Cycle: {facts.cycle.minutes} minutes</h2>
        <Say of={facts.cycle} />
      </section>
      <section aria-labelledby="after-a-gap">
        <h2 id="after-a-gap">After a gap</h2>
        <Statements of={facts.afterGap} ordered />
        <p>Where failed tasks are listed:</p>
        <Say of={facts.failedTasks} />
      </section>
      <Groups catalog={catalog} idp={idp} />
      <section aria-labelledby="limits">
        <h2 id="limits">Limits</h2>
        <Statements of={facts.limits} />
      </section>
      <section aria-labelledby="checks">
        <h2 id="checks">What to check</h2>
        <Statements of={facts.checks} />
      </section>
    </GuideFrame>
  )
}

const Others = ({ catalog, idp }: { catalog: Catalog; idp: Idp }) => (
  <>
    {(Object.keys(catalog.idps) as Idp[])
      .filter((other) => other !== idp)
      .map((other) => (
        <>
          {' · '}
          <a href={idpLink(other)}>{catalog.idps[other].title}</a>
        </>
      ))}
  </>
)

const FORMATS = {
  raw: 'the token alone',
  'with-bearer': 'with Bearer',
  ask: 'the screen does not tell',
} as const

type Shown = Catalog['idps'][Idp]['screens'][number]

const Screen = (props: { catalog: Catalog; idp: Idp; screen: Shown }) => {
  const { catalog, idp, screen } = props
  const { header } = guidanceFor(catalog, idp, screen.id)
  return (
    <div class="screen">
      <h3 id={`screen-${screen.id}`}>{screen.title}</h3>
      <Say of={screen.recognise} />
      <dl class="facts">
        <dt>Field</dt>
        <dd>{screen.field}</dd>
        <dt>Enter</dt>
        <dd>{header.instruction}</dd>
        <dt>What is then sent</dt>
        <dd>
          <Say of={screen.sent} />
        </dd>
        <dt>The usual mistake</dt>
        <dd>
          <Say of={screen.mistake} />
        </dd>
      </dl>
      <p>The way there:</p>
      <Statements of={screen.update} ordered />
    </div>
  )
}

const Groups = ({ catalog, idp }: { catalog: Catalog; idp: Idp }) => {
  const { steps, traps } = groupSyncGuide(catalog, idp)
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">Users sync, groups do not: one pilot group, step by step</h2>
      <ol>
        {steps.map(({ title, who, text, source }) => (
          <li>
            <strong>{title}.</strong> {text} <span class="quiet">{whoOf(who)}</span>{' '}
            <Source of={source} />
          </li>
        ))}
      </ol>
      <h3>Traps</h3>
      <Statements of={traps} />
    </section>
  )
}
