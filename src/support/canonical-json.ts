/** RFC 8785: one spelling for every value, so that the same state has the same bytes. */
import canonicalizeModule from 'canonicalize'

// The package is CommonJS, its types claim an ES default: the value is the function itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined

/** Ends with a newline: these are text files. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('no JSON value')
  return `${text}\n`
}

/** The value, or undefined when the text is not its one spelling. */
export function parseCanonical(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return canonicalJson(value) === text ? value : undefined
  } catch {
    return undefined
  }
}
