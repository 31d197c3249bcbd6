/** What each event changes in the facts of a case. Pure; the machine decides whether it may happen. */
import { ITEM_NAMES } from './escalation.facts.ts'
import type { EscalationFacts, Items, SomeItems } from './escalation.facts.ts'
import type { EscalationEventOf } from './escalation.event.ts'

export type EscalationChange = Partial<EscalationFacts>

/** What a person has said stays said; the observation is kept beside it and compared. */
export const observe = (
  facts: EscalationFacts,
  event: EscalationEventOf<'items.observed'>,
): EscalationChange => {
  const free = ITEM_NAMES.filter((name) => facts.items[name]?.witness !== 'attested')
  const taken = Object.fromEntries(
    Object.entries(event.items).filter(([name]) => free.some((one) => one === name)),
  ) as SomeItems
  return {
    changedAt: event.at,
    observed: merged(facts.observed, event.items),
    items: merged(facts.items, taken),
    token: event.token ?? facts.token,
    otherToken: event.token === null ? facts.otherToken : event.otherToken,
  }
}

/** An answer that is taken back gives way to what was observed. */
export const answerItems = (
  facts: EscalationFacts,
  event: EscalationEventOf<'items.answered'>,
): EscalationChange => {
  const next = merged(facts.items, event.items)
  const given = Object.fromEntries(
    ITEM_NAMES.map((name) => [name, next[name] ?? facts.observed[name]]),
  ) as Items
  return {
    changedAt: event.at,
    items: given,
    scimType: event.scimType === undefined ? facts.scimType : event.scimType,
    correlationId: event.correlationId === undefined ? facts.correlationId : event.correlationId,
    note: event.note === undefined ? facts.note : event.note,
    tenantId: facts.connectionId === null ? (event.tenantId ?? facts.tenantId) : facts.tenantId,
  }
}

export const submit = (
  facts: EscalationFacts,
  event: EscalationEventOf<'escalation.submitted'>,
): EscalationChange => ({
  changedAt: event.at,
  acknowledged: null,
  submissions: [
    ...facts.submissions,
    { at: event.at, by: event.by, bundleId: event.bundleId, sha256: event.sha256 },
  ].slice(-50),
})

export const acknowledge = (
  _: EscalationFacts,
  event: EscalationEventOf<'escalation.acknowledged'>,
): EscalationChange => ({ changedAt: event.at, acknowledged: { at: event.at, by: event.by } })

export const askBack = (
  _: EscalationFacts,
  event: EscalationEventOf<'info.requested'>,
): EscalationChange => ({
  changedAt: event.at,
  asked: { at: event.at, by: event.by, items: event.items, note: event.note },
})

export const resolve = (
  _: EscalationFacts,
  event: EscalationEventOf<'escalation.resolved'>,
): EscalationChange => ({
  changedAt: event.at,
  resolution: { at: event.at, by: event.by, resolution: event.resolution, note: event.note },
})

export const withdraw = (
  _: EscalationFacts,
  event: EscalationEventOf<'escalation.withdrawn'>,
): EscalationChange => ({
  changedAt: event.at,
  withdrawn: { at: event.at, by: event.by, note: event.note },
})

/** Named members replace, also with null; absent ones stay. */
function merged(items: Items, some: SomeItems): Items {
  const given = Object.entries(some).filter(([, value]) => value !== undefined)
  return { ...items, ...Object.fromEntries(given) }
}
