/** What differs from run to run (ids, a port, keyed fingerprints) put in one form, so that an example can be compared. */
import { BundleContent } from '../../src/support/bundle-schema.ts'
import { summaryOf } from '../../src/support/bundle-summary.ts'
import { canonicalJson } from '../../src/support/canonical-json.ts'

const counted = (text: string, pattern: RegExp, write: (nth: number, found: string) => string) => {
  const seen = new Map<string, string>()
  return text.replaceAll(pattern, (found) => {
    const known = seen.get(found) ?? write(seen.size + 1, found)
    seen.set(found, known)
    return known
  })
}

/** → the files to be committed: the canonical bundle and the summary rendered from it. */
export function exampleFiles(bundle: string): { 'bundle.json': string; 'summary.md': string } {
  let text = bundle.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://portal.example')
  text = text.replaceAll(/127\.0\.0\.1(?::\d+)?/g, 'portal.example')
  text = counted(
    text,
    /\b(?:con|rot|esc|bun)_[0-9a-z]{20}\b/g,
    (nth, found) => found.slice(0, 4) + String(nth).padStart(20, '0'),
  )
  text = counted(
    text,
    /\btok_[0-9a-f-]{36}\b/g,
    (nth) => `tok_00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`,
  )
  text = counted(
    text,
    /"fingerprint":"[0-9a-f]{16}"/g,
    (nth) => `"fingerprint":"${String(nth).padStart(16, '0')}"`,
  )
  const content = BundleContent.parse(JSON.parse(text))
  return { 'bundle.json': canonicalJson(content), 'summary.md': summaryOf(content) }
}
