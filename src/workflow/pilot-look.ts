/** Reading the pilot user with the token that stays: what it shows, and the use of the token it costs. */
import type { Mismatch, OwnUse } from '../../machines/rotation.facts.ts'
import { ms } from '../../machines/vocabulary.ts'
import type { Secret } from '../secret.ts'
import type { HeldConnection } from './connection.ts'
import type { Ctx } from './context.ts'

export interface SeenPilot {
  /**
   * The service provider's own time of the last change; null when it says none, or when its clock
   * disagrees with ours by more than the `Date` header can show: then only the canary counts.
   */
  modifiedAt: string | null
  canaryPresent: boolean | null
  ownUse: OwnUse | null
  mismatches: Mismatch[]
}

/** Null when the connection names no pilot user. Attribute: `title`, harmless and in every IdP's mapping. */
export async function readPilotUser(
  ctx: Ctx,
  connection: HeldConnection,
  token: Secret,
  canaryValue: string | null,
): Promise<SeenPilot | null> {
  if (connection.record.pilotUser === null) return null
  const seen = await ctx.scim.readPilot({
    baseUrl: connection.record.scimBaseUrl,
    token,
    userName: connection.record.pilotUser,
    canary: canaryValue === null ? null : { attribute: 'title', value: canaryValue },
  })
  if (seen.outcome === 'no-answer') {
    return { modifiedAt: null, canaryPresent: null, ownUse: seen.ownUse, mismatches: [] }
  }
  const found = seen.outcome === 'found' ? seen : null
  const clocksAgree = seen.clock === null || (seen.clock.lowMs <= 0 && seen.clock.highMs >= 0)
  return {
    modifiedAt: clocksAgree ? (found?.lastModified ?? null) : null,
    canaryPresent: found?.canaryPresent ?? null,
    ownUse: seen.ownUse,
    mismatches: seen.mismatches,
  }
}

/** Earliest first, so that the last one is the latest. */
export const inOrder = (uses: readonly OwnUse[]): OwnUse[] =>
  uses.toSorted((a, b) => ms(a.startedAt) - ms(b.startedAt))
