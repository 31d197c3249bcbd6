/** The check `token-metadata`: does the portal list the token that the base URL was just asked with, and as what? */
import type { Facts, Reading } from '../../machines/rotation.facts.ts'
import type { TokenRole } from '../../machines/vocabulary.ts'
import type { Check } from '../scim/contract.ts'

export function tokenMetadata(
  facts: Facts,
  role: TokenRole,
  reading: Reading | null,
  accepted: boolean,
): Check {
  const check = (outcome: Check['outcome'], detail: string): Check => ({
    name: 'token-metadata',
    outcome,
    durationMs: 0,
    detail,
  })
  if (!facts.portal.observable) {
    return check('skipped', 'This portal is not connected, so its list of tokens is not seen.')
  }
  if (reading === null) return check('fail', 'The portal did not show its list of tokens.')
  const sight = reading[role]
  if (sight.status !== 'live')
    return check('fail', `The portal shows the ${role} token as ${sight.status}.`)
  return check(
    'pass',
    `The portal lists the ${role} token as live${used(accepted, sight.lastUsedAt)}.`,
  )
}

function used(accepted: boolean, lastUsedAt: string | null): string {
  if (lastUsedAt !== null) return `, last used at ${lastUsedAt}`
  return accepted ? ', and does not show our use of it yet' : ', never used'
}
