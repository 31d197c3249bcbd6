/** A rotation as a bundle tells it: an allow-list, member by member. No name of a user, no reason, no note. */
import type { TokenSight } from '../../machines/escalation.facts.ts'
import type { Mismatch, Sight } from '../../machines/rotation.facts.ts'
import type { Requirement } from '../../machines/rotation.policy.ts'
import { ms } from '../../machines/vocabulary.ts'
import type { TokenRef, TokenRole } from '../../machines/vocabulary.ts'
import type { BundleMismatch, BundleRotation } from '../support/bundle-rotation.ts'
import type { z } from 'zod'
import type { Held } from './advance.ts'
import { nameOf } from './bundle-name.ts'
import type { Ctx } from './context.ts'
import { viewOf } from './rotation-view.ts'

/** As the rotation stood at `asOf`; the screen of the IdP only changes the words of the next step. */
export function rotationPart(
  ctx: Ctx,
  held: Held,
  place: {
    asOf: string
    baseUrl: string
    screen: string | null
    sights: readonly (TokenSight | null)[]
  },
): BundleRotation {
  const { facts } = held.record
  const then = { ...ctx, clock: () => ms(place.asOf) }
  const view = viewOf(then, held, place.baseUrl, place.screen)
  // The case looked at the portal later than the rotation did.
  const token = (role: TokenRole, ref: TokenRef) =>
    tokenPart(
      ref,
      place.sights.find((sight) => ref.id !== null && sight?.portalId === ref.id) ??
        facts.reading?.[role] ??
        null,
    )
  return {
    id: view.id,
    revision: view.revision,
    status: view.status,
    step: view.step,
    direction: view.direction,
    startedAt: view.startedAt,
    startedBy: nameOf(facts.startedBy),
    cutoverAt: view.cutoverAt,
    oldToken: token('old', facts.oldToken),
    newToken: facts.newToken === null ? null : token('new', facts.newToken),
    earlierNewTokens: facts.superseded.length,
    test: view.test === null ? null : { ...view.test },
    verified: view.verified,
    evidence: view.evidence.map((e) => ({
      level: e.level,
      kind: e.kind,
      witness: e.witness,
      occurredAt: e.occurredAt,
      observedAt: e.observedAt,
      counts: e.admissible,
      why: e.why,
      operation: e.operation,
    })),
    requirements: view.requirements.map(requirementPart),
    halted:
      view.halted === null
        ? null
        : {
            at: view.halted.at,
            cause: view.halted.cause,
            mismatches: view.halted.mismatches.map(mismatchPart),
          },
    oldTokenLost: view.oldTokenLost,
    revocation:
      view.revocation === null
        ? null
        : { confirmedAt: view.revocation.confirmedAt, fault: view.revocation.fault },
    proof:
      view.proof === null
        ? null
        : {
            at: view.proof.at,
            witness: view.proof.witness,
            portalShows: view.proof.portalShows,
            retiredAnswered: view.proof.retiredAnswered,
            keptAnswered: view.proof.keptAnswered,
          },
    endedAt: view.ending?.at ?? null,
    next: { who: view.next.who, title: view.next.title, earliest: view.next.earliest ?? null },
  }
}

/** A portal's hint may be the beginning of the value: four characters are enough to find it in a list. */
const tokenPart = (
  ref: TokenRef,
  sight: Pick<Sight, 'status' | 'lastUsedAt' | 'expiresAt'> | null,
): BundleRotation['oldToken'] => ({
  portalId: ref.id,
  hint: ref.id === null ? lastFour(ref.hint) : null,
  fingerprint: ref.fingerprint,
  status: sight?.status ?? 'unknown',
  lastUsedAt: sight?.lastUsedAt ?? null,
  expiresAt: sight?.expiresAt ?? null,
})

const lastFour = (hint: string | null): string | null => {
  const shown = hint?.replaceAll(/[^\x21-\x7e]/g, '').slice(-4) ?? ''
  return shown === '' ? null : shown
}

/** What was seen of the token's name repeats its hint. */
const requirementPart = (r: Requirement): BundleRotation['requirements'][number] => ({
  code: r.code,
  met: r.met,
  detail: r.detail,
  seen: r.code === 'old-token-named' ? null : r.seen,
  unblock: r.unblock,
  who: r.who,
  earliest: r.earliest ?? null,
})

export const mismatchPart = (m: Mismatch): z.infer<typeof BundleMismatch> => ({
  source: m.source,
  expected: m.expected,
  found: m.found,
})
