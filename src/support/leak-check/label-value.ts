/** From a label to its value, and whether that value is to be cut. */
import { isOdd } from './judge.ts'
import { oddness } from './oddness.ts'

/** `password`: any value that is not a plain word. `token`: values that no word or name would be. */
export type Strictness = 'password' | 'token' | 'scheme' | 'cookie'

const FILLER = /[\s"'`\\([{<|*_\u00a0]{1,24}/y
const ASSIGN = /(?::\s{1,4}[>|][+-]?(?=\s{0,4}\n)|:=|=>|->|[:=>]|%3[ad]|\\u003[ad])/iy
const TAG = /<\/[\w:-]{1,40}>\s{0,24}<[\w:-]{1,40}/y
const WORD =
  /(?:is|was|are|value|now|the|new|old|current|follows|below|here|used|string|bearer|basic|ssws|set|to|ist|war|lautet|wert|est|es|data|raw|header|text|for [a-z]{2,12})\b/iy
const KEY_VALUE = /["'\s,}{]{0,12}(?:value|content|val)["']?\s{0,4}[:=]/iy

/** Where a label's value begins. */
export interface Place {
  at: number
  /** With `=`, `:`, a tag or the like between them, not only a space. */
  assigned: boolean
  quoted: boolean
}

/** The end of what a sticky pattern matches at `at`; `at` when it does not. */
function past(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** An ordinary word behind the label, as in `the token expired`. */
const PLAIN_WORD =
  / (?!(?:is|was|are|value|now|the|new|old|current|follows|below|here|for|used|string|bearer|basic|ssws|set|to|ist|war|lautet|wert|est|es|data|raw|header|text)\b)[a-z]{1,12}(?=[ .,;!?)\n]|$)/y
const SUFFIX = /(?:s|value|string|text|\d{1,2})(?![A-Za-z0-9])/iy
const PART_OF_NAME = /[-_.](?![\s\d])(?!(?:old|new|value)\b)/iy

/** Walks from a label to its value: over quotes, `=`, `: `, tags, line breaks and filler words. */
export function valueAfter(text: string, from: number): Place | null {
  if (past(text, from, PLAIN_WORD) > from) return null
  let at = from
  let assigned = false
  let quoted = false
  if (/[A-Za-z0-9]/.test(text.charAt(at))) {
    at = past(text, at, SUFFIX)
    if (at === from) return null
  }
  if (past(text, at, PART_OF_NAME) > at) return null
  for (let step = 0; step < 8; step += 1) {
    const before = at
    at = past(text, at, FILLER)
    if (at > before) {
      const filler = text.slice(before, at)
      quoted = /["'`]/.test(filler)
      if (!assigned && filler.includes('\n')) return null
      continue
    }
    at = past(text, at, KEY_VALUE)
    if (at === before) at = past(text, at, TAG)
    if (at === before) at = past(text, at, ASSIGN)
    if (at > before) {
      assigned = true
      quoted = false
      continue
    }
    at = past(text, at, WORD)
    if (at > before) continue
    if (text.charAt(at) !== '-' || assigned) break
    at += 1
  }
  return at < text.length && at - from < 120 ? { at, assigned, quoted } : null
}

/** What stands where a value was, or would be. */
export const PLACEHOLDER =
  /^(?:\[?(?:(?:token |secret )?removed|redacted|masked|hidden|filtered|null|none|nil|undefined|true|false|yes|no|n\/a)(?![A-Za-z0-9])|[*x•.…_-]+$|\$[{(]|\$[a-z_]+(?![^\s"'`,;:)\]}/])|%[a-z_]+%|\{\{|https?:|urn:|\/(?![\w+=-]*[+=])(?:[a-z][\w.-]*\/|[\w.-]+$))/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const WHEN =
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$|^\d+(?:\.\d+)*(?:ms|s|m|h|d|%|days?|hours?|px)?$/i

/** Whether a value, under a label of this strictness, is to be cut. */
export function isSecretValue(value: string, strictness: Strictness, place: Place): boolean {
  if (value.length < 4 || PLACEHOLDER.test(value)) return false
  if (UUID.test(value)) return true
  const digits = /\d/.test(value)
  const letters = /[A-Za-z]/.test(value)
  const odd = oddness(value)
  const hasOddPart = value
    .split(/[^A-Za-z0-9]+/)
    .some((part) => (part.length > 5 || /[A-Za-z]\d|\d[A-Za-z]/.test(part)) && isOdd(part))
  if (!place.assigned) {
    if (strictness === 'scheme') return value.length >= 8 && hasOddPart
    return value.length >= 8 && letters && ((digits && odd >= 40) || odd >= 56)
  }
  if (/^\d+$/.test(value)) {
    return strictness === 'password' ? value.length >= 4 : value.length >= 12
  }
  if (WHEN.test(value)) return false
  if (strictness === 'password') {
    if (place.quoted && value.length >= 5)
      return !/^(?:string|text|password|required|optional|write-?only)$/i.test(value)
    if (value.length >= 6 && (digits || /[!@#$%^&*+=?~]/.test(value))) return true
    return /^[a-z]{2,20}(?:[-_.][a-z]{2,20}){2,8}(?![a-z])/i.test(value) || odd >= 24
  }
  if (/\d{16}/.test(value)) return true
  if (value.length >= 8 && digits && letters) return odd >= 16 || /^[0-9a-f]+$/i.test(value)
  return value.length >= 6 && (hasOddPart || odd >= 72)
}

const VALUE = /[^\s"'`<>,;&|()[\]{}\\\u00a0]{1,300}/y
/** As much of a value as its judgement needs. */
export const TELLING = 100
const QUOTED = /[^"'`<>\n\\]{1,300}/y

const GLUED = /(?:[;&()[\]{}][^\s"'`<>,;&|()[\]{}\\\u00a0]{1,80}){1,12}/y
const NEXT_FIELD = /^[A-Za-z_][\w.-]{0,40}[=:]/

/** Generated passwords hold signs that end a value elsewhere: what is odd behind one belongs to it. */
function glued(text: string, from: number): string {
  GLUED.lastIndex = from
  const run = GLUED.exec(text)?.[0] ?? ''
  let at = 0
  let end = 0
  for (const segment of run.split(/[;&()[\]{}]/).slice(1)) {
    if (NEXT_FIELD.test(segment)) break
    at += segment.length + 1
    if (segment.split(/[^A-Za-z0-9]+/).some((part) => part.length > 3 && isOdd(part))) end = at
  }
  return run.slice(0, end)
}

/** A password may hold any character, so a quoted one ends only at its quote. */
export function valueAt(text: string, place: Place, strictness: Strictness): string {
  const pattern = place.quoted && strictness === 'password' ? QUOTED : VALUE
  pattern.lastIndex = place.at
  const value = pattern.exec(text)?.[0] ?? ''
  if (pattern === QUOTED) return value.trimEnd()
  const name = place.assigned ? null : /^[a-z_]{2,24}=/i.exec(value)
  if (name !== null) return ''
  if (place.assigned) {
    const rest = glued(text, place.at + value.length)
    if (rest !== '') return value + rest
  }
  return strictness === 'password' ? value : value.replace(/[.:!?]+$/, '')
}
