/** A rotation as everybody sees it: the API, the pages and the command line print this. */
import type { Evidence, Facts, Mismatch } from '../../machines/rotation.facts.ts'
import { roles } from '../../machines/rotation.facts.ts'
import type { Requirement } from '../../machines/rotation.policy.ts'
import { view } from '../../machines/rotation.view.ts'
import type { MachineView } from '../../machines/rotation.view.ts'
import { instant } from '../../machines/vocabulary.ts'
import type { TokenRef, TokenRole } from '../../machines/vocabulary.ts'
import type { Held } from './advance.ts'
import type { Ctx } from './context.ts'
import { nextFor } from './guidance.ts'
import type { Next } from './guidance.ts'

export interface TokenView extends TokenRef {
  lastUsedAt: string | null
  expiresAt: string | null
}

export interface RotationView {
  id: string
  revision: number
  connectionId: string
  tenantId: string
  idp: Facts['idp']
  status: MachineView['status']
  step: MachineView['step']
  direction: Facts['direction']
  steps: MachineView['steps']
  startedAt: string
  startedBy: string
  oldToken: TokenView
  newToken: TokenView | null
  superseded: TokenRef[]
  cutoverAt: string | null
  test: { at: string; passed: boolean; failed: string[]; hosts: string[] } | null
  canary: Facts['canary']
  evidence: Evidence[]
  verified: MachineView['verified']
  requirements: Requirement[]
  halted: {
    at: string
    by: string
    cause: string
    reason: string
    mismatches: Mismatch[]
  } | null
  oldTokenLost: Facts['oldTokenLost']
  revocation: { confirmedAt: string; by: string; fault: string | null } | null
  proof: Facts['proof']
  ending: { at: string; by: string; reason: string | null } | null
  ownUses: Facts['ownUses']
  /** When the quiet window began and when it is over. */
  quiet: { since: string; until: string } | null
  next: Next
}

export function viewOf(ctx: Ctx, held: Held, baseUrl: string, screen: string | null): RotationView {
  const { facts } = held.record
  const seen = view(held.record, momentOf(facts) ?? instant(ctx.clock()))
  return {
    id: held.id,
    revision: held.revision,
    connectionId: facts.connectionId,
    tenantId: facts.tenantId,
    idp: facts.idp,
    status: seen.status,
    step: seen.step,
    direction: facts.direction,
    steps: seen.steps,
    startedAt: facts.startedAt,
    startedBy: facts.startedBy.name,
    oldToken: tokenView(facts, 'old', facts.oldToken),
    newToken: facts.newToken === null ? null : tokenView(facts, 'new', facts.newToken),
    superseded: facts.superseded,
    cutoverAt: facts.cutover?.at ?? null,
    test:
      facts.test === null
        ? null
        : {
            at: facts.test.at,
            passed: facts.test.passed,
            failed: facts.test.failed,
            hosts: facts.test.hosts,
          },
    canary: facts.canary,
    evidence: facts.evidence,
    verified: seen.verified,
    requirements: seen.requirements,
    halted:
      facts.halted === null
        ? null
        : {
            at: facts.halted.at,
            by: facts.halted.by.name,
            cause: facts.halted.cause,
            reason: facts.halted.reason,
            mismatches: facts.halted.mismatches,
          },
    oldTokenLost: facts.oldTokenLost,
    revocation:
      facts.revocation === null
        ? null
        : {
            confirmedAt: facts.revocation.confirmedAt,
            by: facts.revocation.by.name,
            fault: facts.revocation.fault,
          },
    proof: facts.proof,
    ending:
      facts.ending === null
        ? null
        : { at: facts.ending.at, by: facts.ending.by.name, reason: facts.ending.reason },
    ownUses: facts.ownUses,
    quiet: quietWindow(facts, seen.requirements),
    next: nextFor(ctx, held, seen, { baseUrl, screen }),
  }
}

/** What has ended is judged as of then: a token that expires years later does not unmake its proof. */
const momentOf = ({ ending, revocation }: Facts): string | null =>
  ending === null ? null : (revocation?.confirmedAt ?? ending.at)

function quietWindow(facts: Facts, all: Requirement[]): RotationView['quiet'] {
  const until = all.find((r) => r.code === 'old-token-quiet')?.earliest
  if (facts.cutover === null || until === undefined) return null
  return { since: facts.cutover.at, until }
}

function tokenView(facts: Facts, role: TokenRole, ref: TokenRef): TokenView {
  const sight = facts.reading?.[role] ?? null
  const told = role === 'new' ? (facts.newToken?.expiresAt ?? null) : null
  return {
    id: ref.id,
    hint: ref.hint,
    fingerprint: ref.fingerprint,
    lastUsedAt: sight?.lastUsedAt ?? null,
    expiresAt: sight?.expiresAt ?? told,
  }
}

/** What a person must repeat to confirm the revocation. */
export function nameOfRetired(facts: Facts): string | null {
  const ref = roles(facts).retire === 'old' ? facts.oldToken : facts.newToken
  return ref === null ? null : (ref.id ?? ref.fingerprint ?? ref.hint)
}
