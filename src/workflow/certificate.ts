/** The evidence record of a rotation: what was required, what was seen, who did what. For people who audit. */
import { requirements } from '../../machines/rotation.requirement.ts'
import type { Requirement } from '../../machines/rotation.policy.ts'
import { verification } from '../../machines/rotation.policy.ts'
import { instant } from '../../machines/vocabulary.ts'
import type { Entry } from '../store/contract.ts'
import type { Held } from './advance.ts'
import type { Ctx } from './context.ts'
import type { RotationView } from './rotation-view.ts'

export interface Certificate {
  format: 'interlock/certificate'
  version: 1
  rotation: Pick<
    RotationView,
    | 'id'
    | 'revision'
    | 'connectionId'
    | 'tenantId'
    | 'idp'
    | 'status'
    | 'startedAt'
    | 'startedBy'
    | 'oldToken'
    | 'newToken'
    | 'cutoverAt'
    | 'evidence'
    | 'revocation'
    | 'proof'
    | 'ending'
  >
  /** True only when the old token is revoked and every requirement held when that was decided. */
  complete: boolean
  /** As they stood when the revocation was confirmed; while it is not, as they stand now. */
  requirements: Requirement[]
  /** The event and the use that together are E6. */
  decisive: { event: string; use: string } | null
  journal: { entries: number; head: string | null }
}

export async function certificateOf(
  ctx: Ctx,
  held: Held,
  view: RotationView,
): Promise<Certificate> {
  const { facts, step } = held.record
  const at = facts.revocation?.confirmedAt ?? instant(ctx.clock())
  const all = requirements(facts, at)
  const journal: Entry[] = await ctx.store.journal('rotation', held.id)
  const e6 = verification(facts)
  return {
    format: 'interlock/certificate',
    version: 1,
    rotation: {
      id: view.id,
      revision: view.revision,
      connectionId: view.connectionId,
      tenantId: view.tenantId,
      idp: view.idp,
      status: view.status,
      startedAt: view.startedAt,
      startedBy: view.startedBy,
      oldToken: view.oldToken,
      newToken: view.newToken,
      cutoverAt: view.cutoverAt,
      evidence: view.evidence,
      revocation: view.revocation,
      proof: view.proof,
      ending: view.ending,
    },
    complete: step === 'rotated' && all.every((r) => r.met),
    requirements: all,
    decisive: e6 === null ? null : { event: e6.event.occurredAt, use: e6.use.occurredAt },
    journal: { entries: journal.length, head: journal.at(-1)?.hash ?? null },
  }
}

/** The same for reading. Plain lines; nothing in it comes from outside unchecked. */
export function certificateText(certificate: Certificate): string {
  const { rotation: r } = certificate
  const proof = r.proof
  const answered = (status: number | null | undefined): string =>
    status === null || status === undefined ? 'not asked' : String(status)
  return [
    `# Rotation ${r.id}`,
    '',
    `${certificate.complete ? 'Complete' : 'Not complete'}: status ${r.status}, tenant ${r.tenantId}, IdP ${r.idp}.`,
    '',
    `- Started ${r.startedAt} by ${r.startedBy}`,
    `- Old token: id ${r.oldToken.id ?? 'unknown'}, fingerprint ${r.oldToken.fingerprint ?? 'unknown'}`,
    `- New token: id ${r.newToken?.id ?? 'unknown'}, fingerprint ${r.newToken?.fingerprint ?? 'unknown'}`,
    `- IdP updated ${r.cutoverAt ?? 'not yet'}`,
    `- Revocation confirmed ${r.revocation?.confirmedAt ?? 'not yet'}${r.revocation === null ? '' : ` by ${r.revocation.by}`}`,
    `- Afterwards: portal shows ${proof?.portalShows ?? 'not asked'}; the token that went answers ${answered(proof?.retiredAnswered)}; the one that stays ${answered(proof?.keptAnswered)}${proof === null ? '' : ` (${proof.witness})`}`,
    '',
    '## Requirements',
    '',
    ...certificate.requirements.map((q) => `- [${q.met ? 'x' : ' '}] ${q.code}: ${q.seen}`),
    '',
    '## Evidence',
    '',
    ...r.evidence.map(
      (e) =>
        `- ${e.level} ${e.kind}, ${e.witness}, ${e.occurredAt}: ${e.admissible ? 'counts' : 'does not count'}. ${e.why}`,
    ),
    '',
    `Journal: ${certificate.journal.entries} entries, head ${certificate.journal.head ?? 'none'}.`,
    '',
  ].join('\n')
}
