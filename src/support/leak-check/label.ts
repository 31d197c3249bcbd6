/**
 * Labels: a value that something calls a token, a password or a cookie is one, even when its shape
 * would not give it away. The stricter the label, the less the value has to look like a secret.
 */
import type { Sighting } from './find.ts'
import { LETTER, LIMIT } from './letter.ts'
import {
  PLACEHOLDER,
  TELLING,
  isLooseWord,
  isSecretValue,
  valueAfter,
  valueAt,
} from './label-value.ts'
import type { Place, Strictness } from './label-value.ts'

const LABELS: readonly (readonly [RegExp, Strictness])[] = [
  [/(?:set-?)?cookies?$/i, 'cookie'],
  [/(?:bearer|ssws)$/i, 'scheme'],
  [/(?:^|[^a-z])(?:basic|token|apikey|negotiate)$/i, 'scheme'],
  [
    /(?:passw(?:or)?d|passwor[dt]|pwd|pass ?phrase|passcode|kennwort|secrets?|contrase(?:ñ|n)a|mot de passe|(?:^|[^a-z])pin|(?:^|[^a-z])[ht]?otp|geheimnis)$/i,
    'password',
  ],
  [
    /(?:tokens?|authorization|(?:api|access|private|secret|auth|signing|encryption|account|shared|master|licen[sc]e|subscription|service|client)[ _.-]?keys?|credentials?|(?:^|[^a-z])(?:auth|sig|pat|sid|ocp-apim-subscription-key)|j?session(?:[ _.-]?(?:id|key))?|jsessionid|phpsessid|jeton|zugangsdaten|schl(?:ü|ue)ssel|assertion|nonce)$/i,
    'token',
  ],
]

/** The last word of every label. */
const ENDINGS =
  'cookie cookies bearer ssws basic token tokens apikey negotiate password passwd passwort pwd phrase passphrase passcode kennwort secret secrets contraseña contrasena passe pin otp geheimnis authorization key keys credential credentials auth sig pat sid session id sessionid jsessionid phpsessid jeton zugangsdaten schlüssel schluessel assertion nonce'
interface Ending {
  word: string
  labels: readonly (readonly [RegExp, Strictness])[]
}

/** By the last three letters, accents ignored, five bits each. */
const BY_TAIL = Array.from({ length: 32 ** 3 }, (): Ending[] | undefined => undefined)
for (const word of ENDINGS.split(' ')) {
  // Only the labels that can end like this; `key` and `id` need what stands before them as well.
  const alone = LABELS.filter(([label]) => label.test(` ${word}`))
  const ending = { word, labels: alone.length > 0 ? alone : LABELS }
  const tail = tailOf(word, word.length)
  BY_TAIL[tail] = [...(BY_TAIL[tail] ?? []), ending]
}

function tailOf(text: string, end: number): number {
  let tail = 0
  for (let at = Math.max(0, end - 3); at < end; at += 1) {
    const code = text.charCodeAt(at)
    tail = (tail << 5) | (code < LIMIT ? (LETTER[code] as number) : 0)
  }
  return tail
}

const ID = tailOf('id', 2)

/** Whether `word`, in small letters, ends at `end`. */
function endsWith(text: string, end: number, word: string): boolean {
  if (end < word.length) return false
  for (let at = 1; at <= word.length; at += 1) {
    if ((text.charCodeAt(end - at) | 32) !== word.charCodeAt(word.length - at)) return false
  }
  return true
}

const isLetter = (code: number): boolean => (code | 32) > 96 && (code | 32) < 123

const NONE: readonly Ending[] = []

function endingAt(text: string, end: number): Ending | undefined {
  let tail = tailOf(text, end)
  if ((tail & 1023) === ID && !isLetter(text.charCodeAt(end - 3))) tail = ID
  for (const ending of BY_TAIL[tail] ?? NONE) if (endsWith(text, end, ending.word)) return ending
  return undefined
}

/** Last three letters of every label: the survey stops only at words that end like one. */
export const LABEL_TAILS: Uint8Array = Uint8Array.from({ length: 32 ** 3 }, (_, tail) =>
  BY_TAIL[tail] === undefined ? 0 : 1,
)

const LOOK_BACK = 24

export function labelled(text: string, end: number, thorough = false): Sighting | null {
  const ending = endingAt(text, end)
  // Most labels stand in prose and have no value: that is told faster than which label it is.
  const place = ending === undefined ? null : valueAfter(text, end)
  if (ending === undefined || place === null) return null
  if (!thorough && !ending.word.startsWith('cookie') && isLooseWord(text, place)) return null
  const before = text.slice(Math.max(0, end - LOOK_BACK), end)
  for (const [label, strictness] of ending.labels) {
    if (!label.test(before)) continue
    if (strictness === 'cookie') {
      const cookie = cookieSpan(text, place)
      if (cookie !== null) return cookie
      continue
    }
    const value = valueAt(text, place, strictness)
    // `"changePassword":{"supported":…`: a name of its own, not a value.
    if (
      place.quoted &&
      /^["'`]\s{0,4}:/.test(text.slice(place.at + value.length, place.at + value.length + 6))
    )
      continue
    if (isSecretValue(value.slice(0, TELLING), strictness, place)) {
      return {
        start: place.at,
        end: place.at + value.length,
        kind: 'labelled-secret',
        layer: 'label',
      }
    }
  }
  return null
}

/** `Cookie: a=…; b=…`: everything after the first `=` to the end of the line or string. */
function cookieSpan(text: string, place: Place): Sighting | null {
  const line = /^[^\n"'\\]{1,1024}/.exec(text.slice(place.at, place.at + 1024))?.[0] ?? ''
  const name = /^[\w.!#$%&*+^|~-]{1,80}=(?=[^\s;]{4,})/.exec(line)
  if (name === null || PLACEHOLDER.test(line.slice(name[0].length))) return null
  return {
    start: place.at + name[0].length,
    end: place.at + line.trimEnd().length,
    kind: 'cookie',
    layer: 'label',
  }
}

/** Passwords in URLs: `scheme://user:password@host`. */
export function userInfo(text: string): Sighting[] {
  const found: Sighting[] = []
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const rest = /^[^\s/?#"'<>@]{0,200}:([^\s/?#"'<>@]{3,400})@/.exec(text.slice(at + 3, at + 640))
    const password = rest?.[1]
    if (rest === null || password === undefined || PLACEHOLDER.test(password)) continue
    const end = at + 3 + rest[0].length - 1
    found.push({ start: end - password.length, end, kind: 'url-password', layer: 'label' })
  }
  return found
}
