/** Step 4: a real event has to be seen. Waiting is done here; what counts is the server's business. */
import type { Requirement } from '../../machines/rotation.policy.ts'
import type { RotationView } from '../workflow/rotation-view.ts'
import { ApiProblem } from './api.ts'
import { eventFrom, readingFrom } from './attest.ts'
import { moment, requirementLine, requirementLines } from './view.ts'
import { waiting } from './wait.ts'
import { OTHER, post, wayOut } from './walk-exit.ts'
import type { Step } from './walk-exit.ts'
import { checkLines, findingLines } from './check-report.ts'
import { testWith } from './walk-token.ts'
import type { Walk } from './walk-stage.ts'

export const verify: Step = async (walk, view) => {
  const { ask, out } = walk
  out.line()
  canaryLines(walk, view)
  for (const line of requirementLines(out, view.requirements)) out.line(line)
  out.line()
  const manual = walk.connection.portal.kind === 'manual'
  const chosen = await ask.choose('When the change is on its way:', [
    { value: 'watch', label: 'Watch until it is there', hint: 'Enter comes back to this list' },
    ...(manual ? [{ value: 'reading', label: 'Type what the portal shows' }] : []),
    { value: 'event', label: 'Record an event from the IdP’s log' },
    {
      value: 'token',
      label: 'Give the token again',
      hint: 'after a restart Interlock holds none, and cannot read the pilot',
    },
    { value: 'updated', label: 'The IdP was changed once more', hint: 'a new cutover' },
    OTHER,
  ])
  switch (chosen) {
    case 'watch':
      return watch(walk, view)
    case 'reading':
      return post(walk, view, 'verify', { reading: await readingFrom(ask) })
    case 'event':
      return post(walk, view, 'verify', { event: await eventFrom(ask, walk.connection) })
    case 'token':
      return again(walk, view)
    case 'updated':
      return post(walk, view, 'update-idp')
    default:
      return wayOut(walk, view)
  }
}

/** The quiet window: nothing to do but to look again when it is over. */
export const wait: Step = async (walk, view) => {
  const { ask, out } = walk
  out.line()
  for (const line of requirementLines(out, view.requirements)) out.line(line)
  out.line()
  const chosen = await ask.choose('Only time is missing.', [
    { value: 'watch', label: 'Wait here', hint: 'Enter comes back to this list' },
    { value: 'updated', label: 'The IdP was changed once more', hint: 'a new cutover' },
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  return chosen === 'watch' ? watch(walk, view) : post(walk, view, 'update-idp')
}

/** Makes the one-time value, where there is a pilot to put it into. */
export async function withCanary(walk: Walk, view: RotationView): Promise<RotationView> {
  if (view.canary !== null || walk.connection.pilotUser === null) return view
  try {
    await post<unknown>(walk, view, 'canary')
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status === 401) throw error
    return view
  }
  return walk.api.get<RotationView>(walk.path)
}

function canaryLines({ out, connection }: Walk, { canary }: RotationView): void {
  if (canary === null || connection.pilotUser === null) return
  out.line(`Pilot user    ${connection.pilotUser}`)
  out.line(`Set ${canary.attribute.padEnd(9)} ${out.ink.strong(canary.value)}`)
  out.line(`Not before    ${moment(canary.earliest)}`)
  out.line('              Until then the portal may not tell the IdP’s use from ours.\n')
}

async function again(walk: Walk, view: RotationView): Promise<RotationView> {
  const tested = await testWith(walk, view)
  for (const line of checkLines(walk.out, tested.checks)) walk.out.line(line)
  for (const line of findingLines(walk.out, tested.findings)) walk.out.line(line)
  return tested
}

/** Looks, tells what changed, waits, looks again: until there is something else to do. */
async function watch(walk: Walk, started: RotationView): Promise<RotationView> {
  const { out, terminal } = walk
  let view = started
  for (;;) {
    const before = view
    view = await post(walk, view, 'verify')
    for (const line of changes(walk, before, view)) out.line(line)
    const { action } = view.next
    if (view.status !== 'active' || (action !== 'verify' && action !== 'wait')) return view
    const open = view.requirements.filter(({ met }) => !met)
    const next = nextLook(walk, view, open)
    const sentence = (left: number): string =>
      `Next look in ${left} s (Enter: back). ${view.requirements.length - open.length} of ${view.requirements.length} met; missing: ${open[0]?.detail ?? 'nothing'}`
    if ((await waiting(terminal, out, next, sentence)) === 'enter') return view
  }
}

/** What holds as before is not news, though the portal was read once more for it. */
function changes({ out }: Walk, before: RotationView, now: RotationView): string[] {
  const told = ({ met, seen }: Requirement): string => (met ? 'met' : seen)
  const known = new Map(before.requirements.map((one) => [one.code, told(one)]))
  return now.requirements
    .filter((one) => known.get(one.code) !== told(one))
    .flatMap((one) => requirementLine(out, one))
}

/** Looking more often than the portal writes shows nothing new; looking later than a window's end only waits. */
function nextLook(walk: Walk, view: RotationView, open: readonly Requirement[]): number {
  const now = Date.now()
  const granularity = walk.connection.portal.granularitySeconds
  const rhythm = now + (walk.every ?? Math.min(60, Math.max(5, granularity))) * 1000
  const marks = [view.next.earliest, ...open.map(({ earliest }) => earliest)]
    .map((at) => (at === undefined ? 0 : Date.parse(at) + 250))
    .filter((at) => at > now + 500)
  const first = Math.min(...marks)
  return view.next.action === 'wait' && marks.length > 0 ? first : Math.min(rhythm, first)
}
