/** The walk itself: show where the rotation stands, do its next thing, and again, until it is finished. */
import type { RotationView } from '../workflow/rotation-view.ts'
import { ApiProblem } from './api.ts'
import { EXIT } from './fault.ts'
import { wrap } from './terminal.ts'
import { moment, problemLines, requirementLines, stepLine, tokenName, WHO } from './view.ts'
import type { ConnectionView } from './view.ts'
import type { Stage, Walk } from './walk-stage.ts'
import { approve, revoke, revokedByHand } from './walk-revoke.ts'
import { createToken, testToken, updateIdp } from './walk-token.ts'
import { verify, wait, withCanary } from './walk-verify.ts'
import { withScreen } from './walk-screen.ts'
import { LEAVE, resume, wayOut } from './walk-exit.ts'
import type { Step } from './walk-exit.ts'

const STEPS: Readonly<Record<string, Step>> = {
  create: createToken,
  'update-idp': updateIdp,
  test: testToken,
  verify,
  wait,
  approve,
  revoke,
  'confirm-revoked': revokedByHand,
  resume,
}

export async function walk(stage: Stage, started: RotationView): Promise<number> {
  const { api, out } = stage
  const path = `/v1/rotations/${encodeURIComponent(started.id)}`
  const connection = await api.get<ConnectionView>(
    `/v1/connections/${encodeURIComponent(started.connectionId)}`,
  )
  const here: Walk = { ...stage, connection, path }
  let view: RotationView | typeof LEAVE = started
  for (;;) {
    if (view === LEAVE) {
      out.line(`\n${goOn(here, started.id)}`)
      return EXIT.unfinished
    }
    const step: Step | undefined = STEPS[view.next.action]
    if (step === undefined) return finish(here, view)
    try {
      view = await prepared(here, view)
      header(here, view)
      view = await step(here, view)
    } catch (error) {
      if (!(error instanceof ApiProblem)) {
        // Ctrl-C, or the server went away: what was committed stays, and this line says how to go on.
        out.line(`\n${goOn(here, started.id)}`)
        throw error
      }
      out.line()
      for (const line of problemLines(out, error)) out.line(line)
      // This key cannot do it, however often it is tried.
      if (error.status === 401 || error.status === 404) throw error
      view = await afterRefusal(here)
    }
  }
}

const goOn = ({ reach }: Walk, id: string): string =>
  `Nothing is lost. Go on with: interlock rotate ${id}${reach.again}`

/** What has to be there before its instructions can be told. */
async function prepared(walk: Walk, view: RotationView): Promise<RotationView> {
  const { action } = view.next
  if (action === 'create' || action === 'update-idp') return withScreen(walk, view)
  return action === 'verify' ? withCanary(walk, view) : view
}

function header({ out, connection }: Walk, view: RotationView): void {
  out.line()
  out.line(out.ink.strong(`${connection.tenantId} / ${connection.name}`))
  const begun = `rotation ${view.id}, started ${moment(view.startedAt)} by ${view.startedBy}`
  for (const line of wrap(begun, out.columns).split('\n')) out.line(out.ink.quiet(line))
  out.line(stepLine(out, view))
  out.line()
  out.line(`${out.ink.strong(view.next.title)} ${out.ink.quiet(`(${WHO[view.next.who]})`)}`)
  // Those that only repeat a requirement stand in the list of requirements.
  const told = view.next.instructions.filter(
    (instruction) => !view.requirements.some(({ detail }) => instruction.startsWith(detail)),
  )
  told.forEach((instruction, index) =>
    out.line(wrap(`${index + 1}. ${instruction}`, out.columns, '  ', '   ')),
  )
}

/** Read again first: somebody else may have moved it. */
async function afterRefusal(walk: Walk): Promise<RotationView | typeof LEAVE> {
  const view = await walk.api.get<RotationView>(walk.path)
  const chosen = await walk.ask.choose('And now?', [
    { value: 'again', label: 'Go on from where the rotation stands' },
    { value: 'other', label: 'Halt, roll back, abandon or leave' },
  ])
  return chosen === 'again' ? view : wayOut(walk, view)
}

async function finish({ out, reach }: Walk, view: RotationView): Promise<number> {
  const { proof, direction } = view
  out.line()
  out.line(stepLine(out, view))
  out.line()
  if (view.status === 'abandoned') {
    out.line(out.ink.wait('Abandoned. Nothing was revoked.'))
  } else {
    const gone = direction === 'forward' ? view.oldToken : view.newToken
    const words = view.status === 'completed' ? 'Rotated' : 'Rolled back'
    out.line(`${out.ink.good(`${words}.`)} Revoked: ${tokenName(gone)}.`)
    if (proof !== null) {
      out.line(answered(direction === 'forward' ? 'old' : 'new', proof.retiredAnswered))
      out.line(answered(direction === 'forward' ? 'new' : 'old', proof.keptAnswered))
      if (proof.witness === 'attested')
        out.line('That rests on a person’s word, not on what was seen.')
    }
  }
  for (const left of view.next.instructions) out.line(wrap(left, out.columns))
  if (view.status === 'abandoned') {
    for (const line of requirementLines(out, view.requirements)) out.line(line)
  }
  out.line(`The record of it: interlock show ${view.id} --certificate${reach.again}`)
  return EXIT.done
}

const answered = (which: string, status: number | null): string =>
  `  the ${which} token ${status === null ? 'was not asked again: its value is not at hand' : `answers ${status}`}`
