/** The requirements that are measured: a real event, by the token that stays, while the other is quiet. */
import { roles, tokenOf } from './rotation.facts.ts'
import type { Facts } from './rotation.facts.ts'
import {
  ATTESTED_READING_FRESH_MS,
  attributableEvents,
  hiddenUntil,
  isDead,
  isGone,
  isLost,
  isUndoing,
  isUntouched,
  quietMs,
  quietUntil,
  usedAfterCutover,
  verification,
} from './rotation.policy.ts'
import type { Requirement } from './rotation.policy.ts'
import { keptUse } from './rotation.use.ts'
import { instant, ms } from './vocabulary.ts'

export function eventVerified(facts: Facts): Requirement {
  const [event] = attributableEvents(facts)
  const { keep, retire } = roles(facts)
  const hidden = hiddenUntil(facts)
  const counted = facts.evidence.filter(
    (e) => e.admissible && (e.level === 'E4' || e.level === 'E5'),
  )
  const tooEarly = event === undefined && counted.some((e) => ms(e.occurredAt) < hidden)
  const refused = facts.evidence.findLast((e) => !e.admissible && e.level === 'E4')
  return {
    code: 'provisioning-event-verified',
    met: event !== undefined,
    detail: 'A real write for the pilot user reached this tenant after the IdP was updated.',
    seen:
      event !== undefined
        ? `${event.level} at ${event.occurredAt} (${event.witness}).`
        : tooEarly
          ? `An event at ${counted.at(-1)?.occurredAt ?? ''}, but so soon after the ${retire} token’s last use that the portal could hide another.`
          : refused === undefined
            ? 'No event since the IdP was updated. A connection test does not count.'
            : `One that does not count: ${refused.why}`,
    unblock: `Change the pilot user at the IdP, for instance with the canary, and let it provision with the ${keep} token.`,
    who: 'idp-admin',
    ...(tooEarly ? { earliest: instant(hidden) } : {}),
  }
}

export function newTokenInUse(facts: Facts): Requirement {
  const { keep } = roles(facts)
  const found = verification(facts)
  const use = facts.evidence.findLast((e) => e.level === 'E3')
  return {
    code: 'new-token-in-use',
    met: found !== null,
    detail: `The portal shows the ${keep} token used at or after that event, and not by Interlock.`,
    seen:
      found !== null
        ? `Used at ${found.use.occurredAt} (${found.use.witness}).`
        : use === undefined
          ? facts.reading !== null && keptUse(facts, facts.reading) !== null
            ? 'Only our own requests so far.'
            : 'No use seen since the IdP was updated.'
          : use.admissible
            ? `Used at ${use.occurredAt}, but no event goes with it yet.`
            : `Used at ${use.occurredAt}. ${use.why}`,
    unblock: `Make sure the ${keep} token is saved at the IdP, then let it provision the pilot again.`,
    who: 'idp-admin',
  }
}

export function oldTokenQuiet(facts: Facts, now: string): Requirement {
  const { keep, retire } = roles(facts)
  const reading = facts.reading
  const since = facts.cutover?.at ?? null
  const until = quietUntil(facts)
  const fresh =
    reading !== null &&
    (facts.portal.observable || ms(reading.readAt) >= ms(now) - ATTESTED_READING_FRESH_MS)
  const used = facts.strayUse !== null || (reading !== null && usedAfterCutover(facts, reading))
  const gone = isGone(facts)
  // A person's clock may run ahead of ours: a reading shows nothing of the time that has not come yet.
  const shownUntil = reading === null ? 0 : Math.min(ms(reading.readAt), ms(now))
  const quiet = !used && until !== null && shownUntil >= until
  return {
    code: 'old-token-quiet',
    met: gone || (since !== null && fresh && quiet),
    detail: `The ${retire} token has not been used since the IdP was updated, for ${Math.ceil(quietMs(facts) / 1000)} s.`,
    seen: gone
      ? `The ${retire} token is gone already (${facts.oldTokenLost?.how ?? reading?.[retire].status ?? ''}).`
      : since === null
        ? 'The IdP has not been updated yet.'
        : reading === null
          ? 'Nobody has looked since the IdP was updated.'
          : used
            ? `Used at ${facts.strayUse?.lastUsedAt ?? reading[retire].lastUsedAt ?? ''}, after the IdP was updated at ${since}.`
            : !fresh
              ? `Last looked at ${reading.readAt}: too long ago.`
              : `Quiet from ${since} to ${reading.readAt}.`,
    unblock: used
      ? `Something still holds the ${retire} token. Save the ${keep} token there, then record the IdP update again.`
      : reading === null || !fresh
        ? 'Look at the portal now.'
        : 'Wait until the quiet window is over, then look again.',
    who: used ? 'idp-admin' : 'tenant-admin',
    ...(until === null || used || gone ? {} : { earliest: instant(until) }),
  }
}

/** Taking a new token back needs one thing only: that nobody has begun to use it. */
export function untouched(facts: Facts): Requirement {
  const met = isUntouched(facts, facts.reading)
  return {
    code: 'old-token-quiet',
    met,
    detail: 'Nobody but Interlock has used the new token.',
    seen: met
      ? 'No use that is not ours.'
      : 'The portal shows a use that is not ours, or could not be read.',
    unblock: 'Look at the portal: something may hold the new token already.',
    who: 'tenant-admin',
  }
}

export function newTokenLive(facts: Facts, now: string): Requirement {
  const { keep } = roles(facts)
  const sight = facts.reading?.[keep] ?? null
  const told = keep === 'new' ? (facts.newToken?.expiresAt ?? null) : null
  const expiresAt = sight?.expiresAt ?? told
  const expired = expiresAt !== null && ms(expiresAt) <= ms(now)
  const lost = keep === 'old' && isLost(facts)
  const seenLive = facts.portal.observable
    ? sight?.status === 'live'
    : (facts.test?.passed === true || isUndoing(facts)) && !isDead(sight?.status ?? 'unknown')
  return {
    code: 'new-token-live',
    met: tokenOf(facts, keep) !== null && seenLive && !expired && !lost,
    detail: `The ${keep} token is listed, not revoked and not expired.`,
    seen:
      tokenOf(facts, keep) === null
        ? 'There is no new token yet.'
        : lost
          ? `It died at ${facts.oldTokenLost?.at ?? ''}.`
          : expired
            ? `Expired at ${expiresAt}.`
            : sight === null
              ? 'Not looked at since it was tested.'
              : `The portal shows it as ${sight.status}${expiresAt === null ? '' : `, until ${expiresAt}`}.`,
    unblock: `Look at the portal. If the ${keep} token is gone, create another and update the IdP again.`,
    who: 'tenant-admin',
  }
}
