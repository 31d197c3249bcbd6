/**
 * Moments and spans as people read them. The server writes UTC and says so; the script, where there
 * is one, puts the reader's own zone in its place and leaves UTC to the tooltip.
 */
import { ms } from '../../machines/vocabulary.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `24 Nov 2026, 16:20:05 UTC` */
export function exact(at: string): string {
  const [day, time] = [at.slice(0, 10), at.slice(11, 19)]
  return `${dayOf(at)} ${day.slice(0, 4)}, ${time} UTC`
}

const dayOf = (at: string): string =>
  `${Number(at.slice(8, 10))} ${MONTHS[Number(at.slice(5, 7)) - 1] ?? ''}`

/** The time of the day; with the day where it is another one than now. */
export function short(at: string, now: number, exactly = false): string {
  const time = `${at.slice(11, exactly ? 19 : 16)} UTC`
  return at.slice(0, 10) === new Date(now).toISOString().slice(0, 10)
    ? time
    : `${dayOf(at)}, ${time}`
}

const UNITS = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** `12 days`, `3 h`, `6 min`, `40 s`: the largest unit that is at least two, or the smallest. */
export function span(length: number): string {
  const all = Math.max(0, length)
  const [unit, size] = UNITS.find(([, size]) => all >= size * 2) ?? (['s', 1000] as const)
  const count = Math.floor(all / size)
  return `${count} ${unit}${unit === 'day' ? 's' : ''}`
}

/** `exactly`: with seconds, where the order of things within a minute matters. */
export const Time = (props: { at: string; now: number; exactly?: boolean }) => (
  <time
    datetime={props.at}
    title={exact(props.at)}
    data-time={props.exactly === true ? 'second' : 'clock'}
  >
    {short(props.at, props.now, props.exactly)}
  </time>
)

export const Ago = ({ at, now }: { at: string; now: number }) => {
  const gone = now - ms(at)
  return (
    <time datetime={at} title={exact(at)} data-time="ago">
      {gone < 2000 && gone > -2000
        ? 'just now'
        : gone > 0
          ? `${span(gone)} ago`
          : `in ${span(-gone)}`}
    </time>
  )
}

/** A day alone: expiries are about days. */
export const Day = ({ at }: { at: string }) => (
  <time datetime={at} title={exact(at)} data-time="day">
    {`${dayOf(at)} ${at.slice(0, 4)}`}
  </time>
)

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/

/** A sentence of ours with the moments in it made readable. */
export const Prose = ({ text, now }: { text: string; now: number }) => (
  <>{text.split(INSTANT).map((part, i) => (i % 2 === 1 ? <Time at={part} now={now} /> : part))}</>
)

/** The same for paper: whole moments, in UTC. */
export const Exact = ({ text }: { text: string }) => (
  <>{text.split(INSTANT).map((part, i) => (i % 2 === 1 ? exact(part) : part))}</>
)
