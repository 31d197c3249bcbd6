/**
 * Takes out of a collected section what the leak check finds in it, before anything is written. The
 * place becomes null, an entry of a list is dropped; the section's schema says whether that is enough.
 */
import type { Cut } from './bundle-redaction.ts'
import type { LeakCheck } from './leak-check/leak-check.ts'

export interface Withheld {
  section: unknown
  cut: Cut[]
}

export function withhold(
  check: Pick<LeakCheck, 'inspect'>,
  section: unknown,
  pointer: string,
): Withheld {
  const cut: Cut[] = []
  const look = (text: string, path: string): boolean => {
    const finds = check.inspect(text, { path })
    for (const { kind, layer, view } of finds) cut.push({ path, kind, layer, view })
    return finds.length === 0
  }
  const walk = (value: unknown, path: string, name: string): unknown => {
    // With its name in front, as it will stand in the file: an id is judged as an id.
    if (typeof value === 'string')
      return look(JSON.stringify({ [name]: value }), path) ? value : null
    if (Array.isArray(value)) {
      return value
        .map((item, index) => ({
          before: item as unknown,
          after: walk(item, `${path}/${index}`, name),
        }))
        .filter(({ before, after }) => before === null || after !== null)
        .map(({ after }) => after)
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, `${path}/${key}`, key)]),
    )
  }
  const name = pointer.slice(pointer.lastIndexOf('/') + 1)
  return { section: walk(section, pointer, name), cut }
}
