/**
 * The rotation. Five steps forward, the same five mirrored for the way back, and the ways out.
 * Topology is the first of three locks on revocation (the guard and the kernel are the others):
 * no state before `verifyingEvent` accepts `revocation.confirmed`, and no state but
 * `revokingOldToken` leads to `rotated`.
 *
 * XState's history is not used: a restored record has none, so `facts.halted.from` remembers.
 */
import { meta } from './rotation.meta.ts'
import { machineSetup } from './rotation.setup.ts'

/** What every step accepts besides its own events. */
const ways = {
  'own-use.recorded': { guard: 'nothingAgainstIt', actions: 'rememberUses' },
  'rotation.abandoned': { target: 'abandoned', actions: 'endAbandoned' },
} as const

/** The old token died behind our back: it is remembered in whatever step it happens. */
const losing = { 'old-token.lost': { guard: 'nothingAgainstIt', actions: 'rememberLoss' } } as const

/** Where a roll-back may be under way: there is none any more to a token that has died. */
const losingTheWayBack = {
  'old-token.lost': [
    { guard: 'wayBackLost', target: 'updatingIdp', actions: 'turnForward' },
    losing['old-token.lost'],
  ],
} as const

/** Another new token makes the IdP update, the test and all evidence start again. */
const creating = {
  'creation.intended': { guard: 'nothingAgainstIt', actions: 'intendCreation' },
  'creation.failed': { actions: 'dropIntent' },
  'token.created': { guard: 'nothingAgainstIt', target: 'updatingIdp', actions: 'rememberToken' },
} as const

/** Another base URL: the IdP has to be told, and what was seen at the other one no longer counts. */
const moving = { 'base-url.changed': { target: 'updatingIdp', actions: 'startOverAtIdp' } } as const

/** Another IdP update is another cutover: what was seen before it no longer counts. */
const updating = {
  'idp.updated': { guard: 'nothingAgainstIt', target: 'testingConnection', actions: 'cutOver' },
} as const

const turningBack = {
  'roll-back.started': { guard: 'nothingAgainstIt', target: 'updatingIdp', actions: 'turnBack' },
} as const

const looking = {
  'portal.read': { guard: 'nothingAgainstIt', actions: 'rememberReading' },
  'event.recorded': { actions: 'rememberReport' },
  'pilot.read': { guard: 'nothingAgainstIt', actions: 'rememberPilot' },
} as const

export const rotationMachine = machineSetup.createMachine({
  id: 'rotation',
  context: ({ input }) => input,
  initial: 'creatingToken',
  states: {
    creatingToken: {
      meta: meta.creatingToken,
      on: {
        ...ways,
        ...losing,
        ...creating,
        'base-url.changed': { actions: 'startOverAtIdp' },
        'roll-back.started': {
          guard: 'nothingToRevoke',
          target: 'rolledBack',
          actions: ['turnBack', 'endRolledBack'],
        },
        'tenant.mismatched': { target: 'halted', actions: 'haltCreating' },
        'rotation.halted': { target: 'halted', actions: 'haltCreating' },
      },
    },
    updatingIdp: {
      meta: meta.updatingIdp,
      on: {
        ...ways,
        ...losingTheWayBack,
        ...creating,
        ...updating,
        ...moving,
        'roll-back.started': [
          { guard: 'newTokenUntouched', target: 'revokingNewToken', actions: 'undo' },
          { guard: 'nothingAgainstIt', target: 'updatingIdp', actions: 'turnBack' },
        ],
        'tenant.mismatched': { target: 'halted', actions: 'haltUpdating' },
        'rotation.halted': { target: 'halted', actions: 'haltUpdating' },
      },
    },
    testingConnection: {
      meta: meta.testingConnection,
      on: {
        ...ways,
        ...losingTheWayBack,
        ...creating,
        ...updating,
        ...moving,
        ...turningBack,
        'connection.tested': [
          { guard: 'testPassed', target: 'verifyingEvent', actions: 'rememberTest' },
          { guard: 'nothingAgainstIt', actions: 'rememberTest' },
        ],
        'tenant.mismatched': { target: 'halted', actions: 'haltTesting' },
        'rotation.halted': { target: 'halted', actions: 'haltTesting' },
      },
    },
    verifyingEvent: {
      meta: meta.verifyingEvent,
      on: {
        ...ways,
        ...losingTheWayBack,
        ...creating,
        ...updating,
        ...moving,
        ...turningBack,
        ...looking,
        'connection.tested': [
          { guard: 'testPassed', actions: 'rememberTest' },
          { guard: 'nothingAgainstIt', target: 'testingConnection', actions: 'rememberTest' },
        ],
        'canary.issued': { guard: 'nothingAgainstIt', actions: 'issueCanary' },
        'revocation.approved': { guard: 'nothingAgainstIt', actions: 'rememberApproval' },
        'revocation.confirmed': [
          { guard: 'rollsForward', target: 'revokingOldToken', actions: 'authorise' },
          { guard: 'rollsBack', target: 'revokingNewToken', actions: 'authorise' },
        ],
        'tenant.mismatched': { target: 'halted', actions: 'haltVerifying' },
        'rotation.halted': { target: 'halted', actions: 'haltVerifying' },
      },
    },
    revokingOldToken: {
      meta: meta.revokingOldToken,
      on: {
        ...ways,
        ...losing,
        'revocation.confirmed': { guard: 'rollsForward', actions: 'authorise' },
        'revocation.failed': [
          { guard: 'stillLive', target: 'verifyingEvent', actions: 'rememberFault' },
          { actions: 'rememberFault' },
        ],
        'old-token.revoked': {
          guard: 'nothingAgainstIt',
          target: 'rotated',
          actions: 'rememberOldProof',
        },
        'tenant.mismatched': { target: 'halted', actions: 'haltRevokingOld' },
        'rotation.halted': { target: 'halted', actions: 'haltRevokingOld' },
      },
    },
    revokingNewToken: {
      meta: meta.revokingNewToken,
      on: {
        ...ways,
        ...losingTheWayBack,
        'revocation.confirmed': { guard: 'rollsBack', actions: 'authorise' },
        'revocation.failed': { actions: 'rememberFault' },
        'new-token.revoked': {
          guard: 'nothingAgainstIt',
          target: 'rolledBack',
          actions: 'rememberNewProof',
        },
        'tenant.mismatched': { target: 'halted', actions: 'haltRevokingNew' },
        'rotation.halted': { target: 'halted', actions: 'haltRevokingNew' },
      },
    },
    halted: {
      meta: meta.halted,
      on: {
        'own-use.recorded': ways['own-use.recorded'],
        'old-token.lost': [
          { guard: 'wayBackLost', actions: 'turnForward' },
          losing['old-token.lost'],
        ],
        'tenant.mismatched': { actions: 'haltHarder' },
        'base-url.changed': { actions: 'startOverAtIdp' },
        'rotation.abandoned': ways['rotation.abandoned'],
        'rotation.resumed': [
          { guard: 'haltedWhileCreating', target: 'creatingToken', actions: 'resume' },
          { guard: 'haltedWhileUpdating', target: 'updatingIdp', actions: 'resume' },
          { guard: 'haltedWhileTesting', target: 'testingConnection', actions: 'resume' },
          { guard: 'haltedWhileVerifying', target: 'verifyingEvent', actions: 'resume' },
          { guard: 'haltedWhileUndoing', target: 'revokingNewToken', actions: 'resume' },
        ],
      },
    },
    rotated: { type: 'final', meta: meta.rotated },
    rolledBack: { type: 'final', meta: meta.rolledBack },
    abandoned: { type: 'final', meta: meta.abandoned },
  },
})
