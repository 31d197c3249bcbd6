/** A refusal, where the control is that was refused: what holds, what is missing, what to do. */
import type { Requirement } from '../../machines/rotation.policy.ts'
import { problemBody } from '../problem.ts'
import type { FieldError, ProblemError } from '../problem.ts'
import type { Entry } from '../store/contract.ts'
import { Icon } from './icon.tsx'
import { Prose, Time } from './time.tsx'
import { eventOf } from './word.ts'

export interface Refused {
  /** The verb that was refused: its form shows this. */
  at: string
  problem: ProblemError
  requestId: string
  /** What others did since this page was drawn. */
  changes?: readonly Entry[]
}

export const Refusal = ({ refused, now }: { refused: Refused; now: number }) => {
  const body = problemBody(refused.problem, refused.requestId)
  const unmet = (body.unmet ?? []) as readonly Requirement[]
  return (
    <div class="refusal" role="alert" tabindex={-1} data-focus>
      <p>
        <Icon name="stop" /> <strong>{body.title}.</strong>{' '}
        {sameWords(body.title, body.detail) ? null : <Prose text={body.detail} now={now} />}
      </p>
      {unmet.length > 0 && (
        <ul>
          {unmet.map((r) => (
            <li>
              <Prose text={`${r.detail} ${r.seen} ${r.unblock}`} now={now} />
            </li>
          ))}
        </ul>
      )}
      <FieldErrors errors={body.errors ?? []} />
      {refused.changes !== undefined && refused.changes.length > 0 && (
        <>
          <p>Since this page was drawn:</p>
          <ul>
            {refused.changes.slice(-5).map((entry) => (
              <li>
                <Time at={entry.at} now={now} /> {eventOf(entry.event)}
                {itemsOf(entry)}, {entry.actor.name}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        {body.remedy} <span class="quiet">Request {refused.requestId}</span>
      </p>
    </div>
  )
}

/** Which field, why, and of which kind; what stood in it is not repeated. */
export const FieldErrors = ({ errors }: { errors: readonly FieldError[] }) =>
  errors.length === 0 ? null : (
    <ul>
      {errors.map(({ path, message, kind }) => (
        <li>
          <strong>{fieldName(path)}</strong> {message ?? 'seems to hold a token'}
          {kind !== undefined && ` (${kind.replaceAll('-', ' ')})`}
        </li>
      ))}
    </ul>
  )

const sameWords = (title: string, detail: string): boolean => detail === `${title}.`

/** Of a case: which items somebody else has answered meanwhile. */
function itemsOf({ detail }: Entry): string {
  const items = detail?.['items']
  return Array.isArray(items) ? ` ${items.map(String).map(fieldName).join(', ')}` : ''
}

/** `portal.url` → `portal url`: as the labels say it. */
const fieldName = (path: string): string =>
  path === ''
    ? ''
    : path
        .replaceAll('.', ' ')
        .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase()
