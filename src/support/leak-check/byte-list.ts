/**
 * Bytes written out one by one: hex dumps, `73:63:69`, `0x73, 0x63`, `[115, 99, 105]`, `01110011 …`.
 * Neighbouring lines of a dump are read together, so that the text column beside them falls too.
 */
import type { Span } from './find.ts'
import { isReadable } from './printable.ts'

export interface Decoded extends Span {
  text: string
  name: string
}

const ITEM = /(?:0x|\\?x|\\?u00|U\+00)?([0-9a-f]+)/gi
/** A dump's lines lie at most this far apart: offset and text column stand between them. */
const LINE_GAP = 120

/** A text column of letters a to f looks like bytes too, but not of the usual width. */
function usual(items: readonly string[]): readonly string[] {
  const counts = new Map<number, number>()
  for (const { length } of items) counts.set(length, (counts.get(length) ?? 0) + 1)
  const width = [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 0
  if (width !== 2 && width !== 4) return items
  return items.filter(({ length }) => length === width || (length === 2 && width === 4))
}

/** The characters that `items` name, when each is one byte. */
function pushText(texts: string[], items: readonly string[], radix: number): void {
  const codes = items.map((item) => Number.parseInt(item, radix))
  if (codes.every((code) => code < 256)) texts.push(String.fromCharCode(...codes))
}

function bytesOf(all: readonly string[], prefixed: boolean): string[] {
  const decimal = all.some((item) => item.length === 3)
  const items = decimal ? all : usual(all)
  const texts: string[] = []
  if (items.length > 20_000) return texts
  if (!prefixed && items.every((item) => /^[01]{8}$/.test(item))) {
    pushText(texts, items, 2)
  } else {
    const hex = items.every((item) => item.length % 2 === 0) ? items.join('') : null
    if (hex !== null) texts.push(Buffer.from(hex, 'hex').toString('latin1'))
    const swapped = items.every((item) => item.length === 4)
    if (swapped && hex !== null) {
      texts.push(Buffer.from(hex, 'hex').swap16().toString('latin1'))
    }
    if (!prefixed && items.every((item) => /^\d{1,3}$/.test(item))) {
      pushText(texts, items, 10)
      if (items.every((item) => /^[0-7]+$/.test(item))) {
        pushText(texts, items, 8)
      }
    }
  }
  return texts.map((text) => text.replace(/\0/g, ''))
}

interface Group {
  span: Span
  items: string[]
  prefixed: boolean
}

function flush(text: string, group: Group | null, decoded: Decoded[]): void {
  if (group === null) return
  // The text column behind the last line of a dump.
  const column = /^(?: {1,60}\|[^\n]{1,17}\|| {2,60}\S{1,16})(?=\r?\n|$)/.exec(
    text.slice(group.span.end, group.span.end + 80),
  )
  const span = { start: group.span.start, end: group.span.end + (column?.[0].length ?? 0) }
  for (const read of bytesOf(group.items, group.prefixed)) {
    if (isReadable(read)) decoded.push({ ...span, text: read, name: 'byte-list' })
  }
}

/** `places` are pairs of start and end, in order, as the survey gives them. */
export function decodeByteLists(text: string, places: readonly number[]): Decoded[] {
  const decoded: Decoded[] = []
  if (places.length === 0) return decoded
  let group: Group | null = null
  for (let index = 0; index < places.length; index += 2) {
    const start = places[index] ?? 0
    const end = places[index + 1] ?? start
    const source = text.slice(start, end)
    const items = Array.from(source.matchAll(ITEM), (match) => match[1] ?? '')
    // A dump's offset in front of its bytes.
    const [offset = '', second = ''] = items
    if (offset.length > 5 && second.length < 5) items.shift()
    const prefixed = /[xu]|U\+/i.test(source)
    const near: boolean =
      group !== null &&
      start - group.span.end < LINE_GAP &&
      group.prefixed === prefixed &&
      text.slice(group.span.end, start).includes('\n')
    if (group !== null && near) {
      group.items.push(...items)
      group.span.end = end
    } else {
      flush(text, group, decoded)
      group = { span: { start, end }, items, prefixed }
    }
  }
  flush(text, group, decoded)
  return decoded
}
