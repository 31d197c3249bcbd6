/** Names for the guards and actions of the rotation machine: what they ask and change stands in the policy files. */

import { assign, setup } from 'xstate'
import * as change from './rotation.change.ts'
import * as exit from './rotation.exit.ts'
import type { EventOf, EventType, RotationEvent } from './rotation.event.ts'
import type { ActiveState, Facts } from './rotation.facts.ts'
import { canUndo, objection } from './rotation.objection.ts'

type Args = { context: Facts; event: RotationEvent }

/** An action for one event type: any other event leaves the facts alone. */
const remember = <T extends EventType>(
  type: T,
  changed: (facts: Facts, event: EventOf<T>) => Partial<Facts>,
) =>
  assign<Facts, RotationEvent, undefined, RotationEvent, never>(({ context, event }) =>
    event.type === type ? changed(context, event as EventOf<T>) : {},
  )

const cameFrom =
  (...states: ActiveState[]) =>
  ({ context, event }: Args): boolean =>
    isPerson(event) && context.halted !== null && states.includes(resumeState(context))

/** Resuming and revoking are decided by somebody, never by the program. */
const isPerson = (event: RotationEvent): boolean => event.by.kind !== 'system'

/** Where a halted rotation goes on. Evidence gathered around a wrong tenant, or an authorisation, is asked for again. */
function resumeState(facts: Facts): ActiveState {
  const from = facts.halted?.from ?? 'creatingToken'
  if (from === 'creatingToken' || from === 'updatingIdp') return from
  // A roll-back before the IdP was updated authorised nothing that has to be verified again.
  if (from === 'revokingNewToken' && facts.cutover === null) return from
  if (facts.halted?.cause === 'tenant-mismatch') return 'testingConnection'
  return from === 'testingConnection' ? from : 'verifyingEvent'
}

export const machineSetup = setup({
  types: {} as { context: Facts; events: RotationEvent; input: Facts },
  guards: {
    nothingAgainstIt: ({ context, event }: Args) => objection(context, event) === null,
    testPassed: ({ context, event }: Args) =>
      event.type === 'connection.tested' && event.passed && objection(context, event) === null,
    rollsForward: ({ context, event }: Args) =>
      context.direction === 'forward' && isPerson(event) && objection(context, event) === null,
    rollsBack: ({ context, event }: Args) =>
      context.direction === 'back' && isPerson(event) && objection(context, event) === null,
    nothingToRevoke: ({ context, event }: Args) =>
      context.newToken === null && objection(context, event) === null,
    newTokenUntouched: ({ context, event }: Args) =>
      event.type === 'roll-back.started' &&
      canUndo(context, event) &&
      objection(context, event) === null,
    wayBackLost: ({ context, event }: Args) =>
      context.direction === 'back' && objection(context, event) === null,
    stillLive: ({ event }: Args) => event.type === 'revocation.failed' && event.stillLive,
    haltedWhileCreating: cameFrom('creatingToken'),
    haltedWhileUpdating: cameFrom('updatingIdp'),
    haltedWhileTesting: cameFrom('testingConnection'),
    haltedWhileVerifying: cameFrom('verifyingEvent'),
    haltedWhileUndoing: cameFrom('revokingNewToken'),
  },
  actions: {
    intendCreation: remember('creation.intended', change.intendCreation),
    dropIntent: remember('creation.failed', change.dropIntent),
    rememberToken: remember('token.created', change.rememberToken),
    cutOver: remember('idp.updated', change.cutOver),
    rememberTest: remember('connection.tested', change.rememberTest),
    issueCanary: remember('canary.issued', change.issueCanary),
    rememberReading: remember('portal.read', change.rememberReading),
    rememberReport: remember('event.recorded', change.rememberReport),
    rememberPilot: remember('pilot.read', change.rememberPilot),
    rememberUses: remember('own-use.recorded', change.rememberUses),
    rememberApproval: remember('revocation.approved', change.rememberApproval),
    authorise: remember('revocation.confirmed', change.authorise),
    rememberFault: remember('revocation.failed', change.rememberFault),
    rememberOldProof: remember('old-token.revoked', change.rememberProof),
    rememberNewProof: remember('new-token.revoked', change.rememberProof),
    rememberLoss: remember('old-token.lost', change.rememberLoss),
    turnForward: remember('old-token.lost', exit.turnForward),
    startOverAtIdp: remember('base-url.changed', change.startOverAtIdp),
    resume: remember('rotation.resumed', exit.resume),
    turnBack: remember('roll-back.started', exit.turnBack),
    undo: remember('roll-back.started', exit.undo),
    endRolledBack: remember('roll-back.started', exit.end),
    endAbandoned: remember('rotation.abandoned', exit.end),
    haltHarder: remember('tenant.mismatched', exit.haltHarder),
    haltCreating: haltAction('creatingToken'),
    haltUpdating: haltAction('updatingIdp'),
    haltTesting: haltAction('testingConnection'),
    haltVerifying: haltAction('verifyingEvent'),
    haltRevokingOld: haltAction('revokingOldToken'),
    haltRevokingNew: haltAction('revokingNewToken'),
  },
})

function haltAction(from: ActiveState) {
  return assign<Facts, RotationEvent, undefined, RotationEvent, never>(({ context, event }) => {
    if (event.type === 'tenant.mismatched') return exit.haltForMismatch(from)(context, event)
    if (event.type === 'rotation.halted') return exit.haltForPerson(from)(context, event)
    return {}
  })
}
