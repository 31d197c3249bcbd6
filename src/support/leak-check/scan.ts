/** Looks at one view: what in it is a token, and what in it should be read another way. */
import { decodeAscii85, decodeBlock, decodeUuencoded } from './block.ts'
import { decodeByteLists } from './byte-list.ts'
import { unescaped } from './escape.ts'
import type { Sighting, Span } from './find.ts'
import { beginning, continuation, judgePieces } from './fragment.ts'
import { isNamed, judgeChunk } from './judge.ts'
import type { KnownTokens } from './known-token.ts'
import { DIGIT, LOWER, UPPER, kindOf } from './letter.ts'
import { LABEL_TAILS, labelled, userInfo } from './label.ts'
import { survey } from './survey.ts'
import type { VendorDetector } from './vendor.ts'
import type { View } from './view.ts'
import { blockView } from './view.ts'

export interface Detectors {
  known: Pick<KnownTokens, 'scan'>
  vendor: VendorDetector
}

export interface Scanned {
  sightings: Sighting[]
  views: View[]
  /** True when something in this view was too large to be read to its end. */
  bounded: boolean
  /** Characters handed to the stages behind the survey, as often as they are. */
  judged: number
}

/** Beyond this a block is not decoded piece by piece: it is cut as a whole anyway. */
const LARGEST_BLOCK = 512 * 1024
/** No token is written in so many pieces: such a stretch is cut as a whole, not judged. */
const LONGEST_SEQUENCE = 32 * 1024
const UUID_LENGTH = 36
const INSTANT = /^\d{4}-\d\d-\d\d[T_]\d\d:\d\d[\d:.,]{0,20}(?:Z|[+-]\d\d:?\d\d)?$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Labels closer than this leave no room for a value between them. */
const CROWDED = 16
const MOST_CROWDED = 32

/** How far from a label, or into the next line, is looked: an order of magnitude, to count work by. */
const NEAR = 400

const KEY_BLOCK =
  /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10})-----(?:[^-]|-(?!----)){0,20000}(?:-----END \1-----)?/g

/** Every line is followed from once, however many finds end on it. */
interface Followed {
  text: string
  sightings: Sighting[]
  to: number
  /** How many lines were looked at. */
  lines: number
}

function follow(followed: Followed, end: number): void {
  if (end < followed.to) return
  const found = following(followed.text, end)
  for (const sighting of found) followed.sightings.push(sighting)
  followed.to = found.at(-1)?.end ?? end
  followed.lines += found.length + 1
}

export function scanView(
  view: View,
  detectors: Detectors,
  signs: number,
  thorough = false,
): Scanned {
  const { text } = view
  const sightings: Sighting[] = []
  const followed: Followed = { text, sightings, to: 0, lines: 0 }
  // A chunk that ends where the next marked one begins: followed only if that one is no token.
  let waiting = 0
  const views: View[] = []
  let bounded = false
  let work = 0
  for (const span of detectors.known.scan(text)) {
    sightings.push({
      ...aroundKnown(text, span.start, span.end),
      kind: 'known-token',
      layer: 'known',
    })
  }
  if (text.includes('PRIVATE KEY')) {
    for (const match of text.matchAll(KEY_BLOCK)) {
      const end = match.index + match[0].length
      sightings.push({ start: match.index, end, kind: 'private-key', layer: 'vendor' })
    }
  }
  const places = survey(text, LABEL_TAILS)
  for (let index = 0; index < places.chunks.length; index += 2) {
    const start = places.chunks[index] ?? 0
    const end = places.chunks[index + 1] ?? start
    const chunk = text.slice(start, end)
    // The most frequent identifiers; a label in front of them is looked for below.
    if (chunk.length === UUID_LENGTH && UUID.test(chunk)) continue
    if (chunk.charCodeAt(4) === 45 && INSTANT.test(chunk)) continue
    work += chunk.length
    for (const named of detectors.vendor(text, start, end, thorough)) sightings.push(named)
    const judged = judgeChunk(text, start, end)
    const waited = waiting
    if (judged.length === 0) {
      if (waiting > 0 && start - waiting < 3) follow(followed, waiting)
      work += chunk.length
      const spans = hasShortParts(chunk) ? judgePieces(text, start, end, true, thorough) : []
      if (spans.length > 0 && !isNamed(text, start, end)) {
        for (const span of spans) sightings.push({ ...span, kind: 'token-like', layer: 'fragment' })
      }
    }
    for (const span of judged) {
      const found: Sighting = {
        start: start + span.start,
        end: start + span.end,
        kind: 'token-like',
        layer: 'run',
      }
      sightings.push(found)
      if (found.end === end) {
        const next = places.chunks[index + 2] ?? text.length
        if (next - end > 2) follow(followed, end)
        else waiting = end
      }
      if (found.start === start && start - waited > 2) {
        const head = beginning(text, start)
        if (head !== null) sightings.push({ ...head, kind: 'token-like', layer: 'fragment' })
      }
    }
    // What is cut as it stands need not be decoded to be cut again.
    const rest = without(chunk, judged)
    work += rest.length
    if (rest.length > LARGEST_BLOCK && judged.length === 0) bounded = true
    else {
      for (const reading of decodeBlock(rest)) {
        bounded ||= reading.cut
        views.push(blockView(view, { start, end }, reading.text, reading.name))
      }
    }
  }
  let valueEnd = 0
  let crowd = 0
  for (let index = 0; index < places.labels.length; index += 1) {
    const end = places.labels[index] ?? 0
    if (end <= valueEnd) continue
    // `token=token=token=…`: after a few, only the last one before a value can be is looked at.
    const next = places.labels[index + 1] ?? Infinity
    crowd = next - end < CROWDED ? crowd + 1 : 0
    if (crowd > MOST_CROWDED) continue
    work += NEAR
    const found = labelled(text, end, thorough)
    if (found === null) continue
    sightings.push(found)
    valueEnd = found.end
    follow(followed, found.end)
  }
  for (const found of userInfo(text)) sightings.push(found)
  for (let index = 0; index < places.pieces.length; index += 2) {
    const start = places.pieces[index] ?? 0
    const end = places.pieces[index + 1] ?? start
    if (end - start > LONGEST_SEQUENCE) {
      sightings.push({ start, end, kind: 'too-much-to-read', layer: 'bound' })
      continue
    }
    work += end - start
    for (const span of judgePieces(text, start, end, false, thorough)) {
      sightings.push({ ...span, kind: 'token-like', layer: 'fragment' })
      follow(followed, span.end)
    }
  }
  const bytes: number[] = []
  for (let index = 0; index < places.bytes.length; index += 2) {
    const start = places.bytes[index] ?? 0
    const end = places.bytes[index + 1] ?? start
    work += end - start
    if (end - start <= LONGEST_SEQUENCE) bytes.push(start, end)
    else sightings.push({ start, end, kind: 'too-much-to-read', layer: 'bound' })
  }
  for (const list of decodeByteLists(text, bytes)) {
    views.push(blockView(view, list, list.text, list.name))
  }
  const signed = text.includes('<~') ? decodeAscii85(text) : []
  if (text.includes('begin ')) signed.push(...decodeUuencoded(text))
  for (const block of signed) {
    for (const reading of block.readings) {
      views.push(blockView(view, block, reading.text, reading.name))
    }
  }
  for (const child of unescaped(view, signs)) views.push(child)
  return { sightings, views, bounded, judged: work + followed.lines * NEAR }
}

/** A chunk that may be a token written in pieces: four short parts in a row. */
function hasShortParts(chunk: string): boolean {
  let part = 0
  let row = 0
  for (let index = 0; index < chunk.length; index += 1) {
    const kind = kindOf(chunk.charCodeAt(index))
    if (kind === LOWER || kind === UPPER || kind === DIGIT) {
      part += 1
      if (row > 2) return true
    } else if (part > 0) {
      row = part < 13 ? row + 1 : 0
      part = 0
    }
  }
  return false
}

/** Blanks in the place of the spans, which are in order. */
function without(chunk: string, spans: readonly Span[]): string {
  if (spans.length === 0) return chunk
  const parts: string[] = []
  let at = 0
  for (const { start, end } of spans) {
    if (start > at) parts.push(chunk.slice(at, start))
    parts.push(' ')
    at = Math.max(at, end)
  }
  return parts.join('') + chunk.slice(at)
}

/** A token wrapped over several lines: each next piece, as long as they keep coming. */
function following(text: string, end: number): Sighting[] {
  const found: Sighting[] = []
  let at = end
  for (let lines = 0; lines < 40; lines += 1) {
    const piece = continuation(text, at)
    if (piece === null) break
    found.push({ ...piece, kind: 'token-like', layer: 'fragment' })
    at = piece.end
  }
  return found
}

/** The rest of the run a known stretch stands in belongs to the token, or is glued to it. */
function aroundKnown(text: string, start: number, end: number): { start: number; end: number } {
  let from = start
  let to = end
  while (from > 0 && start - from < 200 && /[\w~+=-]/.test(text.charAt(from - 1))) from -= 1
  while (to < text.length && to - end < 200 && /[\w~+=-]/.test(text.charAt(to))) to += 1
  return { start: from, end: to }
}
