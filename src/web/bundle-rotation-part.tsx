/** What a bundle tells of the rotation: where it stands, its two tokens, what is not met, what was seen. */
import type { BundleRotation } from '../support/bundle-rotation.ts'
import { BundlePart as Part } from './bundle-part.tsx'
import { Icon } from './icon.tsx'
import { Prose, Time } from './time.tsx'
import { requirementOf, whoOf } from './word.ts'

interface Props {
  rotation: BundleRotation
  now: number
}

const STATUS: Readonly<Record<string, string>> = {
  active: 'Under way',
  halted: 'Halted',
  completed: 'Completed',
  rolledBack: 'Rolled back',
  abandoned: 'Abandoned',
}

export const BundleRotationPart = (props: { rotation: BundleRotation | null; now: number }) => {
  const { rotation, now } = props
  if (rotation === null) return null
  return (
    <Part id="rotation" title="The rotation">
      <p>
        <strong>{STATUS[rotation.status] ?? rotation.status}</strong>
        {/^(active|halted)$/.test(rotation.status) && ` at the step ${rotation.step}`}
        {rotation.direction === 'back' && ', rolling back'}, started{' '}
        <Time at={rotation.startedAt} now={now} />.{' '}
        {rotation.cutoverAt === null ? (
          'Nobody has said yet that the IdP holds the new token.'
        ) : (
          <>
            The IdP was said to hold the new token at <Time at={rotation.cutoverAt} now={now} />.
          </>
        )}
      </p>
      <dl class="facts">
        <Token name="Old token" token={rotation.oldToken} now={now} />
        {rotation.newToken !== null && (
          <Token name="New token" token={rotation.newToken} now={now} />
        )}
      </dl>
      <Unmet rotation={rotation} now={now} />
      <Evidence rotation={rotation} now={now} />
    </Part>
  )
}

const Token = (props: { name: string; token: BundleRotation['oldToken']; now: number }) => {
  const { name, token, now } = props
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {token.status}
        {(token.portalId ?? token.hint) !== null && (
          <>
            {' '}
            <code>{token.portalId ?? token.hint}</code>
          </>
        )}
        {token.lastUsedAt !== null && (
          <>
            , last used <Time at={token.lastUsedAt} now={now} />
          </>
        )}
      </dd>
    </>
  )
}

const Unmet = ({ rotation, now }: Props) => {
  const unmet = rotation.requirements.filter(({ met }) => !met)
  return unmet.length === 0 ? null : (
    <>
      <h3>Requirements not met</h3>
      <ul class="requirements">
        {unmet.map((r) => (
          <li>
            <Icon name="open" />
            <div>
              <strong>{requirementOf(r.code, rotation.direction)}</strong>
              {r.seen !== null && (
                <p>
                  <Prose text={r.seen} now={now} />
                </p>
              )}
              <p class="unblock">
                <Prose text={r.unblock} now={now} /> <span class="quiet">{whoOf(r.who)}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

const Evidence = ({ rotation, now }: Props) =>
  rotation.evidence.length === 0 ? null : (
    <>
      <h3>Evidence</h3>
      <ul class="plain">
        {rotation.evidence.map((e) => (
          <li>
            <Icon name={e.counts ? 'done' : 'none'} /> {e.level} {e.kind}, {e.witness},{' '}
            <Time at={e.occurredAt} now={now} />
            <span class="quiet">
              {' '}
              {e.counts ? 'counts' : 'does not count'}: <Prose text={e.why} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
