/**
 * Which addresses may be dialled. `public` is what everybody may reach; `private` only where the
 * operator has listed the host (portals inside a VPC are real); `never` not even then, because a
 * listed *name* does not say that its DNS may point at a metadata service.
 * Source: IANA special-purpose registries as ipaddr.js knows them, plus what it does not (below).
 */
import ipaddr from 'ipaddr.js'

export type AddressVerdict = 'public' | 'private' | 'never'

/** Instance metadata and host agents that sit on ordinary-looking addresses. */
const METADATA = new Set([
  '168.63.129.16', // Azure's host agent: a public range, answered from inside
  '100.100.100.200', // Alibaba Cloud
  '192.0.0.192', // Oracle Cloud
  'fd00:ec2::254', // AWS over IPv6
  'fd20:ce::254', // Google Cloud over IPv6
  'fd00:42::42', // Scaleway over IPv6
])

/** Names that clouds answer with credentials; refused whatever they resolve to. */
const METADATA_NAMES = [
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.com',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
  'instance-data',
  'instance-data.ec2.internal',
  'rancher-metadata',
]

const NEVER = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal', 'teredo', 'discard'])

/** A name that is refused before it is looked up. */
export const isMetadataName = (host: string): boolean =>
  METADATA_NAMES.some((name) => host === name || host.endsWith(`.${name}`))

/** Takes what a resolver or a URL gave; what it cannot read, or what names an interface (`%eth0`), is `never`. */
export function judgeAddress(text: string): AddressVerdict {
  if (text.includes('%') || !ipaddr.isValid(text)) return 'never'
  const address = ipaddr.parse(text)
  if (METADATA.has(address.toString())) return 'never'
  const range = address.range()
  if (NEVER.has(range)) return 'never'
  if (address.kind() === 'ipv4') return range === 'unicast' ? 'public' : 'private'
  return judgeIpv6(address.toByteArray(), range)
}

/**
 * IPv6 can carry an IPv4 address inside, which somebody on the way unwraps. Such a form is never
 * public, and is judged by what it carries.
 */
function judgeIpv6(bytes: readonly number[], range: string): AddressVerdict {
  const at = carriedAt(bytes, range)
  if (at !== null) return judgeCarried(bytes.slice(at, at + 4))
  // Only 2000::/3 is handed out as global unicast (RFC 4291 §2.4); ipaddr.js calls the rest unicast too.
  const global = ((bytes[0] ?? 0) & 0xe0) === 0x20
  return range === 'unicast' && global ? 'public' : 'private'
}

const judgeCarried = (octets: readonly number[]): AddressVerdict =>
  judgeAddress(octets.join('.')) === 'never' ? 'never' : 'private'

function carriedAt(bytes: readonly number[], range: string): number | null {
  if (range === '6to4') return 2
  if (range === 'ipv4Mapped' || range === 'rfc6145' || range === 'rfc6052') return 12
  // ::a.b.c.d, the deprecated "compatible" form (RFC 4291 §2.5.5.1). ::1 has its own range.
  if (range === 'unicast' && bytes.slice(0, 12).every((byte) => byte === 0)) return 12
  // ISATAP (RFC 5214 §6.1): interface identifier 0000:5efe or 0200:5efe before the IPv4 address.
  const [a, b, c, d] = bytes.slice(8, 12)
  return (a === 0 || a === 2) && b === 0 && c === 0x5e && d === 0xfe ? 12 : null
}

/** One spelling for comparing; the text itself when it is no address. */
export const sameSpelling = (text: string): string =>
  ipaddr.isValid(text) ? ipaddr.parse(text).toString() : text
