/** From the form's fields to what the API takes as a new key. The schema has the last word on all of it. */
import type { z } from 'zod'
import { NewKey } from '../http/key-verb.ts'
import { accept, given, sentTime } from './form.ts'
import type { Fields } from './form.ts'

export const newKey = (fields: Fields): z.infer<typeof NewKey> =>
  accept(NewKey, {
    name: (fields['name'] ?? '').trim(),
    role: fields['role'] ?? '',
    tenants: tenantsOf(fields['tenants'] ?? ''),
    expiresAt: endOf(given(fields, 'expiresAt')),
  })

/** `all`, or names with commas or spaces between them. */
function tenantsOf(text: string): 'all' | string[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '')
  return names.length === 1 && names[0]?.toLowerCase() === 'all' ? 'all' : names
}

/** A day lasts until its end; a time is taken as it is. */
function endOf(text: string | undefined): string | undefined {
  const typed = text?.trim()
  return typed !== undefined && /^\d{4}-\d\d-\d\d$/.test(typed)
    ? `${typed}T23:59:59Z`
    : sentTime(typed)
}
