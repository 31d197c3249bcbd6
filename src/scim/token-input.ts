/**
 * A token as people paste it. What can be put right without guessing is put right and said; the rest
 * is refused by name. Characters: RFC 6750 §2.1 `b64token`; the mistakes: vendors' support threads.
 */
import { Secret } from '../secret.ts'
import type { TokenCorrection, TokenFault } from './token-message.ts'

export type TokenInput =
  | { ok: true; value: Secret; corrections: TokenCorrection[] }
  | { ok: false; fault: TokenFault }

const LONGEST = 4096
const SHORTEST = 8
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/
const STRAIGHT = `"'\``
const SMART = '“”„‟‘’‚‛«»‹›'
const QUOTE = `[${STRAIGHT}${SMART}]`

/** Looked at in this order: the most telling reason first. */
const FAULTS: readonly [TokenFault, RegExp][] = [
  ['empty', /^$/],
  ['bearer-only', /^bearer:?$/i],
  ['own-key', /^ilk_/],
  ['prefix-only', /^[a-z]{2,10}_$/],
  ['masked', /[•●∙·⁎＊∗█]|\*{2,}/],
  ['truncated', /…|\.{3}/],
  ['inner-newline', /[\r\n\u0085\u2028\u2029]/],
  ['inner-space', /\s/],
  ['control-character', /\p{Cc}/u],
  ['invisible-character', /\p{Cf}|\p{Cs}/u],
  ['unbalanced-quote', new RegExp(`^${QUOTE}|${QUOTE}$`)],
  ['not-ascii', /[^\x20-\x7e]/],
]

/** `isOld` lets the caller recognise the token that is being replaced (by fingerprint). */
export function normaliseTokenInput(
  raw: string,
  isOld: (value: Secret) => boolean = () => false,
): TokenInput {
  if (raw.length > 2 * LONGEST) return { ok: false, fault: 'too-long' }
  const { text, corrections } = peel(raw)
  const fault = faultIn(text)
  if (fault !== null) return { ok: false, fault }
  const value = new Secret(text)
  if (isOld(value)) return { ok: false, fault: 'old-token-given' }
  return { ok: true, value, corrections }
}

/** The wrappings, each with how it is taken off (null: it is not there) and how that is called. */
const WRAPPINGS: readonly {
  off(text: string): string | null
  names(text: string, times: number): TokenCorrection[]
}[] = [
  {
    off: (text) => (text.trim() === text ? null : text.trim()),
    names: (text) => {
      const tail = text.slice(text.trimEnd().length)
      const line = /[\r\n]/.test(tail)
      const space = text.trimStart() !== text || (tail !== '' && !line)
      return [
        ...(space ? ['surrounding-space' as const] : []),
        ...(line ? ['trailing-newline' as const] : []),
      ]
    },
  },
  { off: (text) => without(/^authorization\s*:\s*/i, text), names: () => ['header-name'] },
  {
    off: (text) => without(/^bearer(?:\s*:|\s)\s*(?=\S)/i, text),
    names: (_text, times) => [times > 1 ? 'doubled-bearer' : 'leading-bearer'],
  },
  {
    off: (text) => (QUOTED.test(text) ? text.slice(1, -1) : null),
    names: (text) => [SMART_END.test(text) ? 'smart-quotes' : 'quotes'],
  },
]

const QUOTED = new RegExp(`^${QUOTE}.*${QUOTE}$`, 's')
const SMART_END = new RegExp(`^[${SMART}]|[${SMART}]$`)

const without = (pattern: RegExp, text: string): string | null => {
  const rest = text.replace(pattern, '')
  return rest === text ? null : rest
}

/** Takes wrappings off, outermost first, until none is left. */
function peel(raw: string): { text: string; corrections: TokenCorrection[] } {
  const found = new Set<TokenCorrection>()
  const times = WRAPPINGS.map(() => 0)
  let text = raw
  for (let index = 0; index < WRAPPINGS.length;) {
    const wrapping = WRAPPINGS[index]
    const next = wrapping?.off(text) ?? null
    if (wrapping === undefined || next === null) {
      index += 1
      continue
    }
    const count = (times[index] ?? 0) + 1
    times[index] = count
    for (const name of wrapping.names(text, count)) found.add(name)
    text = next
    index = 0
  }
  if (found.has('doubled-bearer')) found.delete('leading-bearer')
  return { text, corrections: [...found] }
}

function faultIn(text: string): TokenFault | null {
  const named = FAULTS.find(([, pattern]) => pattern.test(text))
  if (named !== undefined) return named[0]
  if (!B64TOKEN.test(text)) return 'not-token-characters'
  if (text.length < SHORTEST) return 'too-short'
  return text.length > LONGEST ? 'too-long' : null
}
