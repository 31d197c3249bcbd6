/** One record in every state, and one event of every type, for the tests that go through all pairs. */
import type { RotationRecord, RotationState } from '../../machines/records.ts'
import type { EventType, RotationEvent } from '../../machines/rotation.event.ts'
import {
  CONFIRMED,
  CUT,
  NEW,
  OLD_LAST,
  OTHER_PRINT,
  WROTE,
  approved,
  canary,
  confirmed,
  created,
  logged,
  lost,
  mismatched,
  piloted,
  program,
  read,
  reading,
  reasoned,
  revoked,
  t,
  tested,
  turnedBack,
  updated,
  use,
} from './event.ts'
import { backStory, goodStory, tell } from './story.ts'

const good = (n: number, ...more: RotationEvent[]): RotationRecord =>
  tell([...goodStory().slice(0, n), ...more]).record

/** Made anew each time: a record that one test holds is never another's. */
export const records: Readonly<Record<RotationState, RotationRecord>> = {
  get creatingToken() {
    return good(0)
  },
  get updatingIdp() {
    return good(1)
  },
  get testingConnection() {
    return good(2)
  },
  get verifyingEvent() {
    return good(3)
  },
  get revokingOldToken() {
    return good(6)
  },
  get revokingNewToken() {
    return tell(backStory().slice(0, 9)).record
  },
  get halted() {
    return good(3, reasoned('rotation.halted', WROTE))
  },
  get rotated() {
    return good(7)
  },
  get rolledBack() {
    return tell(backStory()).record
  },
  get abandoned() {
    return good(3, reasoned('rotation.abandoned', WROTE))
  },
}

const LATER = CONFIRMED + 2_000
const look = reading(LATER - 100, OLD_LAST, WROTE)

/** Events to which, as far as their own values go, nothing is to be objected. */
export const events: Readonly<Record<EventType, RotationEvent>> = {
  'creation.intended': { type: 'creation.intended', at: t(LATER), by: program, name: 'rot-2' },
  'creation.failed': { type: 'creation.failed', at: t(LATER), by: program, fault: 'unreachable' },
  'token.created': created(LATER, {
    token: { ...NEW, id: 'tok-3', fingerprint: OTHER_PRINT },
  }),
  'idp.updated': updated(LATER),
  'connection.tested': tested(LATER),
  'canary.issued': canary(LATER),
  'portal.read': read(look, LATER),
  'event.recorded': logged(LATER, CUT + 5),
  'pilot.read': piloted(LATER),
  'own-use.recorded': {
    type: 'own-use.recorded',
    at: t(LATER),
    by: program,
    uses: [use(LATER - 50, LATER - 10)],
    baseline: null,
  },
  'revocation.approved': approved(LATER),
  'revocation.confirmed': confirmed(LATER, look),
  'revocation.failed': {
    type: 'revocation.failed',
    at: t(LATER),
    by: program,
    fault: 'portal-unreachable',
    stillLive: true,
  },
  'old-token.revoked': revoked(LATER),
  'new-token.revoked': revoked(LATER, {}, 'new-token.revoked'),
  'old-token.lost': lost(LATER),
  'tenant.mismatched': mismatched(LATER),
  'rotation.halted': reasoned('rotation.halted', LATER),
  'rotation.resumed': reasoned('rotation.resumed', LATER),
  'roll-back.started': turnedBack(LATER, look),
  'rotation.abandoned': reasoned('rotation.abandoned', LATER),
  'base-url.changed': { type: 'base-url.changed', at: t(LATER), by: program },
}
