/** Everything a case's page is drawn from, by the same verbs and views as the API's. */
import type { Finding } from '../diagnosis/finding.ts'
import type { Entry } from '../store/contract.ts'
import { sourceOf } from '../workflow/bundle-source.ts'
import type { Ctx } from '../workflow/context.ts'
import type { HeldEscalation } from '../workflow/escalation-advance.ts'
import { hypotheses } from '../workflow/escalation-hypothesis.ts'
import { escalationView } from '../workflow/escalation-view.ts'
import type { EscalationView } from '../workflow/escalation-view.ts'
import { shownFields } from './escalation-input.ts'
import type { FormFields, SomeFields } from './escalation-input.ts'
import type { Look } from './look.ts'
import type { Refused } from './refusal.tsx'

export interface CaseData {
  look: Look
  view: EscalationView
  /** What the form shows of the case as it is stored. */
  shown: FormFields
  /** What was typed into it and not taken. */
  typed: SomeFields
  /** The connection's name, for those who may see connections. */
  connection: string | null
  /** Best first. Empty for those who read the bundle in its place. */
  findings: readonly Finding[]
  journal: readonly Entry[]
  refused: Refused | null
}

export async function caseData(
  ctx: Ctx,
  held: HeldEscalation,
  more: Pick<CaseData, 'look'> & Partial<Pick<CaseData, 'typed' | 'refused'>>,
): Promise<CaseData> {
  // What support may know of connection and rotation stands in the bundle, which was checked.
  const inside = more.look.may('connections.read')
  const source = inside ? await sourceOf(ctx, held) : null
  return {
    typed: {},
    refused: null,
    ...more,
    view: escalationView(held),
    shown: shownFields(held.record.facts),
    connection: source?.connection?.record.name ?? null,
    findings:
      source === null
        ? []
        : hypotheses(ctx, {
            facts: held.record.facts,
            checks: source.checks,
            rotation: source.rotation,
            connection: source.connection?.record ?? null,
          }),
    journal: await ctx.store.journal('escalation', held.id),
  }
}
