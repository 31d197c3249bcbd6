/** What happens to a token on its way into a ticket: encodings, wrapping, fonts, line breaks. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { Context } from './context.ts'

const each = (text: string, write: (character: string, code: number) => string): string =>
  Array.from(text, (character) => write(character, character.codePointAt(0) ?? 0)).join('')
const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0')
const fold = (text: string, width: number, newline: string): string =>
  (text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? []).join(newline)
const b64 = (text: string): string => Buffer.from(text).toString('base64')
const groups = (text: string, width: number): string[] =>
  text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? []
const hexOf = (text: string): string => Buffer.from(text).toString('hex')
const look: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  A: 'А',
  B: 'В',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
}
const hexdump = (text: string): string =>
  groups(text, 16)
    .map(
      (part, row) =>
        `${hex(row * 16, 8)}  ${groups(hexOf(part), 2).join(' ').padEnd(48)} |${part.replaceAll('\n', '.')}|`,
    )
    .join('\n')
const xxd = (text: string): string =>
  groups(text, 16)
    .map(
      (part, row) =>
        `${hex(row * 16, 8)}: ${groups(hexOf(part), 4).join(' ').padEnd(40)} ${part.replaceAll('\n', '.')}`,
    )
    .join('\n')

/** As `JSON.stringify` writes a typed array. */
const indexed = (items: readonly (string | number)[]): string =>
  JSON.stringify(Object.fromEntries(items.map((item, index) => [index, item])))

/** One line of `uuencode`, without its length. */
const uuencode = (text: string): string =>
  groups(text, 3)
    .flatMap((part) => {
      const value = Buffer.concat([Buffer.from(part), Buffer.alloc(3)]).readUIntBE(0, 3)
      return [18, 12, 6, 0].map((shift) =>
        String.fromCharCode(((value >> shift) & 63) + 32).replace(' ', '`'),
      )
    })
    .join('')

const ENCODINGS: Readonly<Record<string, (token: string) => string>> = {
  base64: (t) => `data: ${b64(`Authorization: Bearer ${t}`)}`,
  'base64-offset-1': (t) => b64(`x${t}`),
  'base64-offset-2': (t) => b64(`xy${t}`),
  base64url: (t) => Buffer.from(`{"token":"${t}"}`).toString('base64url'),
  'base64-folded-64': (t) =>
    fold(b64(`Authorization: Bearer ${t}\nAccept: application/json`), 64, '\n'),
  'base64-folded-76': (t) =>
    fold(b64(`GET /scim/v2/Users HTTP/1.1\r\nAuthorization: Bearer ${t}\r\n`), 76, '\r\n'),
  'base64-folded-20-quoted': (t) => fold(b64(t), 20, '\n> '),
  'base64-twice': (t) => b64(b64(t)),
  'base64-utf16': (t) => Buffer.from(t, 'utf16le').toString('base64'),
  'gzip-base64': (t) => gzipSync(`Authorization: Bearer ${t}`).toString('base64'),
  'zlib-base64': (t) => deflateSync(`{"token":"${t}"}`).toString('base64'),
  'gzip-hex': (t) => gzipSync(`token=${t}`).toString('hex'),
  hex: (t) => hexOf(t),
  'hex-upper': (t) => hexOf(t).toUpperCase(),
  'hex-0x': (t) => `0x${hexOf(t)}`,
  'hex-spaced': (t) => groups(hexOf(t), 2).join(' '),
  'hex-colons': (t) => groups(hexOf(t), 2).join(':'),
  'hex-c-array': (t) =>
    `{ ${groups(hexOf(t), 2)
      .map((byte) => `0x${byte}`)
      .join(', ')} }`,
  'hex-escapes': (t) => each(t, (_, code) => `\\x${hex(code, 2)}`),
  'hex-utf16': (t) => groups(Buffer.from(t, 'utf16le').toString('hex'), 2).join(' '),
  hexdump,
  xxd,
  'byte-array': (t) => JSON.stringify({ type: 'Buffer', data: [...Buffer.from(t)] }),
  'byte-list': (t) => [...Buffer.from(t)].join(' '),
  binary: (t) => each(t, (_, code) => `${code.toString(2).padStart(8, '0')} `),
  octal: (t) => each(t, (_, code) => `\\${code.toString(8).padStart(3, '0')}`),
  percent: (t) => `q=${encodeURIComponent(t)}`,
  'percent-all': (t) => each(t, (_, code) => `%${hex(code, 2)}`),
  'percent-twice': (t) => each(t, (_, code) => `%25${hex(code, 2)}`),
  'unicode-escapes': (t) => each(t, (_, code) => `\\u${hex(code, 4)}`),
  'unicode-escapes-twice': (t) => JSON.stringify(each(t, (_, code) => `\\u${hex(code, 4)}`)),
  'entities-decimal': (t) => each(t, (_, code) => `&#${code};`),
  'entities-hex': (t) => each(t, (_, code) => `&#x${hex(code, 2)};`),
  'quoted-printable': (t) => fold(`token=3D${t}`, 60, '=\r\n'),
  'quoted-printable-all': (t) => each(t, (_, code) => `=${hex(code, 2).toUpperCase()}`),
  'code-points': (t) => each(t, (_, code) => `U+${hex(code, 4).toUpperCase()} `),
  'char-calls': (t) => Array.from(t, (c) => `chr(${c.charCodeAt(0)})`).join(' . '),
  reversed: (t) => Array.from(t).reverse().join(''),
  'upper-case': (t) => t.toUpperCase(),
  'lower-case': (t) => t.toLowerCase(),
  'zero-width': (t) => Array.from(t).join('\u200b'),
  'soft-hyphens': (t) => groups(t, 8).join('\u00ad'),
  'word-joiner': (t) => groups(t, 3).join('\u2060'),
  'full-width': (t) =>
    each(t, (c, code) => (code > 32 && code < 127 ? String.fromCodePoint(code + 0xfee0) : c)),
  mathematical: (t) =>
    each(t, (c, code) =>
      /[a-z]/.test(c)
        ? String.fromCodePoint(0x1d41a + code - 97)
        : /[A-Z]/.test(c)
          ? String.fromCodePoint(0x1d400 + code - 65)
          : c,
    ),
  'look-alikes': (t) => each(t, (c) => look[c] ?? c),
  strikethrough: (t) => each(t, (c) => `${c}\u0336`),
  'ansi-colours': (t) =>
    groups(t, 6)
      .map((part) => `\u001b[3${part.length % 8}m${part}`)
      .join('') + '\u001b[0m',
  backspaces: (t) => groups(t, 5).join('x\b'),
  nul: (t) => Array.from(t).join('\0'),
  spaced: (t) => Array.from(t.replaceAll(/\s/g, '')).join(' '),
  'groups-of-4': (t) => groups(t.replaceAll(/\s/g, ''), 4).join(' '),
  'groups-of-5-dashed': (t) => groups(t.replaceAll(/\s/g, ''), 5).join('-'),
  'groups-of-8': (t) => groups(t.replaceAll(/\s/g, ''), 8).join(' '),
  dotted: (t) => Array.from(t.replaceAll(/\s/g, '')).join('.'),
  'character-array': (t) => JSON.stringify(Array.from(t)),
  'wrapped-60': (t) => fold(`Authorization: Bearer ${t}`, 60, '\n'),
  'wrapped-72-quoted': (t) => fold(`the token we use in production is ${t} since May`, 72, '\n> '),
  'wrapped-16': (t) => fold(t, 16, '\n'),
  'wrapped-10': (t) => fold(t, 10, '\n'),
  'wrapped-20-indented': (t) => fold(t, 20, '\n    '),
  'wrapped-12-logged': (t) =>
    groups(t, 12)
      .map((part) => `2026-11-24T04:01:12.123Z INFO  ${part}`)
      .join('\n'),
  'wrapped-24-piped': (t) =>
    groups(t, 24)
      .map((part) => `| ${part} |`)
      .join('\n'),
  'wrapped-backslash': (t) => fold(t, 30, '\\\n'),
  concatenated: (t) =>
    groups(t, 10)
      .map((part) => JSON.stringify(part))
      .join(' + '),
  'concatenated-c': (t) =>
    groups(t, 18)
      .map((part) => JSON.stringify(part))
      .join('\n  '),
  'indexed-characters': (t) => indexed(Array.from(t)),
  'indexed-bytes': (t) => indexed([...Buffer.from(t)]),
  uuencoded: (t) =>
    `begin 644 token\n${groups(t, 45)
      .map((part) => String.fromCharCode(32 + part.length) + uuencode(part))
      .join('\n')}\n\`\nend`,
  'base64-of-gzip-twice': (t) => b64(gzipSync(`token ${t}`).toString('base64')),
  'mime-word': (t) => `Subject: =?utf-8?B?${b64(`token ${t}`)}?=`,
  'hex-of-base64': (t) => hexOf(b64(`token ${t}`)),
  'base64-numbered': (t) =>
    groups(b64(`our token is ${t} thanks`), 50)
      .map((part, row) => `${String(row + 1).padStart(3)}  ${part}`)
      .join('\n'),
  'deflated-parameter': (t) =>
    `SAMLRequest=${encodeURIComponent(deflateRawSync(`<a token="${t}" old="none"/>`).toString('base64'))}`,
  'middle-dots': (t) => groups(t, 4).join('·'),
  'groups-comma': (t) => groups(t.replaceAll(/\s/g, ''), 4).join(', '),
  'groups-of-4-dashed': (t) => groups(t.replaceAll(/\s/g, ''), 4).join('-'),
  'two-strings': (t) =>
    JSON.stringify([t.slice(0, (t.length + 1) >> 1), t.slice((t.length + 1) >> 1)]),
  'line-breaks-of-html': (t) => groups(t, 20).join('<br/>\n'),
  'split-in-two': (t) =>
    `first half ${t.slice(0, t.length >> 1)} and second half ${t.slice(t.length >> 1)}`,
}

export const ENCODED: readonly Context[] = Object.entries(ENCODINGS).map(([name, write]) => ({
  name,
  write: (token) => write(token),
}))
