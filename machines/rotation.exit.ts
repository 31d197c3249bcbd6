/** What leaving the way changes in the facts: halting and resuming, turning round, ending. */
import { discounted, rememberLoss } from './rotation.change.ts'
import type { EventOf } from './rotation.event.ts'
import type { ActiveState, Facts } from './rotation.facts.ts'
import type { Change } from './rotation.memory.ts'

export const haltForMismatch =
  (from: ActiveState) =>
  (_: Facts, event: EventOf<'tenant.mismatched'>): Change => ({
    halted: {
      at: event.at,
      by: event.by,
      cause: 'tenant-mismatch',
      reason: 'What answered is not the tenant this connection is for.',
      mismatches: event.mismatches,
      from,
    },
  })

/** A wrong tenant found while halted already: resuming must not spare it the questions. */
export const haltHarder = (facts: Facts, event: EventOf<'tenant.mismatched'>): Change => {
  if (facts.halted === null) return {}
  const mismatches = [...facts.halted.mismatches, ...event.mismatches].slice(-20)
  return haltForMismatch(facts.halted.from)(facts, { ...event, mismatches })
}

export const haltForPerson =
  (from: ActiveState) =>
  (_: Facts, event: EventOf<'rotation.halted'>): Change => ({
    halted: {
      at: event.at,
      by: event.by,
      cause: 'person',
      reason: event.reason,
      mismatches: [],
      from,
    },
  })

/** After a wrong tenant nothing that was seen before it counts: the test has to be made again. */
export const resume = (facts: Facts): Change => ({
  halted: null,
  ...(facts.halted?.cause === 'tenant-mismatch'
    ? discounted(facts, 'It was seen before the tenant was confirmed again.')
    : {}),
})

export const turnBack = (facts: Facts): Change => ({
  ...discounted(facts, 'It was seen before the rotation was rolled back.'),
  direction: 'back',
  revocation: null,
  cutover: null,
  reading: null,
  baseline: null,
  strayUse: null,
  ownUses: [],
  creation: null,
})

/** Before the IdP was updated nothing can hold the new token, so taking it back is authorised at once. */
export const undo = (facts: Facts, event: EventOf<'roll-back.started'>): Change => ({
  ...turnBack(facts),
  // Whatever we did with the new token still has to be told from what others do.
  ownUses: facts.ownUses,
  reading: event.reading,
  revocation: { confirmedAt: event.at, by: event.by, fault: null },
})

/** There is no way back to a token that has died: the new one is all that is left to put into the IdP. */
export const turnForward = (facts: Facts, event: EventOf<'old-token.lost'>): Change => ({
  ...turnBack(facts),
  ...rememberLoss(facts, event),
  direction: 'forward',
  halted: facts.halted === null ? null : { ...facts.halted, from: 'updatingIdp' },
})

export const end = (
  _: Facts,
  event: EventOf<'rotation.abandoned'> | EventOf<'roll-back.started'>,
): Change => ({
  canary: null,
  // How it was halted stays in the journal; an ended rotation is not halted.
  halted: null,
  ending: { at: event.at, by: event.by, reason: event.reason },
})
