/** What the diagnosis makes of a case: from its items, the latest checks, the rotation and the portal. */
import type { EscalationFacts } from '../../machines/escalation.facts.ts'
import { isLost } from '../../machines/rotation.policy.ts'
import { ms } from '../../machines/vocabulary.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import type { Finding } from '../diagnosis/finding.ts'
import { observationFromChecks } from '../diagnosis/from-check.ts'
import type { Observation } from '../diagnosis/observation.ts'
import type { Held } from './advance.ts'
import type { RememberedChecks } from './check-memory.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'
import { CHECKS_FRESH_MS } from './escalation-observe.ts'

export interface CaseParts {
  facts: EscalationFacts
  connection: ConnectionRecord | null
  checks: RememberedChecks | null
  rotation: Held | null
}

/** Best first; never empty: "not enough observed" is a finding as well. */
export function hypotheses(ctx: Pick<Ctx, 'catalog'>, parts: CaseParts): Finding[] {
  return diagnose(observationOf(parts), ctx.catalog).findings
}

function observationOf({ facts, connection, checks, rotation }: CaseParts): Observation {
  const { items } = facts
  const recent = checks !== null && Math.abs(ms(facts.changedAt) - ms(checks.at)) <= CHECKS_FRESH_MS
  const seen = [
    ...(rotation?.record.facts.halted?.mismatches ?? []),
    ...(connection?.hold?.mismatches ?? []),
  ]
  const foreign = seen.find(({ found }) => isForeignToken(found))
  const mismatches = seen.filter(({ found }) => !isForeignToken(found))
  const measured = recent
    ? observationFromChecks(
        checks.checks.map((check) => ({ ...check, durationMs: 0, detail: '' })),
        mismatches,
      )
    : observationFromChecks([], mismatches)
  const said = {
    httpStatus: items.httpStatus?.value ?? undefined,
    scimType: facts.scimType ?? undefined,
    operation: items.operation?.value ?? undefined,
    discoverySucceeds: items.discoverySucceeds?.value ?? undefined,
    tokenRecentlyUsed: recentlyUsed(facts),
    idp: items.idp?.value ?? undefined,
    idpScreen: connection?.idpScreen ?? undefined,
    tokenStatus: foreign === undefined ? ownStatus(facts, rotation) : ('other-tenant' as const),
    tenantMismatch: isOfOtherTenant(facts) ? true : undefined,
  }
  // What a person reads off the IdP's log is about the failing request; our checks are another one.
  const about = items.httpStatus?.witness === 'attested' ? withoutOwn(measured) : measured
  return defined({ ...about, ...defined(said), ...ofRotation(rotation, facts) })
}

/** As the checks name a token that is not of this tenant: a fact about the token, not a host. */
const isForeignToken = (found: string): boolean =>
  found === 'a token of another tenant' || found === 'another tenant'

/** Of the old token the rotation tells more: said twice, it would look like two faults. */
function ownStatus({ token }: EscalationFacts, rotation: Held | null): Observation['tokenStatus'] {
  if (token === null) return undefined
  const isOld = rotation !== null && token.portalId === rotation.record.facts.oldToken.id
  return isOld ? undefined : token.status
}

/** The status and kind of our own failing check give way; which parts succeed stays. */
function withoutOwn(measured: Observation): Observation {
  const {
    httpStatus: _status,
    scimType: _type,
    failure: _failure,
    answer: _answer,
    ...rest
  } = measured
  return rest
}

/** A use before the failure contradicts nothing: the token worked until then. */
function recentlyUsed({ items, token }: EscalationFacts): boolean | undefined {
  const said = items.tokenRecentlyUsed?.value ?? undefined
  const failedAt = items.occurredAt?.value ?? null
  const lastUsedAt = token?.lastUsedAt ?? null
  if (said !== true || failedAt === null || lastUsedAt === null) return said
  return ms(lastUsedAt) < ms(failedAt) ? undefined : said
}

const isOfOtherTenant = ({ items, reference }: EscalationFacts): boolean =>
  reference !== null && items.tenantId !== null && items.tenantId.value !== reference.tenantId

function ofRotation(rotation: Held | null, { token }: EscalationFacts): Observation {
  if (rotation === null) return {}
  const { facts } = rotation.record
  const isOld = token !== null && token.portalId === facts.oldToken.id
  const sight = isOld ? token.status : facts.reading?.old.status
  const status = sight === 'live' || sight === 'expired' || sight === 'revoked' ? sight : undefined
  const lost =
    isLost(facts) && facts.oldTokenLost?.how !== 'missing' ? facts.oldTokenLost?.how : null
  return defined({
    oldTokenStatus: lost ?? status,
    idpUpdated: facts.cutover !== null,
    oldTokenUsedSinceCutover: facts.strayUse === null ? undefined : true,
  })
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T
