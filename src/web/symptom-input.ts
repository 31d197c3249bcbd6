/** From the symptom form's address to what `POST /v1/diagnoses` takes. Its schema judges every value. */
import type { z } from 'zod'
import { Symptoms } from '../diagnosis/observation.ts'
import { accept } from './form.ts'
import type { Fields } from './form.ts'

export type SymptomName = keyof z.infer<typeof Symptoms>

const NAMES = Object.keys(Symptoms.shape) as SymptomName[]

/** What was chosen; a name of somebody else's (a mail gateway's, say) is nobody's symptom. */
export const chosen = (query: Fields): Fields =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = query[name]?.trim() ?? ''
      return value === '' ? [] : [[name, value]]
    }),
  )

/** Something was left open: the address can be shorter. */
export const hasGaps = (query: Fields): boolean =>
  NAMES.some((name) => query[name] !== undefined && query[name].trim() === '')

/** Throws `invalid-input` naming the fields that are no choice of the form's. */
export const symptomsOf = (fields: Fields): z.infer<typeof Symptoms> =>
  accept(
    Symptoms,
    Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, valueOf(text)])),
  )

function valueOf(text: string): string | number | boolean {
  if (text === 'yes') return true
  if (text === 'no') return false
  return /^\d{1,4}$/.test(text) ? Number(text) : text
}
