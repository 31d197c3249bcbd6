/** What is kept of what was seen: bounded, and never so that forgetting opens the gate. */
import type { Evidence, Facts, OwnUse, Reading } from './rotation.facts.ts'
import { roles } from './rotation.facts.ts'
import { usedAfterCutover } from './rotation.policy.ts'
import { ms } from './vocabulary.ts'

export type Change = Partial<Facts>

const KEPT_USES = 400
const KEPT_EVIDENCE = 500

/** Beyond the limit the oldest uses become one that spans them all: a forgotten use would look like the IdP's. */
export function uses(facts: Facts, more: readonly OwnUse[]): OwnUse[] {
  const all = [...facts.ownUses, ...more]
  const old = all.slice(0, Math.max(0, all.length - KEPT_USES + 1))
  if (all.length <= KEPT_USES) return all
  const startedAt = old.map((use) => use.startedAt).toSorted()[0]
  const endedAt = old
    .map((use) => use.endedAt)
    .toSorted()
    .at(-1)
  if (startedAt === undefined || endedAt === undefined) return all
  return [{ startedAt, endedAt }, ...all.slice(old.length)]
}

/** What does not count goes first, then the oldest: a later event or use proves whatever an earlier one did. */
export function withEvidence(facts: Facts, more: readonly (Evidence | null)[]): Evidence[] {
  const all = [...facts.evidence, ...more.filter((e) => e !== null)]
  const surplus = all.length - KEPT_EVIDENCE
  if (surplus <= 0) return all
  const expendable = [
    ...all.filter((e) => !e.admissible),
    ...all.filter((e) => e.admissible && e.level === 'E3'),
    ...all.filter((e) => e.admissible && e.level !== 'E3'),
  ]
  const drop = new Set(expendable.slice(0, surplus))
  return all.filter((e) => !drop.has(e))
}

/** A reading as the latest look at both tokens. A use of the retired one that it shows is not unseen by a later one. */
export function seen(facts: Facts, reading: Reading): Change {
  const { lastUsedAt } = reading[roles(facts).retire]
  const stray = facts.cutover !== null && usedAfterCutover(facts, reading)
  return {
    reading: newer(facts.reading, reading),
    ...(facts.strayUse === null && stray && lastUsedAt !== null
      ? { strayUse: { lastUsedAt, readAt: reading.readAt } }
      : {}),
  }
}

/** A reading taken after uses of ours becomes the baseline; it is never itself evidence of somebody else. */
export const baselineChange = (facts: Facts, baseline: Reading | null): Change =>
  baseline === null ? {} : { ...seen(facts, baseline), baseline }

function newer(before: Reading | null, after: Reading): Reading {
  return before !== null && ms(before.readAt) > ms(after.readAt) ? before : after
}
