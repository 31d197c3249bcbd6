/** One rotation on one page: where it stands, the one next thing, why, and the proof. */
import { Escalate } from './escalate.tsx'
import { NowBox } from './now-box.tsx'
import { Frame } from './frame.tsx'
import { IdpPanelBox } from './idp-panel.tsx'
import { JournalList } from './journal-list.tsx'
import { MachineDiagram } from './machine-diagram.tsx'
import { More } from './field.tsx'
import { ProofPicture } from './proof-picture.tsx'
import { Refusal } from './refusal.tsx'
import { RequirementList } from './requirement-list.tsx'
import type { RotationData } from './rotation-data.ts'
import { Exits } from './rotation-exit.tsx'
import { StepLine } from './step-line.tsx'
import { Time } from './time.tsx'
import { IDP_NAMES } from './word.ts'

export const RotationPage = ({ data, said }: { data: RotationData; said: string | null }) => {
  const { view, look, connection, refused } = data
  const running = view.status === 'active' || view.status === 'halted'
  return (
    <Frame
      look={look}
      title={`${connection.name}: rotation`}
      stream={running ? `/rotations/${view.id}/stream?since=${view.revision}` : undefined}
    >
      <div class="bar">
        <h1>
          <a href={`/connections/${view.connectionId}`}>{connection.name}</a>{' '}
          <span class="quiet">
            {view.tenantId} / {IDP_NAMES[view.idp]}
          </span>
        </h1>
        <p class="quiet">
          rotation {view.id.slice(-4)} · started <Time at={view.startedAt} now={look.now} /> by{' '}
          {view.startedBy}
        </p>
      </div>
      {view.direction === 'back' && running && (
        <p class="warning">
          Rolling back: the IdP returns to the old token, and the new one is the one to go.
        </p>
      )}
      <StepLine view={view} now={look.now} />
      {refused !== null && !isDrawn(data, refused.at) && (
        <Refusal refused={refused} now={look.now} />
      )}
      <div class={data.panel === null || !running ? 'alone' : 'two'}>
        <NowBox data={data} />
        {running && <IdpPanelBox data={data} said={said} />}
      </div>
      {running && <RequirementList data={data} />}
      <ProofPicture data={data} />
      <More title="The machine, and where this rotation is">
        <MachineDiagram state={data.state} />
      </More>
      <JournalList
        entries={data.journal}
        now={look.now}
        all={`GET /v1/rotations/${view.id}/journal`}
      />
      {view.next.action !== 'resume' && <Escalate look={look} about={{ rotationId: view.id }} />}
      {running && look.may('rotations.write') && <Exits data={data} />}
    </Frame>
  )
}

const STEP_VERBS: Readonly<Record<string, readonly string[]>> = {
  create: ['create'],
  'update-idp': ['update-idp', 'create'],
  test: ['test', 'paste', 'update-idp', 'create'],
  verify: ['verify', 'canary', 'event', 'reading', 'update-idp', 'test', 'create'],
  wait: ['verify', 'event', 'reading', 'update-idp', 'test', 'create'],
  approve: ['approve', 'event', 'reading', 'update-idp', 'test', 'create'],
  revoke: ['revoke'],
  'confirm-revoked': ['confirm-revoked'],
  resume: ['resume'],
  none: [],
}

/** Is the refused control's form on this page? A stale page may have pressed one that is not. */
function isDrawn({ view, look, panel }: RotationData, verb: string): boolean {
  if (!look.may('rotations.write')) return verb === 'approve' && look.may('rotations.approve')
  if (verb === 'idp') return panel !== null
  if (verb === 'canary' && view.canary !== null) return false
  if (verb === 'abandon') return true
  if (verb === 'halt') return view.status === 'active'
  if (verb === 'roll-back') return view.status === 'active' && view.direction === 'forward'
  return STEP_VERBS[view.next.action]?.includes(verb) ?? false
}
