/** Runs the vendor shapes over the chunks the survey marked. RE2 keeps hostile text linear. */
import { RE2JS } from 're2js'
import type { Sighting } from './find.ts'
import type { Rule } from './rule.ts'
import { shortestMatch, shortestRest } from './shortest-match.ts'

export type VendorDetector = (
  text: string,
  start: number,
  end: number,
  thorough?: boolean,
) => Sighting[]

/** A chunk longer than this is looked at piece by piece, overlapping, so that work stays linear. */
const WINDOW = 4096
const OVERLAP = 1024

export function vendorDetector(rules: readonly Rule[]): VendorDetector {
  const compiled = rules.map((rule) => ({
    id: rule.id,
    // `user_AKIA…_old`: glued to a name with an underscore, a token is one still.
    least: shortestMatch(rule.pattern),
    pattern: RE2JS.compile(rule.pattern.replaceAll(/^\\b|\\b$/g, '(?:\\b|_)')),
  }))
  // By the first two characters of a keyword: most places of most chunks begin none.
  const begins = new Uint8Array(128 * 128)
  const keywords = new Map<number, { keyword: string; rule: number; least: number }[]>()
  rules.forEach((rule, index) => {
    for (const keyword of rule.keywords) {
      const pair = (keyword.charCodeAt(0) & 127) * 128 + (keyword.charCodeAt(1) & 127)
      begins[pair] = 1
      const least = shortestRest(rule.pattern, keyword)
      keywords.set(pair, [...(keywords.get(pair) ?? []), { keyword, rule: index, least }])
    }
  })
  const named = (
    text: string,
    start: number,
    end: number,
    thorough: boolean,
  ): Set<number> | null => {
    let found: Set<number> | null = null
    let before = 0
    for (let index = start; index < end; index += 1) {
      const code = text.charCodeAt(index) & 127
      const pair = before * 128 + code
      if (begins[pair] === 1) {
        for (const { keyword, rule, least } of keywords.get(pair) ?? []) {
          if (!thorough && end - index + 1 < least) continue
          if (text.startsWith(keyword, index - 1)) (found ??= new Set()).add(rule)
        }
      }
      before = code
    }
    return found
  }
  const look = (
    text: string,
    from: number,
    to: number,
    found: Sighting[],
    thorough: boolean,
  ): void => {
    const wanted = named(text, from, to, thorough)
    if (wanted === null) return
    const chunk = text.slice(from, to)
    for (const index of wanted) {
      const rule = compiled[index]
      if (rule === undefined || (!thorough && to - from < rule.least)) continue
      const matcher = rule.pattern.matcher(chunk)
      while (matcher.find()) {
        const start = from + matcher.start()
        const end = from + matcher.end()
        if (end > start) found.push({ start, end, kind: rule.id, layer: 'vendor' })
      }
    }
  }
  return (text, start, end, thorough = false) => {
    const found: Sighting[] = []
    for (let from = start; from < end; from += WINDOW - OVERLAP) {
      look(text, from, Math.min(end, from + WINDOW), found, thorough)
      if (from + WINDOW >= end) break
    }
    return found
  }
}
