/** Forms as they arrive, and the way from them to the same schemas the API reads. */
import type { Context } from 'hono'
import type { z } from 'zod'
import type { AppEnv } from '../http/env.ts'
import { fieldErrors } from '../http/invalid-input.ts'
import { ProblemError } from '../problem.ts'

export type Fields = Readonly<Record<string, string>>

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i

/** Every field once, as text; a repeated one is its last. Another kind of body is refused. */
export async function readForm(c: Context<AppEnv>): Promise<Fields> {
  const type = c.req.header('Content-Type')
  const text = await c.req.text()
  if (text === '') return {}
  if (type === undefined || !FORM.test(type))
    throw new ProblemError('invalid-input', 'A form of one of our pages is expected.')
  return Object.fromEntries(new URLSearchParams(text))
}

/** By the API's own schema. Throws `invalid-input` naming the fields, never what stood in them. */
export function accept<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ProblemError('invalid-input', undefined, { errors: fieldErrors(parsed.error, value) })
}

/** The revision the person looked at: the form's If-Match. */
export function revisionOf(fields: Fields): number {
  const revision = fields['revision'] ?? ''
  if (!/^[1-9]\d{0,14}$/.test(revision)) throw new ProblemError('precondition-required')
  return Number(revision)
}

/** A field, or undefined where it was left empty. */
export function given(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

/** `datetime-local` and hand-typed times are read as UTC unless they say otherwise: RFC 3339, or left as typed for the schema to refuse. */
export function sentTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const typed = text.trim().replace(' ', 'T')
  const full = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(typed) ? `${typed}:00` : typed
  return /T\d\d:\d\d:\d\d(\.\d+)?$/.test(full) ? `${full}Z` : full
}
