/** What is kept of an answer, so that a repeated request gets it again. No token value is in it. */
import { z } from 'zod'
import { Instant } from '../../machines/vocabulary.ts'
import type { Labels } from '../store/contract.ts'

export const AnswerRecord = z.strictObject({
  version: z.literal(1),
  /** Keyed digest of the request's body. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  status: z.number().int().min(200).max(499),
  contentType: z.enum(['application/json', 'application/problem+json']).nullable(),
  etag: z.string().max(40).nullable(),
  /** Null: there was none. */
  body: z.json(),
  at: Instant,
})
export type AnswerRecord = z.infer<typeof AnswerRecord>

/** For the store's codec: throws on anything that is not an answer of a known version. */
export const parseAnswerRecord = (record: unknown): AnswerRecord => AnswerRecord.parse(record)

export const answerLabels = (_record: AnswerRecord): Labels => ({})

/** How long a repeat gets its answer. */
export const ANSWER_KEPT_MS = 24 * 60 * 60 * 1000

/** A copy in which the named members, wherever they are strings, are null and say when they were shown. */
export function withoutShownOnce(body: unknown, members: readonly string[], at: string): unknown {
  if (Array.isArray(body)) return body.map((item) => withoutShownOnce(item, members, at))
  if (typeof body !== 'object' || body === null) return body
  let hidden = false
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(body)) {
    const hide = typeof value === 'string' && members.includes(name)
    hidden ||= hide
    copy[name] = hide ? null : withoutShownOnce(value, members, at)
  }
  return hidden ? { ...copy, shownAt: at } : copy
}
