/** The one thing to do now, who does it, and the one button for it. */
import type { Child } from 'hono/jsx'
import { CreateNow, UpdateNow } from './now-create.tsx'
import { ConfirmRevoked, RevokeNow } from './now-revoke.tsx'
import { HaltedNow, TestNow } from './now-test.tsx'
import { ApproveNow, VerifyNow, WaitNow } from './now-verify.tsx'
import type { RotationData } from './rotation-data.ts'
import { Done } from './rotation-end.tsx'
import { ShownToken } from './shown-token.tsx'
import { Ago } from './time.tsx'
import { whoOf } from './word.ts'

type Action = Exclude<RotationData['view']['next']['action'], 'none'>

const ACTS: Readonly<Record<Action, (props: { data: RotationData }) => Child>> = {
  create: CreateNow,
  'update-idp': UpdateNow,
  test: TestNow,
  verify: VerifyNow,
  approve: ApproveNow,
  wait: WaitNow,
  revoke: RevokeNow,
  'confirm-revoked': ConfirmRevoked,
  resume: HaltedNow,
}

export const NowBox = ({ data }: { data: RotationData }) => {
  const { view, look } = data
  if (view.next.action === 'none') return <Done data={data} />
  const Act = ACTS[view.next.action]
  const danger = view.next.action === 'resume' || view.next.action === 'revoke'
  return (
    <section class={danger ? 'now danger' : 'now'} aria-labelledby="now">
      <div class="bar">
        <h2 id="now">{titleOf(data)}</h2>
        <span class="who">{whoOf(view.next.who, view.idp)}</span>
      </div>
      {data.token !== null && <ShownToken data={data} token={data.token} />}
      {lost(data)}
      {look.may('rotations.write') ||
      (view.next.action === 'approve' && look.may('rotations.approve')) ? (
        <Act data={data} />
      ) : (
        <>
          {view.next.instructions.map((text) => (
            <p>{text}</p>
          ))}
          <p class="quiet">Your role reads. An owner or admin of this tenant takes this step.</p>
        </>
      )}
    </section>
  )
}

function titleOf({ view }: RotationData): string {
  if (view.next.action === 'resume') return 'Halted: nothing goes on until a person resolves it'
  return `Now: ${view.next.title.replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`
}

function lost({ view, look }: RotationData): Child {
  if (view.oldTokenLost === null) return null
  const how = { revoked: 'was revoked', expired: 'expired', missing: 'is gone from the portal' }
  return (
    <p class="warning">
      The old token {how[view.oldTokenLost.how]} <Ago at={view.oldTokenLost.at} now={look.now} />,
      and not by Interlock. Provisioning may have stopped: put the new token into the IdP, then make
      up for what failed meanwhile.
    </p>
  )
}
