/**
 * Quick looks that tell where an escape cannot be, for those that ordinary text imitates. Each finds
 * the next sign by a plain search and tries its pattern only there.
 */
export const QUOTES = ['"', "'", '`'] as const

/** Whether behind some quote stands what is looked for. */
function quotes(text: string, behind: (text: string, at: number) => boolean): boolean {
  for (const quote of QUOTES) {
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (behind(text, at + 1)) return true
    }
  }
  return false
}

const isDigitAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code > 47 && code < 58
}

/** Signs that put strings together, behind the quote that ends the first of them. */
const JOINS = /\s{0,8}(?:\+|\|\||\.|&)/y
function isJoinAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  // Most quotes have a letter or a comma behind them.
  if ((code | 32) > 96 && (code | 32) < 123) return false
  JOINS.lastIndex = at
  return JOINS.test(text)
}
export const joinsStrings = (text: string): boolean => quotes(text, isJoinAt)

const LINE_END = /[ \t]{0,8}\r?\n/y
export function endsLine(text: string): boolean {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    if (text.charCodeAt(at + 1) > 32) continue
    LINE_END.lastIndex = at + 1
    if (LINE_END.test(text)) return true
  }
  return false
}

const QUOTED_BYTES = /=3D|(?:=[0-9A-F]{2}){3}/y
export function isQuotedPrintable(text: string): boolean {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    QUOTED_BYTES.lastIndex = at
    if (QUOTED_BYTES.test(text)) return true
  }
  return false
}

/** `chr(`, `ch(`, `char(`: `r` or `h` in front of the bracket. */
export function callsCharacters(text: string): boolean {
  for (let at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) {
    const before = text.charCodeAt(at - 1) | 32
    if (before === 114 || before === 104) return true
  }
  return false
}

const NEXT_STRING = /\r?\n\s{0,40}"/y
export function breaksBetweenStrings(text: string): boolean {
  for (let at = text.indexOf('"\n'); at >= 0; at = text.indexOf('"\n', at + 1)) {
    NEXT_STRING.lastIndex = at + 1
    if (NEXT_STRING.test(text)) return true
  }
  return text.includes('"\r\n')
}

const INDEXED = /(?:["'`]\d{1,6}["'`]\s{0,4}:\s{0,4}["'`]?[^"'`\s]{1,3}["'`]?\s{0,4},\s{0,40}){4}/

export const isIndexed = (text: string): boolean => quotes(text, isDigitAt) && INDEXED.test(text)
