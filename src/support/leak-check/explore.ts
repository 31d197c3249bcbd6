/**
 * Reads a text in every way that is cheap to try, breadth first: as it stands, normalised, unescaped,
 * decoded, unpacked, and again what came out. Depth, number and size are bounded; a bound that is
 * hit counts as a find, because something was not looked at.
 */
import type { Find } from './find.ts'
import { normalise, signsOf, UNSETTLED } from './normalise.ts'
import type { Detectors } from './scan.ts'
import { scanView } from './scan.ts'
import type { View } from './view.ts'
import { rawView } from './view.ts'

/** Two offsets and a flag in one number: exact up to 64 million characters. */
const PLACES = 2 ** 26

export interface Bounds {
  depth: number
  /** Characters of all views together, as a multiple of the text's length plus a fixed allowance. */
  growth: number
  allowance: number
}

export const BOUNDS: Bounds = { depth: 5, growth: 8, allowance: 256 * 1024 }

/** Work done, in characters looked at: what the test for hostile text counts instead of time. */
export interface Effort {
  characters: number
  views: number
  /** Handed on to be judged, decoded or matched, as often as it was. */
  judged: number
}

export function explore(
  text: string,
  path: string,
  detectors: Detectors,
  bounds: Bounds = BOUNDS,
  thorough = false,
): { finds: Find[]; effort: Effort } {
  const finds: Find[] = []
  const seen = new Set<number>()
  const effort: Effort = { characters: 0, views: 0, judged: 0 }
  const most = text.length * bounds.growth + bounds.allowance
  const queue = [settled(rawView(text))]
  const read = new Set(queue.map(({ view }) => view.text))
  let bounded = false
  for (let next = 0; next < queue.length; next += 1) {
    const { view, signs } = queue[next] as Settled
    effort.characters += view.text.length
    effort.views += 1
    if (effort.characters > most) {
      bounded = true
      break
    }
    const scanned = scanView(view, detectors, thorough ? UNSETTLED : signs, thorough)
    for (const sighting of scanned.sightings) {
      const { start, end } = view.depth === 0 ? sighting : view.origin(sighting.start, sighting.end)
      const place = (start * PLACES + end) * 2 + (sighting.layer === 'known' ? 1 : 0)
      if (seen.has(place)) continue
      seen.add(place)
      finds.push({ path, kind: sighting.kind, layer: sighting.layer, view: view.name, start, end })
    }
    bounded ||= scanned.bounded
    effort.judged += scanned.judged
    for (const child of scanned.views) {
      // Two escapes undone in either order give the same text: once is enough.
      if (read.has(child.text)) continue
      read.add(child.text)
      if (child.depth > bounds.depth) {
        bounded ||= stillCoded(child)
        continue
      }
      queue.push(settled(child))
    }
  }
  if (bounded) finds.push({ path, kind: 'too-much-to-read', layer: 'bound', view: 'raw' })
  return { finds, effort }
}

interface Settled {
  view: View
  /** What `signsOf` told of it. */
  signs: number
}

function settled(view: View): Settled {
  const signs = signsOf(view.text)
  return signs === UNSETTLED ? { view: normalise(view), signs } : { view, signs }
}

/** Below the deepest level only what could still hide something counts: not an escaped quote. */
const stillCoded = (view: View): boolean => /[A-Za-z0-9+/_-]{16}/.test(view.text)
