/** `GET /v1/audit`: every journal, merged in order of time. */
import { z } from '@hono/zod-openapi'
import { Actor, Instant } from '../../machines/vocabulary.ts'
import type { Scope } from '../access/scope.ts'
import { BadCursor } from '../store/contract.ts'
import type { Entry, Head, Kind, Store } from '../store/contract.ts'
import type { Mount } from './env.ts'
import { PageQuery, pageOf, SentTime } from './paging.ts'
import { ok, route } from './route.ts'

const AuditEntry = z
  .strictObject({
    kind: z.string(),
    id: z.string(),
    seq: z.number().int(),
    at: Instant,
    actor: Actor,
    event: z.string(),
    outcome: z.enum(['applied', 'refused']),
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .optional(),
    previousHash: z.string().nullable(),
    hash: z.string(),
  })
  .openapi('AuditEntry')
type AuditEntry = z.infer<typeof AuditEntry>

const audit = route({
  method: 'get',
  path: '/v1/audit',
  permission: 'audit.read',
  summary: 'All journals in order',
  request: { query: PageQuery.extend({ since: SentTime.optional() }) },
  responses: { 200: ok(pageOf(AuditEntry), 'Entries, oldest first.') },
  refusals: ['bad-cursor'],
})

/** Kept answers testify to nothing. */
const TOLD: readonly Kind[] = ['connection', 'rotation', 'escalation', 'bundle', 'key']

export const mountAudit =
  (store: Store): Mount =>
  (app) =>
    app.openapi(audit, async (c) => {
      const { limit, cursor, since } = c.req.valid('query')
      const after = cursor === undefined ? (since ?? '') : fromCursor(cursor)
      const wanted = await entriesAfter(store, c.get('scope'), after, limit + 1)
      const items = wanted.slice(0, limit)
      const last = wanted.length > limit ? items.at(-1) : undefined
      return c.json({ items, nextCursor: last === undefined ? null : toCursor(last) }, 200)
    })

/**
 * Reads every journal in scope, some at a time, and keeps the earliest `most` entries. A journal is
 * read whole, since an aggregate's `updatedAt` does not tell of refusals that were only testified.
 */
async function entriesAfter(
  store: Store,
  scope: Scope,
  after: string,
  most: number,
): Promise<AuditEntry[]> {
  let earliest: AuditEntry[] = []
  for (const kind of TOLD) {
    let cursor: string | undefined
    do {
      const page = await store.list(kind, {
        limit: 64,
        ...(cursor === undefined ? {} : { cursor }),
      })
      const heads = page.items.filter((head) => isVisible(head, scope))
      const journals = await Promise.all(
        heads.map(async (head) => told(head, await store.journal(kind, head.id))),
      )
      const found = journals.flat().filter((entry) => place(entry) > after)
      earliest = [...earliest, ...found]
        .sort((a, b) => (place(a) < place(b) ? -1 : 1))
        .slice(0, most)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }
  return earliest
}

/** What belongs to no tenant (keys) is for those who see all of them. */
function isVisible(head: Head, scope: Scope): boolean {
  const { tenantId } = head.labels as { tenantId?: string }
  return tenantId === undefined ? scope.tenants === 'all' : scope.allows(tenantId)
}

const told = (head: Head, journal: readonly Entry[]): AuditEntry[] =>
  journal.map(({ seq, at, actor, event, outcome, detail, previousHash, hash }) => ({
    kind: head.kind,
    id: head.id,
    seq,
    at,
    actor,
    event,
    outcome,
    ...(detail === undefined ? {} : { detail: readable(detail) }),
    previousHash,
    hash,
  }))

const readable = (detail: NonNullable<Entry['detail']>): NonNullable<AuditEntry['detail']> =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === 'object' ? [...value] : value,
    ]),
  )

/** Where an entry stands in the order of all: time first, then a fixed order of what happened at once. */
const place = ({ at, kind, id, seq }: AuditEntry): string =>
  `${at} ${kind} ${id} ${String(seq).padStart(9, '0')}`

const toCursor = (entry: AuditEntry): string => Buffer.from(place(entry)).toString('base64url')

function fromCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!/^\d{4}-[0-9T:.-]+Z [a-z]+ [A-Za-z0-9_-]+ \d{9}$/.test(text)) throw new BadCursor()
  return text
}
