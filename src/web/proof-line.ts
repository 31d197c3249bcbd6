/** The proof as marks on a line of time, and the same in words. Pure: the picture and its text cannot differ. */
import { instant, ms } from '../../machines/vocabulary.ts'
import type { RotationView } from '../workflow/rotation-view.ts'

export interface Mark {
  row: 'old' | 'new' | 'event'
  /** `ours` is drawn hollow, `theirs` filled, `void` crossed: it does not count. */
  kind: 'ours' | 'theirs' | 'void'
  at: string
  words: string
}

export interface ProofLine {
  from: number
  to: number
  cutoverAt: string
  /** The part of the quiet window that lies on the line. */
  quiet: { since: string; until: string } | null
  marks: Mark[]
}

/** Null before the cutover: until then there is nothing to prove. */
export function proofLine(view: RotationView, now: number): ProofLine | null {
  if (view.cutoverAt === null) return null
  const end = view.proof?.at ?? view.ending?.at
  const marks = [...uses(view), ...events(view)].toSorted((a, b) => ms(a.at) - ms(b.at))
  const stop = end === undefined ? now : ms(end)
  const since = Math.min(ms(view.startedAt), ms(view.cutoverAt))
  const from = since - Math.max(5_000, (stop - since) * 0.08)
  const until = view.quiet === null ? stop : ms(view.quiet.until)
  // A window of hours would press what happened into the left edge.
  const to = until > stop && until - from < (stop - from) * 3 ? until : stop
  return {
    from,
    to: Math.max(to, from + 10_000),
    cutoverAt: view.cutoverAt,
    quiet: view.quiet,
    marks,
  }
}

const keepAndRetire = (view: RotationView) =>
  view.direction === 'forward'
    ? ({ keep: 'new', retire: 'old' } as const)
    : ({ keep: 'old', retire: 'new' } as const)

function uses(view: RotationView): Mark[] {
  const { keep, retire } = keepAndRetire(view)
  const ours = view.ownUses.map(({ startedAt }): Mark => ({
    row: keep,
    kind: 'ours',
    at: startedAt,
    words: `Interlock itself used the ${keep} token. That proves nothing about the IdP.`,
  }))
  const theirs = view.evidence
    .filter((e) => e.level === 'E3')
    .map((e): Mark => ({
      row: keep,
      kind: e.admissible ? 'theirs' : 'void',
      at: e.occurredAt,
      words: `Somebody else used the ${keep} token (${e.witness}). ${e.why}`,
    }))
  const last = (retire === 'old' ? view.oldToken : view.newToken)?.lastUsedAt ?? null
  if (last === null) return [...ours, ...theirs]
  const after = view.cutoverAt !== null && ms(last) > ms(view.cutoverAt)
  const words = `The ${retire} token was last used${after ? ', after the cutover: something still holds it' : ''}.`
  return [...ours, ...theirs, { row: retire, kind: 'theirs', at: last, words }]
}

function events(view: RotationView): Mark[] {
  return view.evidence
    .filter((e) => e.level === 'E4' || e.level === 'E5')
    .map((e) => ({
      row: 'event',
      kind: e.admissible ? 'theirs' : 'void',
      at: e.occurredAt,
      words: `${e.kind === 'idp-log' ? 'The IdP’s log shows a write' : 'The write arrived at the service provider'} (${e.witness}). ${e.why}`,
    }))
}

/** How much of the quiet window is over, 0 to 1. */
export function quietShare(quiet: { since: string; until: string }, now: number): number {
  const whole = ms(quiet.until) - ms(quiet.since)
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - ms(quiet.since)) / whole))
}

/** Own uses that follow each other closely are said once. */
export function told(line: ProofLine): Mark[] {
  const list: Mark[] = []
  for (const mark of line.marks) {
    const before = list.at(-1)
    const repeats = before !== undefined && before.kind === 'ours' && before.words === mark.words
    if (!repeats) list.push(mark)
  }
  const cutover: Mark = {
    row: 'event',
    kind: 'theirs',
    at: line.cutoverAt,
    words: 'The cutover: the IdP was updated.',
  }
  return [...list, cutover].toSorted((a, b) => ms(a.at) - ms(b.at))
}

/** Four round moments along the line, for its scale. */
export function ticks({ from, to }: ProofLine): string[] {
  return [0.02, 0.34, 0.66, 0.98].map((share) => instant(Math.round(from + (to - from) * share)))
}
