/**
 * Whose tokens does the portal list? Its name for the tenant need not be ours, so only a name that
 * another connection here goes by is held against it: then the credential opens that other tenant.
 */
import type { Mismatch } from '../../machines/rotation.facts.ts'
import type { PortalListing } from '../portals/contract.ts'
import type { Ctx } from './context.ts'

export async function foreignTenant(
  ctx: Ctx,
  expected: string,
  { tenant }: Pick<PortalListing, 'tenant'>,
): Promise<Mismatch[]> {
  if (tenant === undefined || tenant === expected) return []
  const { items } = await ctx.store.list('connection', {
    labels: { tenantId: [tenant], state: ['live'] },
    limit: 1,
  })
  if (items.length === 0) return []
  const found = ctx.scope.allows(tenant) ? tenant : 'another tenant'
  return [{ source: 'portal-tenant', expected, found }]
}
