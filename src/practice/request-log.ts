/** Which requests reached the practice provider, and with which token: its own audit log. */

export interface LoggedRequest {
  /** Epoch milliseconds. */
  readonly at: number
  readonly door: 'scim' | 'portal'
  readonly method: string
  /** Below the door: `/Users/42`. */
  readonly path: string
  /** Known SCIM parameters as they were sent (decoded), by name. */
  readonly query: Readonly<Record<string, string>>
  readonly userAgent: string | null
  /** The id of the token that authenticated it; null when none did. */
  readonly tokenId: string | null
  readonly status: number
}

export interface RequestLog {
  readonly entries: readonly LoggedRequest[]
  add(entry: LoggedRequest): void
  clear(): void
}

/** `npm start` may rehearse for weeks. */
const LONGEST = 5000

export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = []
  return {
    entries,
    add(entry) {
      entries.push(entry)
      if (entries.length > LONGEST) entries.shift()
    },
    clear() {
      entries.length = 0
    },
  }
}

const KNOWN = new Set([
  'filter',
  'startIndex',
  'count',
  'attributes',
  'excludedAttributes',
  'sortBy',
  'sortOrder',
])

/** Parameters nobody knows are dropped: somebody may have put a token into one. */
export function loggedQuery(url: string): Record<string, string> {
  const known = [...new URL(url).searchParams].filter(([name]) => KNOWN.has(name))
  return Object.fromEntries(known.map(([name, value]) => [name, withoutTokens(value)]))
}

/** People paste tokens into the oddest places; none of them may reach a log or an answer. */
export function withoutTokens(text: string): string {
  return text.replaceAll(/scim_[A-Za-z0-9_-]{8,}/g, '[token]')
}
