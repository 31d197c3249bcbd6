/** The names of everything a diagnosis can conclude. Each has its words in the catalogue, none here. */

/** Keys of `data/failures.json`; a key that is missing there ends the start. */
export const FAILURE_CODES = [
  'wrong-tenant',
  'token-of-other-tenant',
  'wrong-environment',
  'redirected-elsewhere',
  'unauthorized',
  'token-revoked',
  'token-expired',
  'token-not-in-portal',
  'old-token-sent',
  'doubled-bearer',
  'header-format',
  'token-truncated',
  'token-malformed',
  'own-key-given',
  'token-missing',
  'token-never-seen',
  'token-not-used',
  'token-lapsed',
  'portal-not-seen',
  'tested-not-saved',
  'okta-local-refusal',
  'no-answer',
  'dns-failed',
  'tls-failed',
  'timed-out',
  'unreachable',
  'connection-lost',
  'answer-too-large',
  'target-refused',
  'blocked-on-the-way',
  'web-page-instead-of-scim',
  'answer-not-scim',
  'bad-request',
  'not-found',
  'stale-id',
  'wrong-base-url',
  'discovery-behind-auth',
  'filtered-miss-404',
  'resources-scoped-to-token',
  'conflict',
  'duplicate-user',
  'conflict-after-empty-lookup',
  'disable-refused',
  'group-conflict',
  'patch-refused',
  'forbidden',
  'throttled',
  'server-error',
  'unavailable',
  'operation-not-supported',
  'precondition-failed',
  'body-too-large',
  'media-type-refused',
  'redirected',
  'unknown-status',
  'discovery-works-users-fail',
  'groups-not-synced',
  'groups-off',
  'old-token-revoked-too-early',
  'old-token-still-used',
  'rotation-gap',
  'okta-failed-tasks',
  'entra-quarantine',
  'onelogin-pending',
  'redundant-export',
  'nothing-in-log',
  'left-active',
  'okta-sync-failure-without-reason',
  'contradictory-observations',
  'unknown-scim-type',
  'nothing-failed',
  'not-enough-observed',
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

/** RFC 7644 §3.12 Table 9, then the three of RFC 9865, and the finding each becomes. */
export const SCIM_FINDINGS = {
  invalidFilter: 'invalid-filter',
  tooMany: 'too-many',
  uniqueness: 'uniqueness',
  mutability: 'mutability',
  invalidSyntax: 'invalid-syntax',
  invalidPath: 'invalid-path',
  noTarget: 'no-target',
  invalidValue: 'invalid-value',
  invalidVers: 'invalid-vers',
  sensitive: 'sensitive',
  invalidCursor: 'invalid-cursor',
  expiredCursor: 'expired-cursor',
  invalidCount: 'invalid-count',
} as const
export type ScimType = keyof typeof SCIM_FINDINGS
type ScimFindingCode = (typeof SCIM_FINDINGS)[ScimType]

export const SCIM_TYPES = Object.keys(SCIM_FINDINGS) as ScimType[]

export type FindingCode = FailureCode | ScimFindingCode
export const FINDING_CODES: readonly FindingCode[] = [
  ...FAILURE_CODES,
  ...Object.values(SCIM_FINDINGS),
]

const BY_LOWER_CASE = new Map(SCIM_TYPES.map((type) => [type.toLowerCase(), type]))

/** Service providers vary the letter case; the RFC does not. `null`: not a word of the specification. */
export function scimTypeOf(word: string): ScimType | null {
  return BY_LOWER_CASE.get(word.toLowerCase()) ?? null
}
