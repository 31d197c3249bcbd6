/**
 * Does another tenant's base URL accept this token, too? Only base URLs on the very same host are
 * asked: a token is never sent to another host than its own.
 */
import type { Mismatch } from '../scim/contract.ts'
import type { Secret } from '../secret.ts'
import type { HeldConnection } from './connection.ts'
import { parseConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'

/** More would turn a check into a scan. */
const MOST_ASKED = 3

export async function otherTenantAccepts(
  ctx: Ctx,
  connection: HeldConnection,
  token: Secret,
): Promise<Mismatch | null> {
  const { tenantId, scimBaseUrl } = connection.record
  const host = new URL(scimBaseUrl).host
  const others = new Map<string, string>()
  const page = await ctx.store.list('connection', {
    labels: { state: ['live'], host: [host] },
    limit: 200,
  })
  for (const head of page.items) {
    if (head.labels['tenantId'] === tenantId || others.size >= MOST_ASKED) continue
    const stored = await ctx.store.load('connection', head.id)
    if (stored === null) continue
    const other = parseConnectionRecord(stored.record)
    if (other.scimBaseUrl !== scimBaseUrl) others.set(other.scimBaseUrl, other.tenantId)
  }
  for (const [baseUrl, found] of others) {
    const { checks } = await ctx.scim.firstChecks({ baseUrl, token, discoveryNeedsAuth: 'note' })
    const accepted = checks.some((c) => c.name === 'list-users' && c.outcome === 'pass')
    if (accepted) return { source: 'token-metadata', expected: tenantId, found }
  }
  return null
}
