/**
 * What a record means to whoever looks at it: status, steps, requirements, what comes next. Pure;
 * the words for a particular IdP are added by the workflow.
 */
import { roles } from './rotation.facts.ts'
import type { Facts } from './rotation.facts.ts'
import { meta } from './rotation.meta.ts'
import type { Step } from './rotation.meta.ts'
import { unmet, verification } from './rotation.policy.ts'
import type { Requirement } from './rotation.policy.ts'
import { requirements } from './rotation.requirement.ts'
import { isEnd } from './records.ts'
import type { RotationRecord } from './records.ts'
import type { Who } from './vocabulary.ts'

export type Status = 'active' | 'halted' | 'completed' | 'rolledBack' | 'abandoned'

export interface StepView {
  name: Exclude<Step, 'done'>
  state: 'done' | 'current' | 'todo'
  at?: string
  by?: string
}

export type NextAction =
  | 'create'
  | 'update-idp'
  | 'test'
  | 'verify'
  | 'approve'
  | 'wait'
  | 'revoke'
  | 'confirm-revoked'
  | 'resume'
  | 'none'

export interface MachineView {
  status: Status
  step: Step
  direction: Facts['direction']
  steps: StepView[]
  requirements: Requirement[]
  /** E6: a real event by the token that stays. E7: and the other one quiet for the whole window. */
  verified: 'E6' | 'E7' | null
  next: { action: NextAction; who: Who }
}

export function statusOf(record: RotationRecord): Status {
  switch (record.step) {
    case 'rotated':
      return 'completed'
    case 'rolledBack':
    case 'abandoned':
    case 'halted':
      return record.step
    default:
      return 'active'
  }
}

/** Where the person stands; while halted, the step the rotation was in. */
export function stepOf(record: RotationRecord): Step {
  const state = record.step === 'halted' ? (record.facts.halted?.from ?? 'halted') : record.step
  return meta[state].step
}

export function view(record: RotationRecord, now: string): MachineView {
  const { facts } = record
  const all = requirements(facts, now)
  const e6 = verification(facts) !== null
  const quiet = all.find((r) => r.code === 'old-token-quiet')?.met === true
  return {
    status: statusOf(record),
    step: stepOf(record),
    direction: facts.direction,
    steps: steps(record),
    requirements: all,
    verified: e6 ? (quiet ? 'E7' : 'E6') : null,
    next: next(record, unmet(all)),
  }
}

const ORDER = ['create', 'update-idp', 'test', 'verify', 'revoke'] as const

function steps(record: RotationRecord): StepView[] {
  const { facts } = record
  const current = stepOf(record)
  const position = ORDER.findIndex((name) => name === current)
  const done: Record<(typeof ORDER)[number], { at: string; by: string } | null> = {
    create:
      facts.newToken === null ? null : { at: facts.newToken.createdAt, by: facts.newToken.by.name },
    'update-idp':
      facts.cutover === null ? null : { at: facts.cutover.at, by: facts.cutover.by.name },
    test: facts.test?.passed === true ? { at: facts.test.at, by: facts.test.by.name } : null,
    verify: verifiedAt(facts),
    revoke: facts.proof === null ? null : { at: facts.proof.at, by: facts.proof.by.name },
  }
  return ORDER.map((name, index) => {
    const mark = done[name]
    if (name === current) return { name, state: 'current' }
    const passed = mark !== null && (isEnd(record.step) || index < position)
    return passed ? { name, state: 'done', ...mark } : { name, state: 'todo' }
  })
}

function verifiedAt(facts: Facts): { at: string; by: string } | null {
  const found = verification(facts)
  return found === null ? null : { at: found.event.occurredAt, by: found.event.by.name }
}

function next(record: RotationRecord, missing: Requirement[]): MachineView['next'] {
  switch (record.step) {
    case 'creatingToken':
      return { action: 'create', who: 'tenant-admin' }
    case 'updatingIdp':
      return { action: 'update-idp', who: 'idp-admin' }
    case 'testingConnection':
      return { action: 'test', who: 'tenant-admin' }
    case 'verifyingEvent':
      return verifying(missing)
    case 'revokingOldToken':
    case 'revokingNewToken':
      return {
        action: record.facts.portal.observable ? 'revoke' : 'confirm-revoked',
        who: 'tenant-admin',
      }
    case 'halted':
      return { action: 'resume', who: 'tenant-admin' }
    default:
      return { action: 'none', who: 'nobody' }
  }
}

function verifying(missing: Requirement[]): MachineView['next'] {
  const [first] = missing
  if (first === undefined) return { action: 'revoke', who: 'tenant-admin' }
  if (missing.every((r) => r.code === 'second-person-approved')) {
    return { action: 'approve', who: 'approver' }
  }
  const waiting = missing.every((r) => r.code === 'old-token-quiet' && r.earliest !== undefined)
  return waiting ? { action: 'wait', who: 'nobody' } : { action: 'verify', who: first.who }
}

/** The token to be revoked and the one that stays, by name. */
export const rolesOf = (record: RotationRecord): ReturnType<typeof roles> => roles(record.facts)
