/**
 * How many characters a rule's pattern needs at least: a keyword in a shorter chunk is no reason to
 * try it. Knows what the patterns use; anything else counts as nothing, so the answer is never too high.
 */
const ATOM = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^()|]/y
const TIMES = /\{(\d+)(?:,\d*)?\}\??|[?*]\??|\+\??/y
const OPEN = /\((?:\?(?::|[a-z]+\)))?/y

interface Reader {
  pattern: string
  at: number
}

/** What a sticky pattern matches where the reader stands; the reader goes on behind it. */
function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at
  const match = pattern.exec(reader.pattern)
  if (match !== null) reader.at = pattern.lastIndex
  return match
}

function atom(reader: Reader): number {
  const open = take(reader, OPEN)?.[0]
  if (open === undefined) {
    const one = take(reader, ATOM)?.[0] ?? ''
    // Edges and anchors are no characters.
    return one === '' || /^(?:\\[bBAz]|[\^$])$/.test(one) ? 0 : 1
  }
  // `(?i)` sets a flag and encloses nothing.
  if (open.endsWith(')')) return 0
  const least = alternatives(reader)
  reader.at += 1
  return least
}

function alternatives(reader: Reader): number {
  let least = Infinity
  let sum = 0
  while (reader.at < reader.pattern.length && reader.pattern.charAt(reader.at) !== ')') {
    if (reader.pattern.charAt(reader.at) === '|') {
      least = Math.min(least, sum)
      sum = 0
      reader.at += 1
      continue
    }
    const before = reader.at
    const width = atom(reader)
    const times = take(reader, TIMES)
    const fewest = times === null || times[0].startsWith('+') ? 1 : Number(times[1] ?? 0)
    sum += width * fewest
    if (reader.at === before) return 0
  }
  return Math.min(least, sum)
}

export const shortestMatch = (pattern: string): number => alternatives({ pattern, at: 0 })

/**
 * The same from the keyword on, where the pattern has it as a part of its own: what is left of the
 * chunk must hold that much. Elsewhere the keyword's own length.
 */
export function shortestRest(pattern: string, keyword: string): number {
  const at = pattern.indexOf(keyword)
  const isOne = at >= 0 && pattern.indexOf(keyword, at + 1) < 0 && /^[A-Za-z0-9_-]+$/.test(keyword)
  // Without regard to case, a match need not be where the keyword is.
  if (pattern.startsWith('(?i)')) return keyword.length
  if (!isOne || /\\[^bw.]|[[(?]$/.test(pattern.slice(Math.max(0, at - 2), at)))
    return keyword.length
  let depth = 0
  const outside = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, (part) => 'x'.repeat(part.length))
  for (let index = 0; index < outside.length; index += 1) {
    const sign = outside.charAt(index)
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if ((depth > 0 && index === at) || (depth === 0 && sign === '|')) return keyword.length
  }
  return outside.startsWith(keyword, at) ? shortestMatch(pattern.slice(at)) : keyword.length
}
