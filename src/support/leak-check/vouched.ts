/**
 * Identifiers that need their label to be told from a token: the label stands right in front of the
 * value, and vouches only for the shapes such identifiers have.
 */

const BETWEEN =
  '(?:\\s?\\(?(?:(?:hmac-)?sha-?\\d{1,3}|md5|hex|short|full|v\\d|[\\w-]{1,40}\\.[a-z0-9]{2,4})\\)?)?["\'`]?\\\\*["\'`]?[\\s:=(\\[{>#*|-]{0,6}(?:is|was|of|at|ist|lautet|est)?[\\s:=]{0,3}(?:W/)?\\\\*["\'`]?[([<]?$'

const labelled = (words: string): RegExp => new RegExp(`(?<![a-z])(?:${words})${BETWEEN}`, 'i')

const PLAIN_ID = /^(?:[0-9a-f]{24}|[0-9a-f]{32}|[A-Za-z0-9_-]{8,28})$/

/** A label that stands right before a value, and the shapes it vouches for. */
const LABELLED: readonly (readonly [RegExp, RegExp])[] = [
  [
    labelled(
      '(?:[a-z]{0,12}[ _-]?)?(?:fingerprint|fp|fingerabdruck|empreinte|thumbprint|digest|checksum|hash)|pr(?:ü|ue)fsumme|sha-?\\d{1,3}|md5|x5t(?:#s256)?|kid|signature|public[ _-]?key',
    ),
    /^(?:[0-9a-f]{12,64}|[0-9a-f]{96}|[0-9a-f]{128}|[\w+/-]{27}=?|[\w+/-]{43}=?|[\w+/-]{86}(?:==)?)$/i,
  ],
  [
    labelled(
      '(?:[a-z]{1,12}[ ._-])?(?:commit|revision|rev|head|merge|build|tree|parent|layer|image|container|version|sha|checkout|cherry-pick)|image tag|docker(?: [a-z]{2,7})?',
    ),
    /^(?:[0-9a-f]{12}|[0-9a-f]{40}|[0-9a-f]{64})$/,
  ],
  [
    labelled('etag|if-(?:none-)?match'),
    /^(?:[0-9a-f]{12,64}|[0-9a-f]{4,32}(?:-[0-9a-f]{1,32}){1,3}|[\w+/-]{27}=?)$/i,
  ],
  [/W\/\\*"$/, /^[\w+/=.-]{1,64}$/],
  [
    labelled(
      '(?:x-)?(?:[a-z]{1,12}[ _.-]?)?(?:(?:trace|span|correlation|request|req|transaction|operation|activity|invocation|message|event|batch|job|run|cycle|sync)[ _.-]?(?:id|uuid|no|nr|number|ref|reference)|trace|traces\\/|span|correlation)|(?:id|kennung) (?:de |der )?(?:requ(?:ê|e)te|corr(?:é|e)lation|anfrage)|rid|cid|cf-ray|ray[ -]id|x-amz-cf-id|x-amz-id-2|x-amz[a-z-]*-id',
    ),
    /^(?:[A-Za-z0-9@_-]{8,36}(?:-[A-Z]{3})?|[A-Z0-9]{10,14}:[0-9A-F]{8})$/,
  ],
  [labelled('x-amz-cf-id|x-amz-id-2'), /^[\w+/-]{40,80}={0,2}$/],
  // The sixteen bytes of an objectGUID, as Entra and Active Directory exchange them.
  [
    labelled('(?:on-?premises)?immutable[ _-]?id|source[ _-]?anchor|object[ _-]?guid'),
    /^[A-Za-z0-9+/]{22}==$/,
  ],
  [/members?["']?\s?[:=]\s?\[?\s?\{?\s?["']?value["']?\s?[:=]\s?["']$/i, PLAIN_ID],
  [labelled('message[ _-]?id'), /^[\w.+-]{8,64}@[\w.-]{3,64}$/],
  [labelled('boundary'), /^[-=_.\w]{8,64}$/],
  [
    // Case counts: `userId` and `user_id` are labels, `invalid` is not.
    new RegExp(
      `(?:(?<![A-Za-z])(?<!(?:session|secret)[ _.-]?)(?:id|ID|Id|ids|IDs|uid|UID|guid|GUID|oid|identifier)|[a-z](?<![sS]ession|[sS]ecret)(?:Id|ID|Ids|Uid|Guid))${BETWEEN}`,
    ),
    PLAIN_ID,
  ],
  [labelled('user|group|benutzer|gruppe|utilisateur|object|resource|member'), /^[0-9a-f]{24}$/i],
  [/\/(?:Users|Groups|apps|instance|policies|users|groups)\/$/, PLAIN_ID],
]

/** Some label's letters: without them no label is looked for. */
const HINT =
  /id|fp|anchor|docker|kennung|print|empreinte|abdruck|digest|check|hash|summe|sha|md5|x5t|sign|public|commit|rev|head|merge|build|tree|parent|layer|image|contain|version|etag|match|check|trace|span|req|corr|no|nr|number|ref|ray|amz|bound|user|group|object|resource|member|benutzer|gruppe|utilisateur|apps|instance|policies|W\//i

/** True when the label in front of `value` says that it is meant to be quoted. */
export function vouchedFor(before: string, value: string): boolean {
  let hinted: boolean | null = null
  for (const [label, shape] of LABELLED) {
    if (!shape.test(value)) continue
    hinted ??= HINT.test(before)
    if (!hinted) return false
    if (label.test(before)) return true
  }
  return false
}
