/**
 * When a case is complete, and what in it cannot all be true.
 *
 * - Missing blocks: without one of the eight items support has to ask first, and days are lost.
 * - "Cannot be known" is an answer, with its reason: nobody should invent a status to get through.
 * - A contradiction is pointed out and does not block: what does not fit together is often the fault
 *   itself (the base URL of another tenant), and it is the first thing support should read.
 */
import { ITEM_NAMES } from './escalation.facts.ts'
import type { EscalationFacts, ItemName } from './escalation.facts.ts'
import { instant, ms } from './vocabulary.ts'
import type { Who } from './vocabulary.ts'

/** A status seen and a use shown within this span belong to the same moment. */
const SAME_MOMENT_MS = 2 * 60_000
/** Clocks of portals and people; a time beyond it has not come yet. */
const FUTURE_MS = 60_000

export interface Missing {
  item: ItemName
  reason: string
  ask: string
  who: Who
}

/** Who can answer an item, and how. */
const ASKED: Readonly<Record<ItemName, { ask: string; who: Who }>> = {
  tenantId: {
    ask: 'Name the tenant or organisation as the service provider’s portal shows it.',
    who: 'tenant-admin',
  },
  scimBaseUrl: { ask: 'Copy the SCIM base URL from the IdP’s form.', who: 'idp-admin' },
  idp: { ask: 'Say which IdP provisions: okta, entra, onelogin or generic.', who: 'idp-admin' },
  operation: {
    ask: 'Say what fails: create, update, deactivate or group-sync.',
    who: 'idp-admin',
  },
  occurredAt: {
    ask: 'Give the time of one failure from the IdP’s log, as exactly as it is shown.',
    who: 'idp-admin',
  },
  httpStatus: {
    ask: 'Give the HTTP status the IdP’s log shows for it, or "none" if no answer came.',
    who: 'idp-admin',
  },
  discoverySucceeds: {
    ask: 'Run the first checks, or open ServiceProviderConfig below the base URL, and say whether it answers.',
    who: 'tenant-admin',
  },
  tokenRecentlyUsed: {
    ask: 'Look at the token in the portal and say whether it was used in the last 24 hours.',
    who: 'tenant-admin',
  },
}

/** What still has to be answered, in the order of the guide. Empty: the case can be submitted. */
export function missingItems(facts: EscalationFacts): Missing[] {
  const asked = facts.asked
  return ITEM_NAMES.flatMap((item) => {
    const answered = facts.items[item]
    const again = asked !== null && asked.items.includes(item)
    if (answered !== null && !(again && ms(answered.at) <= ms(asked.at))) return []
    const reason =
      answered === null ? 'Nobody has said, and it could not be observed.' : 'Support asks again.'
    return [{ item, reason, ...ASKED[item] }]
  })
}

export const isComplete = (facts: EscalationFacts): boolean => missingItems(facts).length === 0

export const CONTRADICTION_CODES = [
  'tenant-not-of-connection',
  'base-url-not-of-connection',
  'idp-not-of-connection',
  'time-in-future',
  'unauthorized-but-used',
  'unanswered-but-discovered',
  'answered-but-not-discovered',
  'type-without-answer',
  'said-and-seen-differ',
] as const
export type ContradictionCode = (typeof CONTRADICTION_CODES)[number]

export interface EscalationContradiction {
  code: ContradictionCode
  items: ItemName[]
  why: string
}

/** Everything that does not fit together. What was observed stands in the sentence; what was typed is only named. */
export function contradictions(facts: EscalationFacts): EscalationContradiction[] {
  return [...elsewhere(facts), ...impossible(facts), ...differing(facts)]
}

const found = (
  code: ContradictionCode,
  items: ItemName[],
  why: string,
): EscalationContradiction => ({ code, items, why })

function elsewhere({ items, reference }: EscalationFacts): EscalationContradiction[] {
  if (reference === null) return []
  const said = (item: 'tenantId' | 'scimBaseUrl' | 'idp'): boolean =>
    items[item] !== null && items[item].value !== reference[item]
  return [
    ...(said('tenantId')
      ? [
          found(
            'tenant-not-of-connection',
            ['tenantId'],
            `The connection is for the tenant ${reference.tenantId}. If the other one is right, requests reach the wrong tenant: stop.`,
          ),
        ]
      : []),
    ...(said('scimBaseUrl')
      ? [
          found(
            'base-url-not-of-connection',
            ['scimBaseUrl'],
            `The connection has the base URL ${reference.scimBaseUrl}. One of the two is of another environment.`,
          ),
        ]
      : []),
    ...(said('idp')
      ? [found('idp-not-of-connection', ['idp'], `The connection is with ${reference.idp}.`)]
      : []),
  ]
}

function impossible(facts: EscalationFacts): EscalationContradiction[] {
  const { items, changedAt, scimType } = facts
  const tokenLastUsedAt = facts.token?.lastUsedAt ?? null
  const status = items.httpStatus?.value ?? null
  const at = items.occurredAt?.value ?? null
  const discovery = items.discoverySucceeds?.value ?? null
  const list: EscalationContradiction[] = []
  if (at !== null && ms(at) > ms(changedAt) + FUTURE_MS) {
    list.push(found('time-in-future', ['occurredAt'], 'The time given has not come yet.'))
  }
  if (status === 401 && isUsed(items.tokenRecentlyUsed?.value ?? null, tokenLastUsedAt, at)) {
    const when = tokenLastUsedAt === null ? 'recently' : `at ${tokenLastUsedAt}`
    list.push(
      found(
        'unauthorized-but-used',
        ['httpStatus', 'tokenRecentlyUsed'],
        `A request refused with 401 is no use of the token, and yet the portal shows it used ${when}. Either the IdP sends another value than this token, or something else uses it.`,
      ),
    )
  }
  if (status === 'none' && discovery === true) {
    list.push(
      found(
        'unanswered-but-discovered',
        ['httpStatus', 'discoverySucceeds'],
        'No answer came to the IdP, and discovery answers from here. The way from the IdP to the service provider may be blocked, or it was a passing failure.',
      ),
    )
  }
  if (discovery === false && typeof status === 'number' && status !== 401 && status !== 404) {
    list.push(
      found(
        'answered-but-not-discovered',
        ['discoverySucceeds', 'httpStatus'],
        `Discovery fails at this base URL, and yet SCIM answered ${status}. The IdP may use another base URL than the one named here.`,
      ),
    )
  }
  if (scimType !== null && (status === 'none' || (typeof status === 'number' && status < 400))) {
    list.push(
      found('type-without-answer', ['httpStatus'], 'A scimType stands in an error answer only.'),
    )
  }
  return list
}

/** With the portal's time: used at or after the failure. Without one: what was said. */
function isUsed(said: boolean | null, lastUsedAt: string | null, failedAt: string | null): boolean {
  if (said !== true) return false
  if (lastUsedAt === null || failedAt === null) return true
  return ms(lastUsedAt) >= ms(failedAt) - SAME_MOMENT_MS
}

function differing({ items, observed, reference }: EscalationFacts): EscalationContradiction[] {
  const covered: readonly ItemName[] = reference === null ? [] : ['tenantId', 'scimBaseUrl', 'idp']
  return ITEM_NAMES.flatMap((item) => {
    const said = items[item]
    const seen = observed[item]
    if (covered.includes(item) || said === null || seen === null) return []
    if (said.witness === 'observed' || said.value === seen.value) return []
    // A person dates one failure and names its status; the checks saw another. Both are true.
    if (item === 'occurredAt' || item === 'httpStatus' || item === 'operation') return []
    const why = `Interlock saw ${String(seen.value)} at ${instant(ms(seen.at))}; a person says otherwise.`
    return [found('said-and-seen-differ', [item], why)]
  })
}
