/**
 * The paste guard: walks a JSON value, keys included, before it is stored or logged. Reports where,
 * never what: a key that holds a token is named by its position.
 */
import type { Find } from './find.ts'
import type { KnownTokens } from './known-token.ts'

export interface Guarded {
  /** JSON pointer (RFC 6901). */
  path: string
  kind: string
}

type Inspect = (text: string, path: string) => Find[]

/** Deeper than any body of ours; beyond it nothing is looked at, so it counts as a find. */
const DEEPEST = 64
/** Our own fingerprints of tokens, as `TokenRef` holds them. */
const OWN_FINGERPRINT = /^[0-9a-f]{16}$/

const escapeKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

export function guardInput(
  value: unknown,
  inspect: Inspect,
  known: Pick<KnownTokens, 'scan'>,
): Guarded[] {
  const guarded = new Map<string, Guarded>()
  const texts: string[] = []
  const keys: string[] = []
  const add = (path: string, kind: string): void => {
    if (!guarded.has(`${path} ${kind}`)) guarded.set(`${path} ${kind}`, { path, kind })
  }
  const look = (text: string, path: string): boolean => {
    texts.push(text)
    if (OWN_FINGERPRINT.test(text)) {
      const isKnown = known.scan(text).length > 0
      if (isKnown) add(path, 'known-token')
      return isKnown
    }
    const finds = inspect(text, path)
    for (const find of finds) add(path, find.kind)
    return finds.length > 0
  }
  const walk = (node: unknown, path: string, depth: number): void => {
    if (depth > DEEPEST) add(path, 'too-much-to-read')
    else if (typeof node === 'string') look(node, path)
    else if (typeof node === 'number' || typeof node === 'bigint') texts.push(String(node))
    else if (Array.isArray(node)) {
      node.forEach((item, index) => walk(item, `${path}/${index}`, depth + 1))
    } else if (typeof node === 'object' && node !== null) {
      Object.entries(node).forEach(([key, item], index) => {
        const suspect = inspect(key, path)
        const name = `${path}/${suspect.length > 0 ? `#${index}` : escapeKey(key)}`
        for (const find of suspect) add(name, find.kind)
        keys.push(key)
        walk(item, name, depth + 1)
      })
    }
  }
  walk(value, '', 0)
  // A token spread over several fields: only what is known can be told apart from chance.
  if (guarded.size === 0) {
    try {
      for (const together of [texts, keys]) {
        if (known.scan(together.join('\n')).length > 0) add('', 'known-token')
      }
    } catch {
      add('', 'detector-failed')
    }
  }
  return [...guarded.values()]
}
