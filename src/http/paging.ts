/** Shapes that many routes share: pages of a list, times and ids as people send them. */
import { z } from '@hono/zod-openapi'
import { Instant } from '../../machines/vocabulary.ts'
import { BadCursor } from '../store/contract.ts'

/** `?limit=&cursor=`. A cursor is only ever one of ours; another is 400 `bad-cursor`. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(1024).optional(),
})

/** Without a limit the whole journal: a chain is checked from its beginning. */
export const JournalQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: PageQuery.shape.cursor,
})

/** Entries after the one that the cursor names, at most `limit` of them. Throws `BadCursor`. */
export function pageOfJournal<T extends { seq: number }>(
  entries: readonly T[],
  { limit, cursor }: z.infer<typeof JournalQuery>,
): { items: T[]; nextCursor: string | null } {
  const after = cursor === undefined ? Number.NEGATIVE_INFINITY : seqIn(cursor)
  const rest = entries.filter(({ seq }) => seq > after)
  const items = limit === undefined ? rest : rest.slice(0, limit)
  const last = items.length < rest.length ? items.at(-1) : undefined
  const nextCursor = last === undefined ? null : Buffer.from(`j${last.seq}`).toString('base64url')
  return { items, nextCursor }
}

function seqIn(cursor: string): number {
  const digits = /^j(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (digits === undefined) throw new BadCursor()
  return Number(digits)
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })

/** Any RFC 3339 time with an offset, normalised to UTC with milliseconds so that text order is time order. */
export const SentTime = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .pipe(Instant)

/** Path ids. One that cannot be an id is a thing that does not exist: 404. */
export const IdParam = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })
