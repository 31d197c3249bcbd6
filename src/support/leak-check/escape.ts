/**
 * Escapes that stand for single characters: percent, backslash, HTML entities, quoted-printable and
 * character calls of programming languages. A view holds only the lines in which something was
 * escaped; every character keeps the place it came from, so that cuts stay exact.
 */
import {
  QUOTES,
  breaksBetweenStrings,
  callsCharacters,
  endsLine,
  isIndexed,
  isQuotedPrintable,
  joinsStrings,
} from './escape-sign.ts'
import type { Span } from './find.ts'
import { UNSETTLED, bitOf } from './normalise.ts'
import type { View } from './view.ts'
import { viewWriter } from './view.ts'

interface Escape {
  name: string
  /** Cheap test: without this sign there is nothing to do. */
  sign: string
  /** A second test, for escapes that ordinary text may imitate. */
  only?: (text: string) => boolean
  pattern: RegExp
  /** Has a reading of its own. */
  alone?: true
  read(groups: readonly (string | undefined)[]): string | null
}

const character = (digits: string | undefined, radix: number): string | null => {
  if (digits === undefined) return null
  const code = Number.parseInt(digits, radix)
  return code <= 0x10ffff ? String.fromCodePoint(code) : null
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '', zwnj: '', zwj: '', period: '.',
  lowbar: '_', hyphen: '-', dash: '-', equals: '=', plus: '+', sol: '/', colon: ':', commat: '@',
  dollar: '$', percnt: '%', num: '#', excl: '!', newline: '\n', tab: '\t', tilde: '~',
} // prettier-ignore

const CONTROL: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t', b: ' ', f: ' ' }

const KINDS: readonly Escape[] = [
  {
    name: 'percent',
    sign: '%',
    pattern: /%(?:u([0-9a-f]{4})|([0-9a-f]{2}))/gi,
    read: ([wide, byte]) => character(wide ?? byte, 16),
  },
  {
    name: 'backslash',
    sign: '\\',
    pattern:
      /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|([0-7]{1,3})|\r?\n|([nrtbf"'`/\\$]))/gi,
    read: ([braced, wide, wider, byte, octal, sign]) =>
      character(braced ?? wide ?? wider ?? byte, 16) ??
      character(octal, 8) ??
      (sign === undefined ? '' : (CONTROL[sign.toLowerCase()] ?? sign)),
  },
  {
    name: 'entity',
    sign: '&',
    pattern: /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}))(?:;|(?![a-z0-9]))/gi,
    read: ([decimal, hex, name]) =>
      character(decimal, 10) ?? character(hex, 16) ?? NAMED[name?.toLowerCase() ?? ''] ?? null,
  },
  {
    name: 'quoted-printable',
    alone: true,
    sign: '=',
    // Without such a sign `=66` is a key and the beginning of its value.
    only: isQuotedPrintable,
    pattern: /=(?:([0-9A-F]{2})|[ \t]{0,8}\r?\n)/g,
    read: ([byte]) => (byte === undefined ? '' : character(byte, 16)),
  },
  {
    name: 'soft-break',
    alone: true,
    sign: '=',
    only: endsLine,
    // Two of them end a padded digest, not a line that goes on.
    pattern: /(?<!=)=[ \t]{0,8}\r?\n/g,
    read: () => '',
  },
  {
    name: 'character-call',
    sign: '(',
    only: callsCharacters,
    pattern:
      /chr?(?:ar)?\(\s?(?:0x([0-9a-f]{2})|(\d{2,3}))\s?\)\s{0,4}(?:\+|\.|&|\|\||,)?\s{0,4}/gi,
    read: ([hex, decimal]) => character(hex, 16) ?? character(decimal, 10),
  },
  {
    name: 'code-point',
    sign: '+',
    pattern: /U\+([0-9A-Fa-f]{4,6})(?![0-9A-TV-Za-z])[\s,]{0,3}/g,
    read: ([hex]) => character(hex, 16),
  },
  {
    name: 'joined-strings',
    alone: true,
    sign: '',
    only: joinsStrings,
    pattern: /["'`]\s{0,40}(?:\+|\|\||\.|&)\s{0,8}(?:[_\\]?\s{0,40})?["'`]/g,
    read: () => '',
  },
  {
    name: 'markup',
    alone: true,
    sign: '<',
    pattern:
      /<br\s{0,4}\/?>\s{0,40}|<\/?(?:wbr|b|i|u|em|strong|span|font)\b[^<>]{0,80}>|<!--[^<>]{0,40}-->/gi,
    read: () => '',
  },
  {
    // `{"0":"s","1":"c",…}`, `{"0":115,…}`: how a typed array or a string's characters are written.
    name: 'indexed-list',
    alone: true,
    sign: ':',
    only: isIndexed,
    pattern: /["'`]\d{1,6}["'`]\s{0,4}:\s{0,4}(?=["'`]?[^"'`\s]{1,3}["'`]?\s{0,4}[,}])/g,
    read: () => '',
  },
  {
    name: 'joined-strings',
    alone: true,
    sign: '"\n',
    only: breaksBetweenStrings,
    // Not where the second one is a key.
    pattern: /(?<=[\w+/=.~-])"\r?\n\s{0,40}"(?=[\w+/=.~-]{1,400}"(?!\s*:))/g,
    read: () => '',
  },
]

/** Those without a sign of their own need a quote. */
const ESCAPES = KINDS.map((escape) => ({
  ...escape,
  bits: bitOf(escape.sign.charAt(0) || QUOTES.join('')),
}))
const ANY = ESCAPES.reduce((bits, escape) => bits | escape.bits, 0)

/** How much of a very long line is taken along on either side of an escape. */
const REACH = 2000

interface Escaped extends Span {
  read: string
}

function escapedBy(text: string, escape: Escape): Escaped[] {
  const found: Escaped[] = []
  for (const match of text.matchAll(escape.pattern)) {
    const read = escape.read(match.slice(1))
    if (read !== null) found.push({ read, start: match.index, end: match.index + match[0].length })
  }
  return found
}

/** The lines that hold something escaped, with it undone. `escaped` is in order. */
function undone(parent: View, escaped: readonly Escaped[], name: string): View {
  const { text } = parent
  const out = viewWriter(parent)
  let done = 0
  let lineEnd = 0
  for (const { read, start, end } of escaped) {
    if (start < done) continue
    if (start >= lineEnd) {
      out.copy(done, Math.max(done, lineEnd))
      const from = Math.max(done, lineEnd, start - REACH)
      done = from + text.slice(from, start).lastIndexOf('\n') + 1
    }
    out.copy(done, start)
    done = end
    out.put(read, start, end)
    if (done >= lineEnd) {
      const newline = text.slice(done, done + REACH).indexOf('\n')
      lineEnd = newline < 0 ? Math.min(text.length, done + REACH) : done + newline + 1
    }
  }
  out.copy(done, Math.max(done, lineEnd))
  return out.done(name)
}

/**
 * Escapes of single characters are undone together: one reading instead of one for each order. The
 * others may take away what ordinary text needs, so each has a reading of its own.
 */
export function unescaped(parent: View, signs = UNSETTLED): View[] {
  const views: View[] = []
  if ((signs & ANY) === 0) return views
  const together: Escaped[] = []
  const names: string[] = []
  for (const escape of ESCAPES) {
    if ((signs & escape.bits) === 0 || !parent.text.includes(escape.sign)) continue
    if (escape.only?.(parent.text) === false) continue
    const escaped = escapedBy(parent.text, escape)
    if (escaped.length === 0) continue
    if (escape.alone === true) views.push(undone(parent, escaped, escape.name))
    else {
      names.push(escape.name)
      for (const one of escaped) together.push(one)
    }
  }
  if (names.length > 1) together.sort((left, right) => left.start - right.start)
  if (names.length > 0) views.unshift(undone(parent, together, names.join('+')))
  return views
}
