/** People's words for each state: what the person is doing, why the step exists, what breaks without it. */
import type { ActiveState } from './rotation.facts.ts'

export type EndState = 'rotated' | 'rolledBack' | 'abandoned'
export type StateName = ActiveState | 'halted' | EndState

export type Step = 'create' | 'update-idp' | 'test' | 'verify' | 'revoke' | 'done'

export interface Meta {
  step: Step
  title: string
  purpose: string
  without: string
}

export const meta: Readonly<Record<StateName, Meta>> = {
  creatingToken: {
    step: 'create',
    title: 'Create the new token',
    purpose: 'Both tokens must be valid at once, so that nothing stops while the IdP is changed.',
    without: 'Replacing the token in place stops provisioning until the IdP has been updated.',
  },
  updatingIdp: {
    step: 'update-idp',
    title: 'Update the IdP',
    purpose: 'The moment it happens is the cutover: everything seen later is measured from it.',
    without:
      'The IdP goes on with the other token, and nothing looks wrong until that one is revoked.',
  },
  testingConnection: {
    step: 'test',
    title: 'Test the connection',
    purpose: 'Our own requests show that base URL, tenant and token belong together.',
    without: 'A truncated value or the wrong environment shows itself only after the revocation.',
  },
  verifyingEvent: {
    step: 'verify',
    title: 'Verify a real provisioning event',
    purpose:
      'Only a write that landed, made with the token that stays, shows that provisioning works.',
    without: 'The IdP’s test button is green with a value that was never saved.',
  },
  revokingOldToken: {
    step: 'revoke',
    title: 'Revoke the old token',
    purpose: 'A token that nobody uses any more is only good for whoever finds it.',
    without: 'Two tokens stay valid, and nobody knows which one is in use.',
  },
  revokingNewToken: {
    step: 'revoke',
    title: 'Revoke the new token',
    purpose: 'The IdP is back on the old token; the new one must not stay valid and forgotten.',
    without: 'A token that nobody uses stays valid until it expires.',
  },
  halted: {
    step: 'verify',
    title: 'Halted',
    purpose:
      'Something does not belong together, or somebody asked to stop. Nothing goes on by itself.',
    without: 'Evidence from another tenant would count for this one.',
  },
  rotated: {
    step: 'done',
    title: 'Rotated',
    purpose: 'The new token is in use, and the old one is revoked.',
    without: '',
  },
  rolledBack: {
    step: 'done',
    title: 'Rolled back',
    purpose: 'The old token stays in use, and the new one is revoked, if there was one.',
    without: '',
  },
  abandoned: {
    step: 'done',
    title: 'Abandoned',
    purpose: 'Interlock revoked nothing. Whatever tokens were live still are.',
    without: '',
  },
}
