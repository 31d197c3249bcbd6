/**
 * The first checks from this machine, without a server or a store: `scim/` asks, `diagnosis/`
 * concludes. The portal is not seen from here, so `token-metadata` is said to be skipped.
 */
import { loadCatalog } from '../catalog.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import type { Finding } from '../diagnosis/finding.ts'
import { observationFromChecks } from '../diagnosis/from-check.ts'
import type { Idp } from '../../machines/vocabulary.ts'
import type { BaseUrlFinding } from '../scim/base-url.ts'
import { firstChecks } from '../scim/check.ts'
import { createSend } from '../scim/client.ts'
import type { Check, CheckName, Exchange, Send } from '../scim/contract.ts'
import type { AllowTargets } from '../scim/target.ts'
import type { TokenCorrection } from '../scim/token-message.ts'
import type { Secret } from '../secret.ts'

export interface CheckOrder {
  /** As `parseBaseUrl` gives it. */
  baseUrl: string
  baseUrlFindings: readonly BaseUrlFinding[]
  /** Null: only what needs none. */
  token: Secret | null
  corrections: readonly TokenCorrection[]
  idp: Idp | null
  /** Discovery is public at this service provider: a 401 to it is a fault. */
  discoveryIsPublic: boolean
  allow: AllowTargets
  timeoutMs: number
  /** Discovery has answered as SCIM at this base URL before. */
  seenBefore: boolean
  /** Told when a request goes out, and again when it was answered (or was not). */
  onRequest?: (name: CheckName, exchange: Exchange | null) => void
}

export interface CheckReport {
  checks: Check[]
  findings: Finding[]
}

export async function runCheck(order: CheckOrder): Promise<CheckReport> {
  const send = telling(createSend({ allow: order.allow }), order.onRequest)
  const seen = await firstChecks(send, {
    baseUrl: order.baseUrl,
    token: order.token,
    discoveryNeedsAuth: order.discoveryIsPublic ? 'fail' : 'note',
    timeoutMs: order.timeoutMs,
    seenBefore: order.seenBefore,
  })
  const checks = [...seen.checks, UNSEEN]
  const troubled =
    seen.mismatches.length > 0 ||
    order.corrections.includes('doubled-bearer') ||
    checks.some(({ outcome }) => outcome === 'fail')
  if (!troubled) return { checks, findings: [] }
  const observation = observationFromChecks(seen.checks, seen.mismatches, {
    ...(order.idp === null ? {} : { idp: order.idp }),
    ...(order.corrections.length === 0 ? {} : { tokenCorrections: order.corrections }),
    ...(order.baseUrlFindings.length === 0 ? {} : { baseUrlFindings: order.baseUrlFindings }),
  })
  // Read only now: a healthy provider does not wait for it.
  return { checks, findings: diagnose(observation, loadCatalog()).findings }
}

const UNSEEN: Check = {
  name: 'token-metadata',
  outcome: 'skipped',
  durationMs: 0,
  detail: 'The portal’s list of tokens is not seen from here; a connection in Interlock sees it.',
}

const NAME_OF: readonly (readonly [ending: string, name: CheckName])[] = [
  ['/ServiceProviderConfig', 'discovery'],
  ['/Users', 'list-users'],
  ['/Groups', 'list-groups'],
]

function telling(send: Send, tell: CheckOrder['onRequest']): Send {
  if (tell === undefined) return send
  return async (request) => {
    const path = request.url.split('?')[0] ?? ''
    const name = NAME_OF.find(([ending]) => path.endsWith(ending))?.[1]
    if (name !== undefined) tell(name, null)
    const exchange = await send(request)
    if (name !== undefined) tell(name, exchange)
    return exchange
  }
}
