/** What was looked at and what was taken out: where, of which kind, by which part of the check. Never a value, a length or a hash. */
import { z } from 'zod'
import { At, Code, FieldName, FindKind } from './bundle-word.ts'

const Word = z.string().regex(/^[a-z\d/-]{1,60}$/)
/** A pointer of ours (RFC 6901). */
const Pointer = z.string().regex(/^(?:\/[A-Za-z\d]{1,40}){1,12}$/)

export const Cut = z.strictObject({ path: Pointer, kind: Word, layer: Word, view: Word })
export type Cut = z.infer<typeof Cut>

export const BundleRedactions = z.strictObject({
  format: z.literal('interlock/redactions'),
  version: z.literal(1),
  detector: z.strictObject({ name: z.literal('interlock leak-check'), rules: Word }),
  /** Every file of the bundle and its name, in their final bytes. */
  checked: z.array(z.string().regex(/^[a-z]+\.(?:json|md)$/)),
  /** Taken out of what was collected, before anything was written. */
  cut: z.array(Cut),
  /** Refused at the door, while the case was filled in. */
  refused: z.array(z.strictObject({ at: At, field: FieldName, kind: FindKind })),
  /** What is never collected. */
  leftOut: z.array(Code),
})
export type BundleRedactions = z.infer<typeof BundleRedactions>

export const LEFT_OUT = [
  'token-values',
  'portal-credentials',
  'access-keys',
  'names-of-users-and-groups',
  'e-mail-addresses',
  'request-and-answer-bodies',
  'reasons-and-notes-in-journals',
] as const
