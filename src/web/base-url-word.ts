/** What is odd about a base URL somebody is typing, in sentences. Nothing is sent anywhere for it. */
import { inScope } from '../workflow/connection.ts'
import type { Ctx } from '../workflow/context.ts'
import { parseBaseUrl } from '../scim/base-url.ts'
import type { BaseUrlFinding } from '../scim/base-url.ts'

export interface Spelling {
  ok: boolean
  /** How it will be stored; null when it cannot be used. */
  baseUrl: string | null
  notes: string[]
}

const NOTES: Readonly<Record<BaseUrlFinding, string>> = {
  'surrounding-space': 'A space at an end was left away.',
  'trailing-slash': 'The slash at the end was left away.',
  'doubled-slash': 'A doubled slash was made one.',
  'plain-http':
    'Plain http: tokens would travel unprotected. Only hosts the operator lists are called so.',
  'missing-scim-v2': 'It does not end in /scim/v2. Compare it with the portal.',
  'ends-in-resource': 'It names a resource such as /Users. The base URL stops before that.',
  'scim-v1': 'It ends in /v1: SCIM 1.1 is another protocol.',
  underscore: 'It holds an underscore: Okta refuses such a base URL.',
}

const TESTING = /(^|[.-])(dev|test|testing|stage|staging|sandbox|uat|qa|preview)([.-]|\d|$)/i

export function spellingOf(typed: {
  scimBaseUrl: string
  portalUrl?: string | undefined
  environment?: string | undefined
}): Spelling {
  const parsed = parseBaseUrl(typed.scimBaseUrl)
  if (!parsed.ok) {
    const notes = ['It cannot be used: an https URL without user, query or fragment is expected.']
    return { ok: false, baseUrl: null, notes }
  }
  const notes = parsed.findings.map((finding) => NOTES[finding])
  const portal = URL.canParse(typed.portalUrl ?? '') ? new URL(typed.portalUrl ?? '').host : null
  if (portal !== null && portal !== parsed.host && portal !== new URL(parsed.baseUrl).host) {
    notes.push('Its host is not the portal’s. Make sure that both are the same environment.')
  }
  const live = /^(prod|live)/i.test(typed.environment ?? '')
  if (live && TESTING.test(parsed.host)) {
    notes.push('The environment says production, and the host looks like another one.')
  }
  return { ok: true, baseUrl: parsed.baseUrl, notes }
}

/** Many tenants may share a host, and a copied base URL is how provisioning reaches the wrong one. */
export async function otherTenantsAt(
  ctx: Ctx,
  baseUrl: string | null,
  tenantId: string | undefined,
): Promise<string[]> {
  if (baseUrl === null || tenantId === undefined) return []
  const labels = { host: [new URL(baseUrl).host], state: ['live'], ...inScope(ctx) }
  const { items } = await ctx.store.list('connection', { labels, limit: 20 })
  const other = items.find((head) => head.labels['tenantId'] !== tenantId)
  return other === undefined
    ? []
    : [
        `“${other.labels['name']}” of tenant ${other.labels['tenantId']} is at this host too. Compare the base URL with this tenant’s own portal.`,
      ]
}
