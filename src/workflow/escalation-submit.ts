/** Submitting: the bundle is made, gated and kept before the case says so. What is kept are the bytes of the preview. */
import { decideEscalation } from '../../machines/kernel.ts'
import { instant } from '../../machines/vocabulary.ts'
import { ProblemError } from '../problem.ts'
import type { Bundle } from '../support/bundle-file.ts'
import { BUNDLE_SCHEMA } from './bundle.record.ts'
import type { BundleRecord } from './bundle.record.ts'
import { makeBundle } from './bundle-make.ts'
import type { Ctx } from './context.ts'
import {
  advanceEscalation,
  loadEscalation,
  loadEscalationForChange,
  refuse,
  testifyRefusal,
} from './escalation-advance.ts'
import type { HeldEscalation } from './escalation-advance.ts'

export interface Submitted {
  held: HeldEscalation
  bundle: { id: string; sha256: string }
}

export async function submitEscalation(ctx: Ctx, id: string, expected: number): Promise<Submitted> {
  const held = await loadEscalationForChange(ctx, id, expected)
  const bundleId = ctx.nextId('bun')
  await refuseEarly(ctx, held, bundleId)
  const bundle = await gated(ctx, held)
  const at = instant(ctx.clock())
  const record: BundleRecord = {
    schema: BUNDLE_SCHEMA,
    escalationId: held.id,
    tenantId: held.record.facts.tenantId,
    createdAt: at,
    sha256: bundle.sha256,
    zip: Buffer.from(bundle.zip).toString('base64'),
  }
  await ctx.store.commit('bundle', bundleId, 0, record, {
    at,
    actor: ctx.actor,
    event: 'bundle.made',
    outcome: 'applied',
    detail: { escalationId: held.id, sha256: bundle.sha256 },
  })
  // Should this lose against another change, the bundle stays unnamed by its case, and nobody gets it.
  const after = await advanceEscalation(ctx, held, {
    type: 'escalation.submitted',
    bundleId,
    sha256: bundle.sha256,
  })
  return { held: after, bundle: { id: bundleId, sha256: bundle.sha256 } }
}

/** What would leave, byte for byte, if it were submitted now. */
export async function previewBundle(ctx: Ctx, id: string): Promise<Bundle> {
  return makeBundle(ctx, await loadEscalation(ctx, id))
}

/** Before the work: a case that is not complete, or not open for it. */
async function refuseEarly(ctx: Ctx, held: HeldEscalation, bundleId: string): Promise<void> {
  const type = 'escalation.submitted'
  const decision = decideEscalation(held.record, {
    type,
    at: instant(ctx.clock()),
    by: ctx.actor,
    bundleId,
    sha256: '0'.repeat(64),
  })
  if (!decision.ok) await refuse(ctx, held, type, decision)
}

async function gated(ctx: Ctx, held: HeldEscalation): Promise<Bundle> {
  try {
    return await makeBundle(ctx, held)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'bundle-not-clean') {
      const fields = (error.extensions.errors ?? []).map(
        ({ path, kind }) => `${path} ${kind ?? ''}`,
      )
      await testifyRefusal(ctx, held, 'escalation.submitted', { code: error.code, fields })
    }
    throw error
  }
}
