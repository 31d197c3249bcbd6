/** Everything that happened and everything that was refused, newest first. */
import type { Entry } from '../store/contract.ts'
import { More } from './field.tsx'
import { Icon } from './icon.tsx'
import { Prose, Time } from './time.tsx'
import { eventOf } from './word.ts'

/** More than this is read on the audit route; the page stays light. */
const MOST = 40

export const JournalList = (props: { entries: readonly Entry[]; now: number; all: string }) => {
  const { entries, now, all } = props
  return (
    <More title={`Journal: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`}>
      <ol class="journal">
        {entries
          .toReversed()
          .slice(0, MOST)
          .map((entry) => (
            <li class={entry.outcome}>
              <Time at={entry.at} now={now} />{' '}
              {entry.outcome === 'refused' && (
                <>
                  <Icon name="stop" /> Refused:{' '}
                </>
              )}
              {eventOf(entry.event)}, {entry.actor.name}
              <Detail entry={entry} now={now} />
            </li>
          ))}
      </ol>
      {entries.length > MOST && (
        <p class="quiet">
          The newest {MOST} are shown. All of them: <code>{all}</code>
        </p>
      )}
    </More>
  )
}

const HIDDEN = new Set([
  'step',
  'from',
  'to',
  'fingerprint',
  'tokenId',
  'rotationId',
  'connectionId',
  'state',
  'bundleId',
  'sha256',
])

const Detail = ({ entry, now }: { entry: Entry; now: number }) => {
  const shown = Object.entries(entry.detail ?? {}).filter(([name]) => !HIDDEN.has(name))
  if (shown.length === 0) return null
  const said = shown.map(([name, value]) =>
    name === 'why' || name === 'reason'
      ? String(value)
      : `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  )
  return (
    <span class="quiet">
      {' '}
      · <Prose text={said.join(' · ')} now={now} />
    </span>
  )
}
