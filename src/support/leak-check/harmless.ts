/**
 * Shapes that look random and are certainly no secret: identifiers that systems print to be quoted.
 * Nothing here overrides a known token, a vendor shape or a secret's label.
 */

const FRONT = '(?<![A-Za-z0-9])'
const BACK = '(?![A-Za-z0-9])'
const POD = '[bcdfghjklmnpqrstvwxz2456789]'
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const CLOUDS = 'cloudfront\\.net|amazonaws\\.com|azurewebsites\\.net|run\\.app|awsapps\\.com'
const ASSETS = '(?:chunk\\.|min\\.|bundle\\.)?(?:m?js|css|map|woff2?|png|svg|webp|jpg)'
const NAMED =
  'usr|users?|grp|groups?|evt|event|req|request|org|conn?|connection|dir|directory|directory_user|directory_group|app|rot|rotation|esc|escalation|bun|bundle|acct|cus|tenant|ten|env|wrk|job|run|task|msg|inc|case|ent|entry|scimcfg'

interface Group {
  /** Without one of these in the chunk the shapes cannot be there: most chunks skip most groups. */
  signs: readonly string[]
  /** True: every shape has an odd part of hexadecimal digits only. */
  hex?: true
  flags: 'g' | 'gi'
  shapes: readonly string[]
}

/** Every shape is bounded on both sides and runs over one chunk of limited length. */
const GROUPS: readonly Group[] = [
  {
    // Dates and times, durations (ISO 8601).
    signs: ['T', 'W', 'P', '_'],
    flags: 'g',
    shapes: [
      `${FRONT}\\d{4}-(?:\\d\\d-\\d\\d|W\\d\\d-\\d)(?:[T_]\\d\\d[:.]?\\d\\d(?:[:.]?\\d\\d(?:[.,]\\d{1,9})?)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?${BACK}`,
      `${FRONT}\\d{8}T\\d{4,6}(?:[.,]\\d{1,9})?Z?${BACK}`,
      `${FRONT}P(?=[\\dT])(?:\\d{1,4}[YMWD]){0,4}(?:T(?:\\d{1,4}[HMS]){1,3})?${BACK}`,
    ],
  },
  {
    signs: ['-'],
    hex: true,
    flags: 'gi',
    shapes: [
      // Entra synchronisation jobs, before the UUID in them is taken away.
      `(?<=[a-z]\\.)[0-9a-f]{32}\\.(?:[0-9a-f]{32}|${UUID})${BACK}`,
      `${FRONT}${UUID}${BACK}`,
      // W3C trace context, AWS X-Ray.
      `${FRONT}00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-9a-f]${BACK}`,
      `${FRONT}1-[0-9a-f]{8}-[0-9a-f]{24}${BACK}`,
      // EC2 resources, hardware addresses.
      `${FRONT}(?:i|vpc|subnet|sg|eni|vol|ami|snap|rtb|igw|nat|acl|eipalloc|vpce|tgw|lt|fs)-(?:[0-9a-f]{8}|[0-9a-f]{17})${BACK}`,
      `${FRONT}(?:[0-9a-f]{2}-){5,7}[0-9a-f]{2}${BACK}`,
    ],
  },
  {
    signs: ['-'],
    flags: 'g',
    shapes: [
      // HCP Terraform's ids; names that Kubernetes derives, behind the name they come from.
      `${FRONT}(?:at|ws|run|team|user|org|ot|plan|apply|varset|scimcfg)-[1-9A-HJ-NP-Za-km-z]{16}${BACK}`,
      `(?<=[a-z]{2,}-)(?:[0-9a-f]{8,10}|${POD}{8,10})-[a-z0-9]{5}(?![A-Za-z0-9-])`,
    ],
  },
  {
    // The instance part of an IAM Identity Center base URL.
    signs: ['/scim/'],
    flags: 'gi',
    shapes: [`${FRONT}[0-9a-z]{10,12}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=/scim/)`],
  },
  {
    signs: [':'],
    hex: true,
    flags: 'gi',
    shapes: [
      // Certificate fingerprints (16, 20 or 32 bytes), hardware and network addresses.
      `${FRONT}(?:[0-9a-f]{2}:){15}(?:(?:[0-9a-f]{2}:){4})?(?:(?:[0-9a-f]{2}:){12})?[0-9a-f]{2}${BACK}`,
      `${FRONT}(?:[0-9a-f]{2}:){5,7}[0-9a-f]{2}${BACK}`,
      `${FRONT}(?:2[0-9a-f]{3}|3[0-9a-f]{3}|f[cd][0-9a-f]{2}|fe80|64):[0-9a-f:]{2,34}${BACK}`,
      // Digests that name their algorithm, containers.
      `${FRONT}md5:[0-9a-f]{32}${BACK}`,
      `${FRONT}sha-?1:[0-9a-f]{40}${BACK}`,
      `${FRONT}(?:sha-?256:|docker://|containerd://|cri-o://)[0-9a-f]{64}${BACK}`,
      `${FRONT}sha-?(?:384:[0-9a-f]{96}|512:[0-9a-f]{128})${BACK}`,
    ],
  },
  {
    // SSH fingerprints, subresource integrity.
    signs: ['SHA256:', 'sha256:', 'sha256-', 'sha384-', 'sha512-'],
    flags: 'g',
    shapes: [
      `${FRONT}(?:SHA256:|sha256[:-])[A-Za-z0-9+/_-]{43}=?${BACK}`,
      `${FRONT}sha384-[A-Za-z0-9+/]{64}${BACK}`,
      `${FRONT}sha512-[A-Za-z0-9+/]{86}={0,2}`,
    ],
  },
  {
    signs: ['/'],
    hex: true,
    flags: 'gi',
    shapes: [
      `(?<=/(?:commits?|tree|blob|raw|compare|revision)/)[0-9a-f]{7,40}(?:\\.{2,3}[0-9a-f]{7,40})?${BACK}`,
    ],
  },
  { signs: ['@'], hex: true, flags: 'g', shapes: [`(?<=[a-z]@)[0-9a-f]{40}${BACK}`] },
  {
    signs: ['.'],
    hex: true,
    flags: 'gi',
    shapes: [`(?<=[a-z][.-])[0-9a-f]{8,20}(?=\\.${ASSETS}${BACK})`],
  },
  {
    signs: ['.cloudfront.', '.amazonaws.', '.azurewebsites.', '.run.app', '.awsapps.'],
    flags: 'gi',
    shapes: [`(?<![0-9a-z-])[0-9a-z-]{6,40}(?=\\.(?:[0-9a-z-]{1,40}\\.){0,3}(?:${CLOUDS})${BACK})`],
  },
  {
    signs: ['_'],
    flags: 'gi',
    shapes: [
      // The whole name: `user_` in front of a longer token, or inside one, names nothing.
      `${FRONT}(?:${NAMED})_[0-9a-z]{6,27}(?![0-9a-z_+=~-]|\\.(?![a-z]{1,4}${BACK})[0-9a-z])`,
      `${FRONT}fp_[0-9a-f]{8,64}${BACK}`,
    ],
  },
  {
    // Our own requests and keys: their random part is base64, which holds `-` and `_` as well.
    signs: ['_'],
    flags: 'g',
    shapes: [
      `${FRONT}req_[A-Za-z0-9_-]{16}(?![A-Za-z0-9_+=~-])`,
      `${FRONT}key_0[a-z][0-9a-z]{7}0[0-9a-z]{3}[A-Za-z0-9_-]{12}(?![A-Za-z0-9_+=~-])`,
    ],
  },
  {
    signs: ['0'],
    flags: 'g',
    shapes: [
      // Okta: a prefix by kind of object, 20 characters in all.
      `${FRONT}(?<![_-])(?:00[a-z]|0o[a-z]|0pr|0ua|0la)[A-Za-z0-9]{17}(?![A-Za-z0-9_-])`,
      // Addresses in memory, as crashes print them.
      `${FRONT}0x[0-9a-f]{6,16}${BACK}`,
      // ULIDs made since 2017, alone or behind a word.
      `${FRONT}01(?:[B-N][0-9A-HJKMNP-TV-Z]{23}|[b-n][0-9a-hjkmnp-tv-z]{23})${BACK}`,
    ],
  },
  {
    // Salesforce records.
    signs: ['000'],
    flags: 'g',
    shapes: [`${FRONT}[0-9a][0-9A-Za-z]{4}0{2,5}[0-9A-Za-z]{5,8}(?:[A-Z0-5]{3})?${BACK}`],
  },
  { signs: ['aus'], flags: 'g', shapes: [`${FRONT}(?<![_-])aus[A-Za-z0-9]{17}(?![A-Za-z0-9_-])`] },
  {
    signs: ['evt'],
    flags: 'g',
    shapes: [`${FRONT}(?<![_-])evt[A-Za-z0-9_-]{20,22}(?![A-Za-z0-9_-])`],
  },
]

const BEGINS = [...new Set(GROUPS.flatMap(({ signs }) => signs.map((sign) => sign.charAt(0))))]
const COMPILED = GROUPS.map(({ signs, hex, flags, shapes }) => ({
  /** The first one of each sign: one look at the chunk tells which groups can be in it. */
  begins: signs.reduce((mask, sign) => mask | maskOf(sign.charCodeAt(0)), 0),
  signs: signs.every((sign) => sign.length === 1) ? [] : signs,
  hex: hex === true,
  patterns: shapes.map((shape) => new RegExp(shape, flags)),
}))

/** One bit for each of the signs; letters and digits that begin none share no bit. */
function maskOf(code: number): number {
  const at = BEGINS.indexOf(String.fromCharCode(code))
  return at < 0 ? 0 : 1 << at
}

const MASKS: Int32Array = Int32Array.from({ length: 128 }, (_, code) => maskOf(code))

const HEX_PART = /(?<![A-Za-z0-9])[0-9A-Fa-f]{2,}(?![A-Za-z0-9])/

/** The same length of blanks in the place of everything certain by its shape. */
export function blankHarmless(chunk: string): string {
  let mask = 0
  for (let index = 0; index < chunk.length; index += 1) mask |= MASKS[chunk.charCodeAt(index)] ?? 0
  let hasHex: boolean | null = null
  let left = chunk
  for (const { begins, signs, hex, patterns } of COMPILED) {
    if ((begins & mask) === 0) continue
    if (signs.length > 0 && !includesOne(chunk, signs)) continue
    if (hex && !(hasHex ??= HEX_PART.test(chunk))) continue
    for (const pattern of patterns) left = left.replace(pattern, blanks)
  }
  return left
}

function includesOne(chunk: string, signs: readonly string[]): boolean {
  for (const sign of signs) if (chunk.includes(sign)) return true
  return false
}

function blanks(match: string): string {
  return ' '.repeat(match.length)
}
