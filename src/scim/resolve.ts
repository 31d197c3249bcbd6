/** From a host to the addresses that were judged and may be dialled: no others, and not looked up again. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { judgeAddress } from './address.ts'
import type { Failure } from './contract.ts'
import type { Target } from './target.ts'

/** Every address of a name, A and AAAA. Rejects when the name cannot be looked up. */
export type Resolve = (host: string) => Promise<readonly string[]>

export interface PinnedAddress {
  address: string
  family: 4 | 6
}

export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, order: 'verbatim' })).map((found) => found.address)

/**
 * One bad address refuses the whole name: a host that answers with a public and a private address is
 * either broken or trying. An address literal that the operator listed is taken at their word.
 */
export async function pinnedAddresses(
  target: Target,
  resolve: Resolve,
): Promise<PinnedAddress[] | Failure> {
  const literal = isIP(target.host) !== 0
  const found = literal ? [target.host] : await resolve(target.host).catch(() => [])
  if (found.length === 0) return 'dns-failed'
  const pinned: PinnedAddress[] = []
  for (const address of found) {
    if (!mayDial(address, target, literal)) return 'address-refused'
    pinned.push({ address, family: isIP(address) === 6 ? 6 : 4 })
  }
  return pinned
}

function mayDial(address: string, target: Target, literal: boolean): boolean {
  if (isIP(address) === 0) return false
  if (literal && target.listed) return true
  const verdict = judgeAddress(address)
  return verdict === 'public' || (verdict === 'private' && target.listed)
}
