/** Everything that happened and everything that was refused, newest first. */
import type { Entry } from '../store/contract.ts'
import { More } from './field.tsx'
import { Icon } from './icon.tsx'
import { Prose, Time } from './time.tsx'
import { eventOf } from './word.ts'

/** More than this is read on the audit route; the page stays light. */
const MOST = 40

interface Props {
  entries: readonly Entry[]
  now: number
  all: string
  open?: boolean
}

export const JournalList = ({ entries, now, all, open = false }: Props) => {
  return (
    <More
      title={`Journal: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`}
      open={open}
    >
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
  const said = Object.entries(entry.detail ?? {})
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => inWords(name, value))
    .filter((words) => words !== '')
  return said.length === 0 ? null : (
    <span class="quiet">
      {' '}
      · <Prose text={said.join(' · ')} now={now} />
    </span>
  )
}

/** `keptAnswered: 200` → `kept answered 200`; what is empty or says no more than its name is left out. */
function inWords(name: string, value: unknown): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  if (value === true) return words
  if (value === false) return `${words}: no`
  const text = (Array.isArray(value) ? value.join(', ') : String(value)).replaceAll(
    /( -)+(?=,|$)/g,
    '',
  )
  if (text === '' || value === null) return ''
  return name === 'why' || name === 'reason' ? text : `${words} ${text}`
}
