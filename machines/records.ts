/**
 * What is stored: our own record, never XState's snapshot (which has no version and no migration).
 * `{machine: {id, version}, step, facts}`, one strict schema per version, and upcasters from each
 * version to the next. A record that is not understood is refused, never repaired by guessing:
 * XState would accept a drifted one, and a guard on absent facts opens.
 */
import { z } from 'zod'
import { ActiveState, Facts } from './rotation.facts.ts'

export const RotationState = z.enum([
  ...ActiveState.options,
  'halted',
  'rotated',
  'rolledBack',
  'abandoned',
])
export type RotationState = z.infer<typeof RotationState>

/**
 * What every way into a state leaves behind. A record without it was not written by this machine: it
 * was drifted, edited or cut, and a guard on what is missing might open.
 */
function hangsTogether(step: RotationState, facts: Facts): boolean {
  const { newToken, cutover, test, revocation, proof } = facts
  const forward = facts.direction === 'forward'
  const tested = newToken !== null && cutover !== null && test?.passed === true
  switch (step) {
    case 'creatingToken':
      return forward && newToken === null && cutover === null
    case 'updatingIdp':
      return newToken !== null && cutover === null
    case 'testingConnection':
      return newToken !== null && cutover !== null
    case 'verifyingEvent':
      return tested
    case 'revokingOldToken':
      return forward && tested && revocation !== null
    case 'revokingNewToken':
      return !forward && newToken !== null && revocation !== null && (cutover === null || tested)
    case 'rotated':
      return forward && tested && revocation !== null && proof !== null
    case 'rolledBack':
      return !forward && (newToken === null || proof !== null)
    default:
      return true
  }
}

const RotationRecordV1 = z
  .strictObject({
    machine: z.strictObject({ id: z.literal('rotation'), version: z.literal(1) }),
    step: RotationState,
    facts: Facts,
  })
  .refine((r) => (r.step === 'halted') === (r.facts.halted !== null), {
    error: 'halted state and halted facts disagree',
  })
  .refine((r) => isEnd(r.step) === (r.facts.ending !== null), {
    error: 'ended state and ending facts disagree',
  })
  .refine((r) => hangsTogether(r.step, r.facts), { error: 'state and facts disagree' })

export type RotationRecord = z.infer<typeof RotationRecordV1>

export const isEnd = (state: RotationState): boolean =>
  state === 'rotated' || state === 'rolledBack' || state === 'abandoned'

export const ROTATION_VERSION = 1

/** From version n to n + 1. Add one here for every new version; never change an old one. */
const upcasters: Readonly<Record<number, (record: unknown) => unknown>> = {}

/** A record this program cannot read. The message names versions, never content. */
export class UnreadableVersion extends Error {
  override readonly name = 'UnreadableVersion'
}

const Versioned = z.looseObject({
  machine: z.strictObject({ id: z.string(), version: z.number().int().positive() }),
})

/** A stored record of a machine, brought to its present version. Throws `UnreadableVersion`. */
export function upcast(
  id: string,
  stored: unknown,
  present: number,
  steps: Readonly<Record<number, (record: unknown) => unknown>>,
): unknown {
  const head = Versioned.safeParse(stored)
  if (!head.success || head.data.machine.id !== id) {
    throw new UnreadableVersion(`not a ${id} record`)
  }
  let record: unknown = stored
  let { version } = head.data.machine
  if (version > present) {
    throw new UnreadableVersion(
      `written by a newer Interlock (record version ${version}, this one reads up to ${present})`,
    )
  }
  for (; version < present; version += 1) {
    const step = steps[version]
    if (step === undefined) throw new UnreadableVersion(`no way up from version ${version}`)
    record = step(record)
  }
  return record
}

/** Parses a stored record of any known version into the present one. Throws `UnreadableVersion`. */
export function parseRotation(stored: unknown): RotationRecord {
  const record = upcast('rotation', stored, ROTATION_VERSION, upcasters)
  const parsed = RotationRecordV1.safeParse(record)
  if (parsed.success) return parsed.data
  const at = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new UnreadableVersion(`the record does not fit its schema at "${at}"`)
}
