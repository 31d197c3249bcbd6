/**
 * The only file that calls XState, for rotations and for cases alike. `start` makes a record, `decide`
 * says what an event does to it; what a record means is read from it by the view files.
 *
 * `createActor` is never used: a record it cannot restore kills the process later, asynchronously.
 * `transition` and `resolveState` throw at once and start nothing. XState ignores an event that a
 * state does not know, so `decide` asks first: silence would be a 200 for nothing.
 */
import { transition } from 'xstate'
import { EscalationEvent } from './escalation.event.ts'
import { NO_ITEMS } from './escalation.facts.ts'
import type { EscalationFacts } from './escalation.facts.ts'
import { escalationMachine } from './escalation.machine.ts'
import { missingItems } from './escalation.policy.ts'
import type { Missing } from './escalation.policy.ts'
import { ESCALATION_VERSION, isClosed, parseEscalation } from './escalation.record.ts'
import type { EscalationRecord, EscalationState } from './escalation.record.ts'
import { RotationEvent } from './rotation.event.ts'
import type { Facts } from './rotation.facts.ts'
import { rotationMachine } from './rotation.machine.ts'
import { meta } from './rotation.meta.ts'
import type { Step } from './rotation.meta.ts'
import { gate, objection } from './rotation.objection.ts'
import type { ObjectionCode } from './rotation.objection.ts'
import type { Requirement } from './rotation.policy.ts'
import { stepOf } from './rotation.view.ts'
import { ROTATION_VERSION, isEnd, parseRotation } from './records.ts'
import type { RotationRecord, RotationState } from './records.ts'

export type Decision =
  | { ok: true; record: RotationRecord }
  | { ok: false; code: 'step-not-open'; current: Step; needed: Step }
  | { ok: false; code: ObjectionCode; current: Step; unmet: Requirement[] }

/** What a rotation begins with; everything else is not known yet. */
export type StartInput = Pick<
  Facts,
  | 'connectionId'
  | 'tenantId'
  | 'idp'
  | 'pilotUser'
  | 'portal'
  | 'policy'
  | 'startedAt'
  | 'startedBy'
  | 'oldToken'
>

export function start(input: StartInput): RotationRecord {
  const facts: Facts = {
    ...input,
    direction: 'forward',
    newToken: null,
    handedOver: false,
    superseded: [],
    creation: null,
    cutover: null,
    test: null,
    ownUses: [],
    baseline: null,
    reading: null,
    strayUse: null,
    evidence: [],
    canary: null,
    approval: null,
    halted: null,
    oldTokenLost: null,
    revocation: null,
    proof: null,
    ending: null,
  }
  return parseRotation(toRecord('creatingToken', facts))
}

/**
 * Parses what is stored, asks whether the event may happen, and answers with the next record or the
 * reason why not. Throws `UnreadableVersion` and `MalformedEvent`.
 */
export function decide(stored: unknown, proposed: RotationEvent): Decision {
  const record = parseRotation(stored)
  const event = understood(proposed)
  const current = stepOf(record)
  if (event.type === 'revocation.confirmed' && !isEnd(record.step)) {
    // The second lock: asked in every step, so that a refusal always lists what is missing.
    const unmet = gate(record.facts, event)
    if (unmet.length > 0) return { ok: false, code: 'revocation-blocked', current, unmet }
  }
  if (!isOpen(record.step, event.type)) {
    return { ok: false, code: 'step-not-open', current, needed: neededStep(event.type) }
  }
  const against = objection(record.facts, event)
  if (against !== null) {
    return { ok: false, code: against.code, current, unmet: against.unmet }
  }
  const snapshot = rotationMachine.resolveState({ value: record.step, context: record.facts })
  if (!snapshot.can(event)) {
    return { ok: false, code: 'step-not-open', current, needed: neededStep(event.type) }
  }
  const [next] = transition(rotationMachine, snapshot, event)
  return { ok: true, record: parseRotation(toRecord(next.value, next.context)) }
}

/** An event that does not fit its schema. The message names no content: it may hold what somebody pasted. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent'
}

function understood(proposed: unknown): RotationEvent {
  return wellFormed(RotationEvent.safeParse(proposed))
}

function wellFormed<T>(parsed: { success: true; data: T } | { success: false }): T {
  if (parsed.success) return parsed.data
  throw new MalformedEvent('the event does not fit the schema of its type')
}

function toRecord(step: unknown, facts: Facts): unknown {
  return { machine: { id: 'rotation', version: ROTATION_VERSION }, step, facts }
}

/** Does any transition of this state carry the event's name, whatever its guard would say? */
export function isOpen(state: RotationState, type: RotationEvent['type']): boolean {
  return rotationMachine.states[state]?.ownEvents.includes(type) ?? false
}

/** The first state, in the order of the steps, that knows the event. */
function neededStep(type: RotationEvent['type']): Step {
  const order: RotationState[] = [
    'creatingToken',
    'updatingIdp',
    'testingConnection',
    'verifyingEvent',
    'revokingOldToken',
    'revokingNewToken',
    'halted',
  ]
  const first = order.find((state) => isOpen(state, type))
  return first === undefined ? 'done' : meta[first].step
}

export type EscalationDecision =
  | { ok: true; record: EscalationRecord }
  | { ok: false; code: 'state-not-open'; current: EscalationState; needed: EscalationState[] }
  | {
      ok: false
      code: 'escalation-incomplete'
      current: EscalationState
      missing: Missing[]
    }

/** What a case begins with; the eight items are observed and answered afterwards. */
export type EscalationStart = Pick<
  EscalationFacts,
  'tenantId' | 'connectionId' | 'rotationId' | 'reference' | 'openedAt' | 'openedBy'
>

export function startEscalation(input: EscalationStart): EscalationRecord {
  const facts: EscalationFacts = {
    ...input,
    changedAt: input.openedAt,
    items: NO_ITEMS,
    observed: NO_ITEMS,
    token: null,
    otherToken: null,
    scimType: null,
    correlationId: null,
    note: null,
    submissions: [],
    acknowledged: null,
    asked: null,
    resolution: null,
    withdrawn: null,
  }
  return parseEscalation(toEscalation('collecting', facts))
}

/** As `decide`, for a case. Throws `UnreadableVersion` and `MalformedEvent`. */
export function decideEscalation(stored: unknown, proposed: EscalationEvent): EscalationDecision {
  const record = parseEscalation(stored)
  const event = wellFormed(EscalationEvent.safeParse(proposed))
  const { step: current, facts } = record
  const gathering = current === 'collecting' || current === 'ready' || current === 'needsInfo'
  if (event.type === 'escalation.submitted' && gathering) {
    const missing = missingItems(facts)
    if (missing.length > 0) return { ok: false, code: 'escalation-incomplete', current, missing }
  }
  const snapshot = escalationMachine.resolveState({ value: current, context: facts })
  if (isClosed(current) || !snapshot.can(event)) {
    return { ok: false, code: 'state-not-open', current, needed: openFor(event.type) }
  }
  const [next] = transition(escalationMachine, snapshot, event)
  return { ok: true, record: parseEscalation(toEscalation(next.value, next.context)) }
}

function toEscalation(step: unknown, facts: EscalationFacts): unknown {
  return { machine: { id: 'escalation', version: ESCALATION_VERSION }, step, facts }
}

function openFor(type: EscalationEvent['type']): EscalationState[] {
  const states = Object.keys(escalationMachine.states) as EscalationState[]
  return states.filter((state) => escalationMachine.states[state]?.ownEvents.includes(type))
}
