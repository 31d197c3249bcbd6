/** Texts made to be slow: each repeats what some detector or decoder looks for, without end. */
import { deflateSync, gzipSync } from 'node:zlib'
import { BENIGN_TEXT } from './benign-text.ts'
import { BASE62, HEX, chance } from './chance.ts'

const fill = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** One unit each; repeated to the wanted length. */
const UNITS: readonly string[] = [
  'a', '0', ' ', '\n', '\r\n', '-', '.', '"', '<', '&', '%', '=', '\\', '/', '_', '…', '—', 'A1', 'a.', 'a/', 'a-', 'a_B_3_',
  '.....', 'Bearer ', 'token: ', 'token=', 'token "', 'token\n', 'Authorization: ', 'cookie=', 'Cookie: a=b; ',
  'cookie: a=bcdef ', 'password is the ', 'password: "', 'secret:\\"', 'id=', 'id: 00u1a2b3c4d5e6f7g8h9 ', 'hash=',
  'x-request-id-', 'W/"', '://a:', '://a:b@', 'https://a:bcd', '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN A PRIVATE KEY-----\n', '-----BEGIN RSA PRIVATE KEY-----\nabc-', '%41', '%25', '%2525', '%u0041', '\\\\',
  '\\n', '\\u0041', '\\u005cu005c', '\\x41', '\\101', '&amp;', '&amp;amp;', '&#65;', '&#x26;', '=41', '=3D', '=\n',
  '<b>', '<span ', '<!-- -->', '<~', '" + "', "' || '", '["a",', '"a"\n"b"\n', '"ab" + ', '{"a":', 'chr(65) . ',
  'U+0041 ', 'a\u200b', 'a\u0301', '\u0301', '\u{1d41a}', 'аbс', 'привет мир ', '令牌', '\u001b[31m', '\u001b]0;', 'ab\b',
  '\0', 'a\0', '73 63 69 6d ', '73:63:69:6d:', '115, 99, ', '01110011 ', '0x73, ', 'deadbeef ', '2001:', '1.2.3.4:',
  '2819c223-7f76-453a-919d-413861904646', '2819c223-7f76-453a-919d-413861904646 ', 'abc-7d9f8b6c5d-', 'x2x7k-',
  'ghp_', 'eyJ', 'eyJhbGciOi.', 'xoxb-1', 'sk-', 'AKIA', 'hvs.', 'AccountKey=', 'a-b.c-d.', 'aB3xK9mQ2pL7\n',
  'aB3xK9mQ2pL7.', 'aB3xK9mQ2pL7/provisioning/', 'aB3xK9mQ2pL7_provisioning-', 'aB3xK9mQ2pL7=abcd&', 'ab12-cd34-',
  '| a | b ', '%u0041\\x41&#65;=41', `${'a'.repeat(40)}.amazonaws.co `, 'abcdefghijklmnopqrstuvwxyz0123456789',
] // prettier-ignore

export interface Hostile {
  name: string
  text: string
}

export function hostileTexts(length: number): Hostile[] {
  const draw = chance(20261124)
  const random = draw.text(BASE62, length)
  const hex = draw.text(HEX, length)
  const benign = fill(BENIGN_TEXT.join('\n'), length)
  const split = (text: string, width: number, between: string): string =>
    (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(between).slice(0, length)
  let nested = 'token abc'
  for (let level = 0; level < 12; level += 1) nested = JSON.stringify(nested)
  let wrapped = fill('token=abc ', length / 4)
  for (let level = 0; level < 4; level += 1) wrapped = Buffer.from(wrapped).toString('base64')
  const shaped: Hostile[] = [
    ['random', random],
    ['random 16', split(random, 16, ' ')],
    ['random 4', split(random, 4, ' ')],
    ['random 2', split(random, 2, ' ')],
    ['random 1', split(random, 1, ' ')],
    ['random 5 dashed', split(random, 5, '-')],
    ['random 12 lines', split(random, 12, '\n')],
    ['random 20 lines', split(random, 20, '\n')],
    ['random 8 quoted', split(random, 8, '\n> ')],
    ['random 12 logged', split(random, 12, '\n2026-11-24T04:01:12.123Z INFO ')],
    ['hex', hex],
    ['hex bytes', split(hex, 2, ' ')],
    ['hex groups', split(hex, 4, ' ')],
    ['hex lines', split(hex, 32, '\n')],
    ['hex of text', split(Buffer.from(benign).toString('hex'), 2, ' ')],
    ['base64 of text', Buffer.from(benign).toString('base64').slice(0, length)],
    ['base64 lines', split(Buffer.from(benign).toString('base64'), 76, '\n')],
    ['base64 four deep', wrapped.slice(0, length)],
    ['json in json', fill(nested, length)],
    ['gzip bomb', gzipSync(Buffer.alloc(40_000_000, 65)).toString('base64').slice(0, length)],
    ['gzip bombs', fill(`${deflateSync(Buffer.alloc(1_000_000, 65)).toString('base64')} `, length)],
  ].map(([name = '', text = '']) => ({ name, text }))
  return [
    ...UNITS.map((unit) => ({ name: JSON.stringify(unit), text: fill(unit, length) })),
    ...shaped,
  ]
}
