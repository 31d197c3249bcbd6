/**
 * How far another machine's clock is from ours, from the `Date` header of its answers (RFC 9110
 * §6.6.1, whole seconds). Needed because "after the cutover" compares their times with ours.
 */

/** Their clock minus ours lies between these, in milliseconds. */
export interface ClockSample {
  lowMs: number
  highMs: number
}

/** Only the form that RFC 9110 lets a machine send: anything looser would be read in our own time zone. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** The header is cut to the second, and was written some time between our sending and receiving. */
export function clockSample(
  dateHeader: string | undefined,
  startedAt: number,
  endedAt: number,
): ClockSample | null {
  if (dateHeader === undefined || !IMF_FIXDATE.test(dateHeader)) return null
  const theirs = Date.parse(dateHeader)
  if (Number.isNaN(theirs)) return null
  return { lowMs: theirs - endedAt, highMs: theirs + 1000 - startedAt }
}

/** Several answers narrow it down. Samples that contradict each other (a clock was set) keep only the newest. */
export function narrow(samples: readonly ClockSample[]): ClockSample | null {
  let known: ClockSample | null = null
  for (const sample of samples) {
    const both: ClockSample =
      known === null
        ? sample
        : {
            lowMs: Math.max(known.lowMs, sample.lowMs),
            highMs: Math.min(known.highMs, sample.highMs),
          }
    known = both.lowMs <= both.highMs ? both : sample
  }
  return known
}
