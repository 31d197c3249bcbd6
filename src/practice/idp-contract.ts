/** An IdP as a service provider meets it: what it sends, and what it would write into its own log. */

export type IdpKind = 'okta' | 'entra' | 'onelogin'

/** `verbatim`: the form's text is the header. `prefixed`: `Bearer ` is put before it. */
export type HeaderFormat = 'verbatim' | 'prefixed'

/** Node's own `fetch` fits; redirects must be left alone by whatever is given. */
export type IdpFetch = (url: string, init: RequestInit) => Promise<Response>

export interface IdpOrder {
  baseUrl: string
  fetch?: IdpFetch
  /** Default: what the IdP's usual template does (Okta header auth: verbatim; the others: prefixed). */
  headerFormat?: HeaderFormat
  /** How users are changed. Default: Okta `put` (AIW), Entra `patch`, OneLogin `put`. Entra knows no other. */
  writes?: 'put' | 'patch'
  clock?: () => number
}

/** One line of the IdP's provisioning log. */
export interface IdpEvent {
  /** Epoch milliseconds. */
  at: number
  operation: 'create' | 'update' | 'deactivate' | 'group-sync' | 'read'
  subject: string
  /** `skipped`: it looked and found nothing to change (Entra: RedundantExport). */
  outcome: 'success' | 'failure' | 'skipped'
  /** Of the request that decided it; null when there was no answer. */
  httpStatus: number | null
  reference: string
}

export interface IdpTest {
  green: boolean
  httpStatus: number | null
}

/** A request as it went out. The token itself is cut out of `authorization`. */
export interface IdpRequest {
  method: string
  /** With the query, decoded. */
  path: string
  authorization: string
  userAgent: string | null
  contentType: string | null
  body: unknown
}

export interface IdpState {
  kind: IdpKind
  form: 'empty' | 'entered' | 'tested'
  saved: boolean
  /** False while the form holds something else than what was saved. */
  formIsSaved: boolean
  pending: number
}

export interface IdpHand {
  readonly kind: IdpKind
  readonly log: readonly IdpEvent[]
  readonly requests: readonly IdpRequest[]
  state(): IdpState
  /** Into the form only, exactly as it is typed. */
  enterToken(value: string): void
  /** With the form's value, saved or not. */
  testConnection(): Promise<IdpTest>
  save(): void
  /** With the saved value. What fails stays pending. */
  provision(order: {
    userName: string
    change: Readonly<Record<string, unknown>>
  }): Promise<IdpEvent>
  deactivate(order: { userName: string }): Promise<IdpEvent>
  /** `members` are user names that were provisioned before. */
  pushGroup(order: { displayName: string; members: readonly string[] }): Promise<IdpEvent>
  /** What the IdP does by itself from time to time: its background reads, then everything pending. */
  runCycle(): Promise<IdpEvent[]>
}

/** What differs between the IdPs. All of them throw `CallFailed` when an answer is not a success. */
export interface IdpDialect {
  readonly kind: IdpKind
  readonly headerFormat: HeaderFormat
  readonly headers: Readonly<Record<string, string>>
  test(call: Call): Promise<Reply>
  /** Background reads of a cycle. */
  background(call: Call): Promise<Reply[]>
  /** Looks, creates or changes; answers what was done. */
  write(call: Call, target: UserTarget): Promise<Done>
  group(call: Call, target: GroupTarget): Promise<Done>
}

export interface UserTarget {
  userName: string
  /** Attributes to be set; `active: false` deactivates. */
  change: Readonly<Record<string, unknown>>
  /** The service provider's id when an earlier write learned it. */
  knownId: string | null
}

export interface GroupTarget {
  displayName: string
  memberIds: readonly string[]
}

export interface Done {
  operation: 'create' | 'update' | 'skipped'
  id: string
  status: number
}

export interface Reply {
  status: number
  /** Parsed JSON; null when it is none. */
  body: Record<string, unknown> | null
}

export type Call = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  body?: object,
) => Promise<Reply>

/** The answer was not a success; `status` null means there was none. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  readonly status: number | null

  constructor(status: number | null) {
    super(`HTTP ${status ?? 'no answer'}`)
    this.status = status
  }
}
