/** The few kinds of text a bundle may hold. Each has a pattern; there is no free string but the note. */
import { z } from 'zod'
import { Instant } from '../../machines/vocabulary.ts'

export const At = Instant
export const OurId = z.string().regex(/^(?:con|rot|esc|bun)_[0-9a-z]{20}$/)
/** As access keys are named. */
export const PersonName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@'’()/&+-]{0,79}$/u)
/** One line of our own words, or of `data/`: no control characters, no run as long as a token's. */
export const Sentence = z
  .string()
  .max(3000)
  .regex(/^(?![^]*[A-Za-z0-9_+=-]{40})[^\p{Cc}]+$/u)
/** A word of ours, or a few with hyphens. */
export const Code = z.string().regex(/^[a-zA-Z]{1,24}\d{0,2}(?:-[a-zA-Z]{1,20}\d{0,2}){0,7}$/)
/** A field of ours, dotted; empty: spread over several. */
export const FieldName = z.string().regex(/^[A-Za-z.\d]{0,40}$/)
/** What the leak check calls a find. */
export const FindKind = z.string().regex(/^[a-z\d]{1,24}(?:-[a-z\d]{1,24}){0,5}$/)
export const EventName = z.string().regex(/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/)
/** A portal's id of a token: it names a token and opens nothing. */
export const PortalId = z.string().regex(/^[A-Za-z0-9._:~-]{1,64}$/)
export const Fingerprint = z.string().regex(/^[0-9a-f]{16}$/)
/** At most the four characters that portals show. */
export const Hint = z.string().regex(/^[\x21-\x7e]{1,4}$/)
export const Host = z.string().regex(/^[A-Za-z0-9.:[\]-]{1,253}$/)
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A tenant, a host, or one of our own words for them. */
export const Place = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 .:_-]{0,253}$/)
