/** From a label to its value, and whether that value is to be cut. */
import { isOdd } from './part.ts'
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

/** Words that may stand between a label and its value, where any other word means prose. */
const LEADS_ON = new Set(
  'is was are value now the new old current follows below here for used string bearer basic ssws set to ist war lautet wert est es data raw header text'.split(
    ' ',
  ),
)
const LONGEST_PLAIN = 12

/** An ordinary word behind the label, as in `the token expired`. */
function isPlainWord(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 32) return false
  const start = at + 1
  let end = start
  while (end - start <= LONGEST_PLAIN && (CLASS[text.charCodeAt(end)] ?? 0) & SMALL) end += 1
  if (end === start || end - start > LONGEST_PLAIN) return false
  if (end < text.length && !' .,;!?)\n'.includes(text.charAt(end))) return false
  return !LEADS_ON.has(text.slice(start, end))
}

const SUFFIX = /(?:s|value|string|text|\d{1,2})(?![A-Za-z0-9])/iy
const PART_OF_NAME = /[-_.](?![\s\d])(?!(?:old|new|value)\b)/iy

/** What a character can begin: most of the patterns need not be tried at most places. */
const SMALL = 1
const ALNUM = 2
const CAN_FILL = 4
const CAN_NAME = 8
const CAN_ASSIGN = 16
const CAN_JOIN = 32
const ENDS_VALUE = 64
const LETTERS = 128
const CLASS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code)
  const flag = (pattern: RegExp, bit: number): number => (pattern.test(sign) ? bit : 0)
  return (
    flag(/[a-z]/, SMALL) |
    flag(/[A-Za-z0-9]/, ALNUM) |
    flag(/[\s"'`\\([{<|*_]/, CAN_FILL) |
    flag(/["'\s,}{cv]/i, CAN_NAME) |
    flag(/[:=>%\\-]/, CAN_ASSIGN) |
    flag(/[-_.]/, CAN_JOIN) |
    flag(/[\s"'`<>,;&|()[\]{}\\]/, ENDS_VALUE) |
    flag(/[A-Za-z]/, LETTERS)
  )
})
/** Beyond ASCII every pattern is tried. */
const classAt = (text: string, at: number): number =>
  CLASS[text.charCodeAt(at)] ?? CAN_FILL | CAN_NAME | CAN_ASSIGN | CAN_JOIN

/** Walks from a label to its value: over quotes, `=`, `: `, tags, line breaks and filler words. */
export function valueAfter(text: string, from: number): Place | null {
  if (isPlainWord(text, from)) return null
  let at = from
  let assigned = false
  let quoted = false
  if (classAt(text, at) & ALNUM) {
    at = past(text, at, SUFFIX)
    if (at === from) return null
  }
  if (classAt(text, at) & CAN_JOIN && past(text, at, PART_OF_NAME) > at) return null
  for (let step = 0; step < 8; step += 1) {
    const before = at
    const begins = classAt(text, at)
    if (begins & CAN_FILL) at = past(text, at, FILLER)
    if (at > before) {
      const filler = text.slice(before, at)
      quoted = /["'`]/.test(filler)
      if (!assigned && filler.includes('\n')) return null
      continue
    }
    if (begins & CAN_NAME) at = past(text, at, KEY_VALUE)
    if (at === before && begins & CAN_FILL) at = past(text, at, TAG)
    if (at === before && begins & CAN_ASSIGN) at = past(text, at, ASSIGN)
    if (at > before) {
      assigned = true
      quoted = false
      continue
    }
    if (begins & ALNUM) at = past(text, at, WORD)
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
const UUID_LENGTH = 36
const WHEN =
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$|^\d+(?:\.\d+)*(?:ms|s|m|h|d|%|days?|hours?|px)?$/i

const hasOddPart = (value: string): boolean =>
  value
    .split(/[^A-Za-z0-9]+/)
    .some((part) => (part.length > 5 || /[A-Za-z]\d|\d[A-Za-z]/.test(part)) && isOdd(part))

/** Whether a value, under a label of this strictness, is to be cut. */
export function isSecretValue(value: string, strictness: Strictness, place: Place): boolean {
  if (value.length < (place.assigned ? 4 : 8) || PLACEHOLDER.test(value)) return false
  if (value.length === UUID_LENGTH && UUID.test(value)) return true
  const digits = /\d/.test(value)
  const letters = /[A-Za-z]/.test(value)
  if (!place.assigned) {
    if (strictness === 'scheme') return hasOddPart(value)
    if (!letters) return false
    const odd = oddness(value)
    return (digits && odd >= 40) || odd >= 56
  }
  if (digits && !letters && /^\d+$/.test(value)) {
    return strictness === 'password' ? value.length >= 4 : value.length >= 12
  }
  if (WHEN.test(value)) return false
  if (strictness === 'password') {
    if (place.quoted && value.length >= 5)
      return !/^(?:string|text|password|required|optional|write-?only)$/i.test(value)
    if (value.length >= 6 && (digits || /[!@#$%^&*+=?~]/.test(value))) return true
    return /^[a-z]{2,20}(?:[-_.][a-z]{2,20}){2,8}(?![a-z])/i.test(value) || oddness(value) >= 24
  }
  if (digits && /\d{16}/.test(value)) return true
  if (value.length >= 8 && digits && letters) {
    return oddness(value) >= 16 || /^[0-9a-f]+$/i.test(value)
  }
  return value.length >= 6 && (hasOddPart(value) || oddness(value) >= 72)
}

/** With nothing but a space before it, a value this short is none, and one of letters must be odd. */
const SHORTEST_LOOSE = 8
const LONGEST_WORD = 15
const ODD_WORD = 24

/** A word that no label makes a secret: most labels in prose stand before one. */
export function isLooseWord(text: string, place: Place): boolean {
  if (place.assigned || place.quoted) return false
  let at = place.at
  let isWord = true
  while (at < text.length && at - place.at <= LONGEST_WORD) {
    const code = text.charCodeAt(at)
    if (code > 127) return false
    const kind = CLASS[code] as number
    if (kind & ENDS_VALUE) break
    if (!(kind & LETTERS)) isWord = false
    at += 1
  }
  if (at - place.at < SHORTEST_LOOSE) return true
  return isWord && at - place.at <= LONGEST_WORD && oddness(text, place.at, at) < ODD_WORD
}

const VALUE = /[^\s"'`<>,;&|()[\]{}\\\u00a0]{1,300}/y
/** As much of a value as its judgement needs. */
export const TELLING = 100
const QUOTED = /[^"'`<>\n\\]{1,300}/y

const GLUED = /(?:[;&()[\]{}][^\s"'`<>,;&|()[\]{}\\\u00a0]{1,80}){1,12}/y
const NEXT_FIELD = /^[A-Za-z_][\w.-]{0,40}[=:]/

/** Generated passwords hold signs that end a value elsewhere: what is odd behind one belongs to it. */
function glued(text: string, from: number): string {
  if (!';&()[]{}'.includes(text.charAt(from) || ' ')) return ''
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
  if (!place.assigned && /^[a-z_]{2,24}=/i.test(value)) return ''
  if (place.assigned) {
    const rest = glued(text, place.at + value.length)
    if (rest !== '') return value + rest
  }
  if (strictness === 'password') return value
  let end = value.length
  while (end > 0 && '.:!?'.includes(value.charAt(end - 1))) end -= 1
  return value.slice(0, end)
}
