/** Shapes that many routes share: pages of a list, times and ids as people send them. */
import { z } from '@hono/zod-openapi'
import { Instant } from '../../machines/vocabulary.ts'

/** `?limit=&cursor=`. A cursor is only ever one of ours; another is 400 `bad-cursor`. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(1024).optional(),
})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })

/** Any RFC 3339 time with an offset, normalised to UTC with milliseconds so that text order is time order. */
export const SentTime = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .pipe(Instant)

/** Path ids. One that cannot be an id is a thing that does not exist: 404. */
export const IdParam = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })
