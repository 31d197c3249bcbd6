/** The content of a bundle, section by section, from what is stored. Pure but for the catalogue's words. */
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import { contradictions, missingItems } from '../../machines/escalation.policy.ts'
import type { Who } from '../../machines/vocabulary.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { BundleContent } from '../support/bundle-schema.ts'
import { exposedIn } from './bundle-exposed.ts'
import { gapsOf } from './bundle-gap.ts'
import { nameOf } from './bundle-name.ts'
import { mismatchPart, rotationPart } from './bundle-rotation-part.ts'
import type { Source } from './bundle-source.ts'
import { timelineOf } from './bundle-timeline.ts'
import type { Ctx } from './context.ts'
import { hypotheses } from './escalation-hypothesis.ts'
import { quietMinutesOf, traitsOf } from './rotation-start.ts'

export function contentOf(ctx: Ctx, source: Source): BundleContent {
  const { held, connection, rotation, checks, asOf } = source
  const { facts, step } = held.record
  const findings = hypotheses(ctx, {
    facts,
    checks,
    rotation,
    connection: connection?.record ?? null,
  })
  const traits = connection === null ? null : traitsOf(ctx, connection.record)
  const told =
    rotation === null
      ? null
      : rotationPart(ctx, rotation, {
          asOf,
          baseUrl: connection?.record.scimBaseUrl ?? '',
          screen: connection?.record.idpScreen ?? null,
          sights: [facts.token, facts.otherToken],
        })
  return {
    format: 'interlock/bundle',
    version: 1,
    asOf,
    case: {
      id: held.id,
      revision: held.revision,
      state: step,
      openedAt: facts.openedAt,
      openedBy: nameOf(facts.openedBy),
      scimType: facts.scimType,
      correlationId: facts.correlationId,
      note: facts.note,
    },
    items: Object.fromEntries(
      ITEM_NAMES.map((name) => {
        const answer = facts.items[name]
        return [name, answer === null ? null : { ...answer, by: nameOf(answer.by) }]
      }),
    ),
    missing: missingItems(facts),
    contradictions: contradictions(facts),
    hypotheses: findings.slice(0, 4).map(findingPart),
    token: facts.token,
    connection:
      connection === null || traits === null
        ? null
        : {
            id: connection.id,
            idp: connection.record.idp,
            idpScreen: connection.record.idpScreen,
            scimBaseUrl: connection.record.scimBaseUrl,
            portal: {
              kind: connection.record.portal.kind,
              observable: traits.observable,
              overlap: traits.overlap,
              granularitySeconds: traits.granularitySeconds,
            },
            quietMinutes: quietMinutesOf(ctx, connection.record),
            held:
              connection.record.hold === null
                ? null
                : {
                    since: connection.record.hold.at,
                    mismatches: connection.record.hold.mismatches.map(mismatchPart),
                  },
          },
    checks:
      checks === null
        ? null
        : {
            at: checks.at,
            withToken: checks.withToken,
            checks: checks.checks.map((check) => ({
              name: check.name,
              outcome: check.outcome,
              httpStatus: check.httpStatus ?? null,
              scimType: (check.scimType ?? null) as never,
              failure: check.failure ?? null,
            })),
            findings: checks.findings,
          },
    rotation: told,
    timeline: timelineOf(source),
    exposed: exposedIn(source),
    gaps: gapsOf(source, traits?.observable ?? false),
    next: nextSteps(findings, told),
  }
}

const findingPart = (finding: Finding): BundleContent['hypotheses'][number] => ({
  code: finding.code,
  title: finding.title,
  meaning: finding.meaning,
  likelihood: finding.likelihood,
  because: [...finding.because],
  causes: [...finding.causes],
  checks: finding.checks.map(({ who, text }) => ({ who, text })),
  next: finding.next,
  stopRollout: finding.stopRollout,
})

function nextSteps(
  [first]: readonly Finding[],
  rotation: BundleContent['rotation'],
): BundleContent['next'] {
  const who: Who = first?.checks[0]?.who ?? 'service-provider'
  const open = rotation !== null && (rotation.status === 'active' || rotation.status === 'halted')
  return {
    who,
    steps: [
      ...(first?.stopRollout === true
        ? ['Stop the rollout: change nothing else until this is resolved.']
        : []),
      ...(first === undefined
        ? ['Look at the service provider’s log at the time given.']
        : [first.next]),
      ...(open ? [`Then go on in the rotation: ${rotation.next.title}.`] : []),
    ],
  }
}
