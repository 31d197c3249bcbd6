/** Takes the found stretches out of a text. */
import type { Find } from './find.ts'
import { joined } from './known-token.ts'

/** Stands in the place of what was cut. Must itself be clean, whatever stands around it. */
export const REMOVED = '[removed]'

/** Null when a find has no place: then only the whole text would do. */
export function cut(text: string, finds: readonly Find[]): string | null {
  const spans = []
  for (const { start, end } of finds) {
    if (start === undefined || end === undefined) return null
    spans.push({ start, end })
  }
  let output = ''
  let at = 0
  for (const span of joined(spans)) {
    output += text.slice(at, span.start) + REMOVED
    at = span.end
  }
  return output + text.slice(at)
}
