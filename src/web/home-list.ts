/** The rows of the home page: whatever needs a person first, the rest by the reader's own order, a page at a time. */
import { z } from 'zod'
import type { Head } from '../store/contract.ts'
import { loadRotation } from '../workflow/advance.ts'
import { inScope } from '../workflow/connection.ts'
import type { Ctx } from '../workflow/context.ts'
import { showRotation } from '../workflow/rotation-show.ts'
import type { RotationView } from '../workflow/rotation-view.ts'
import { urgencyOf } from './safe-start.ts'
import type { Summary, SummaryBook } from './summary-book.ts'

export const HomeQuery = z.object({
  find: z.string().max(100).catch(''),
  sort: z.enum(['name', 'tenant', 'expiry']).catch('name'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})
export type HomeQuery = z.infer<typeof HomeQuery>

export interface Row {
  id: string
  name: string
  tenantId: string
  idp: string
  summary: Summary | null
  rotation: RotationView | null
}

export interface HomeList {
  /** Of this person's tenants, whatever is searched for. */
  all: number
  needing: Row[]
  /** There are more that need a person than are shown. */
  needingCount: number
  quiet: Row[]
  quietCount: number
  pages: number
  /** Of these nothing but the name is known yet. */
  unread: number
}

const PAGE = 25
const MOST_NEEDING = 30
const AT_ONCE = 100
const EVERY = 1_000_000

export async function homeList(ctx: Ctx, book: SummaryBook, query: HomeQuery): Promise<HomeList> {
  const [{ items: connections }, { items: running }] = await Promise.all([
    ctx.store.list('connection', { labels: { state: ['live'], ...inScope(ctx) }, limit: EVERY }),
    ctx.store.list('rotation', {
      labels: { status: ['active', 'halted'], ...inScope(ctx) },
      limit: EVERY,
    }),
  ])
  const rotationOf = new Map(running.map((head) => [head.labels['connectionId'] ?? '', head]))
  const wanted = query.find.trim().toLowerCase()
  const found = wanted === '' ? connections : connections.filter((head) => fits(head, wanted))
  const now = ctx.clock()
  // A few are read at once; of very many the rest is read in the background, and the page says so.
  await book.read(found.filter((head) => book.of(head) === null).slice(0, AT_ONCE))
  const needing: { head: Head; rank: string }[] = []
  const quiet: Head[] = []
  for (const head of found) {
    const rank = rankOf(rotationOf.get(head.id), book.of(head), now)
    if (rank === null) quiet.push(head)
    else needing.push({ head, rank })
  }
  needing.sort((a, b) => compare(a.rank, b.rank))
  sortQuiet(quiet, query.sort, book)
  const pages = Math.max(1, Math.ceil(quiet.length / PAGE))
  const page = Math.min(query.page, pages)
  const shown = quiet.slice((page - 1) * PAGE, page * PAGE)
  const first = needing.slice(0, MOST_NEEDING).map(({ head }) => head)
  await book.read([...first, ...shown])
  const unread = connections.filter((head) => book.of(head) === null).length
  void book.warm(connections)
  const rows = (heads: Head[]) =>
    Promise.all(heads.map((head) => rowOf(ctx, book, head, rotationOf.get(head.id))))
  return {
    all: connections.length,
    needing: await rows(first),
    needingCount: needing.length,
    quiet: await rows(shown),
    quietCount: quiet.length,
    pages,
    unread,
  }
}

const label = (head: Head, name: string): string => head.labels[name] ?? ''

const fits = (head: Head, wanted: string): boolean =>
  label(head, 'name').toLowerCase().includes(wanted) ||
  label(head, 'tenantId').toLowerCase().includes(wanted) ||
  label(head, 'idp').includes(wanted)

/** Smaller comes first; null: it needs nobody. */
function rankOf(rotation: Head | undefined, summary: Summary | null, now: number): string | null {
  if (rotation?.labels['status'] === 'halted' || summary?.held === true) return '0'
  const urgency = urgencyOf(summary?.expiresAt ?? null, now)
  if (rotation !== undefined) return `2 ${rotation.id}`
  if (urgency === 'expired') return `1 ${summary?.expiresAt}`
  return urgency === 'expiring' ? `3 ${summary?.expiresAt}` : null
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function sortQuiet(heads: Head[], sort: HomeQuery['sort'], book: SummaryBook): void {
  const keyOf = (head: Head): string => {
    const name = label(head, 'name').toLowerCase()
    if (sort === 'name') return name
    const first = sort === 'tenant' ? label(head, 'tenantId') : (book.of(head)?.expiresAt ?? '~')
    return `${first} ${name}`
  }
  const keys = new Map(heads.map((head) => [head.id, keyOf(head)]))
  heads.sort((a, b) => compare(keys.get(a.id) ?? '', keys.get(b.id) ?? ''))
}

async function rowOf(
  ctx: Ctx,
  book: SummaryBook,
  head: Head,
  running: Head | undefined,
): Promise<Row> {
  const rotation =
    running === undefined ? null : await showRotation(ctx, await loadRotation(ctx, running.id))
  return {
    id: head.id,
    name: label(head, 'name'),
    tenantId: label(head, 'tenantId'),
    idp: label(head, 'idp'),
    summary: book.of(head),
    rotation,
  }
}
