/** What the checks mean: the diagnosis, with what this rotation knows of the token that was used. */
import { diagnose } from '../diagnosis/diagnose.ts'
import type { Finding } from '../diagnosis/finding.ts'
import { observationFromChecks } from '../diagnosis/from-check.ts'
import { parseBaseUrl } from '../scim/base-url.ts'
import type { FirstChecks } from '../scim/contract.ts'
import type { ConnectionRecord } from './connection.record.ts'
import type { Circumstances } from '../diagnosis/from-check.ts'
import type { Ctx } from './context.ts'

/** Circumstances that are a fault by themselves, though every check may have passed. */
const isTrouble = (known: Circumstances): boolean =>
  (known.tokenCorrections?.includes('doubled-bearer') ?? false) ||
  known.lastUseMoved === false ||
  known.portalSilent === true ||
  (known.tokenStatus !== undefined && known.tokenStatus !== 'live')

/** Empty when nothing failed. */
export function findingsOf(
  ctx: Ctx,
  connection: ConnectionRecord,
  seen: FirstChecks,
  circumstances: Circumstances = {},
): Finding[] {
  const troubled =
    seen.mismatches.length > 0 ||
    isTrouble(circumstances) ||
    seen.checks.some((c) => c.outcome === 'fail')
  if (!troubled) return []
  const observation = observationFromChecks(seen.checks, seen.mismatches, {
    idp: connection.idp,
    ...(connection.idpScreen === null ? {} : { idpScreen: connection.idpScreen }),
    ...circumstances,
  })
  return diagnose(observation, ctx.catalog).findings
}

/** What is odd about the base URL as it is kept. */
export function spelling({ scimBaseUrl }: ConnectionRecord): Circumstances {
  const url = parseBaseUrl(scimBaseUrl)
  return url.ok && url.findings.length > 0 ? { baseUrlFindings: url.findings } : {}
}
