/** A bundle made for reading, in the order of `summary.md`: what is reported, what it probably is, what was seen, what is not known, who does what. */
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { BundleContent } from '../support/bundle-schema.ts'
import { BundlePart as Part } from './bundle-part.tsx'
import { BundleChecks, BundleTimeline } from './bundle-story.tsx'
import { BundleRotationPart } from './bundle-rotation-part.tsx'
import { answerOf, ITEM_LABELS, sourceOf } from './escalation-word.ts'
import { Icon } from './icon.tsx'
import { FindingCard } from './now-test.tsx'
import { Prose, Time } from './time.tsx'
import { whoOf } from './word.ts'

interface Props {
  content: BundleContent
  now: number
}

export const BundleView = ({ content, now }: Props) => (
  <>
    <Reported content={content} now={now} />
    <NotFitting content={content} now={now} />
    <Exposed content={content} now={now} />
    <Hypothesis content={content} now={now} />
    <Part id="next" title="Next step">
      <p class="quiet">{whoOf(content.next.who)}</p>
      <ol>
        {content.next.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
    </Part>
    {content.case.note !== null && (
      <Part id="note" title="Note by the administrator">
        <p class="said lines">{content.case.note}</p>
      </Part>
    )}
    <BundleTimeline content={content} now={now} />
    <BundleChecks content={content} now={now} />
    <BundleRotationPart rotation={content.rotation} now={now} />
    <Part id="gaps" title="Not known, and why">
      <ul>
        {content.gaps.map(({ why }) => (
          <li>{why}</li>
        ))}
      </ul>
    </Part>
  </>
)

const Reported = ({ content, now }: Props) => {
  const missing = new Map(content.missing.map((one) => [one.item, one]))
  return (
    <Part id="reported" title="What is reported">
      <dl class="facts answers">
        {ITEM_NAMES.map((name) => {
          const item = content.items[name] ?? null
          return (
            <>
              <dt>{ITEM_LABELS[name]}</dt>
              <dd>
                {item === null ? 'missing' : answerOf(name, item)}
                {item !== null && (
                  <span class="known">
                    <Icon name={item.witness === 'observed' ? 'look' : 'person'} />{' '}
                    {item.witness === 'observed'
                      ? `Observed ${sourceOf(item.from)}`
                      : `Said by ${item.by}`}
                    , <Time at={item.at} now={now} />
                  </span>
                )}
                {missing.has(name) && (
                  <span class="known">
                    <Icon name="open" /> {missing.get(name)?.reason} {missing.get(name)?.ask}
                  </span>
                )}
              </dd>
            </>
          )
        })}
        {content.case.scimType !== null && <Line name="scimType" value={content.case.scimType} />}
        {content.case.correlationId !== null && (
          <Line name="Correlation id" value={content.case.correlationId} />
        )}
        {content.token !== null && (
          <>
            <dt>The token in the portal</dt>
            <dd>
              {content.token.status}
              {content.token.lastUsedAt === null ? (
                ', never used'
              ) : (
                <>
                  , last used <Time at={content.token.lastUsedAt} now={now} />
                </>
              )}{' '}
              <span class="quiet">
                read <Time at={content.token.readAt} now={now} />
              </span>
            </dd>
          </>
        )}
      </dl>
    </Part>
  )
}

const Line = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
)

const NotFitting = ({ content, now }: Props) => {
  const mismatches = content.connection?.held?.mismatches ?? []
  if (content.contradictions.length + mismatches.length === 0) return null
  return (
    <Part id="odd" title="What does not fit together">
      <ul class="plain">
        {mismatches.map(({ source, expected, found }) => (
          <li>
            <Icon name="stop" /> <strong>Another tenant or environment</strong> (
            {source.replaceAll('-', ' ')}): {expected ?? 'withheld'} was expected,{' '}
            {found ?? 'withheld'} was found. Interlock stopped everything for this connection until
            a named person has resolved it.
          </li>
        ))}
        {content.contradictions.map(({ items, why }) => (
          <li>
            <Icon name="wait" />{' '}
            <strong>{items.map((item) => ITEM_LABELS[item]).join(' and ')}:</strong>{' '}
            <Prose text={why} now={now} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

const Exposed = ({ content, now }: Props) =>
  content.exposed.length === 0 ? null : (
    <Part id="exposed" title="Exposed">
      <p class="warning">
        Something that looks like a token was typed into this case. It was refused and not kept, and
        has to be treated as exposed: revoke it where it was issued.
      </p>
      <ul>
        {content.exposed.map(({ at, field, kind }) => (
          <li>
            <Time at={at} now={now} /> {field === '' ? 'several fields' : field} (
            {kind.replaceAll('-', ' ')})
          </li>
        ))}
      </ul>
    </Part>
  )

const Hypothesis = ({ content }: Props) => {
  const [first, ...others] = content.hypotheses
  if (first === undefined) return null
  return (
    <Part id="hypothesis" title="First hypothesis">
      <FindingCard finding={first} open />
      {others.length > 0 && (
        <>
          <p>Also possible:</p>
          {others.map((finding) => (
            <FindingCard finding={finding} open={false} />
          ))}
        </>
      )}
    </Part>
  )
}
