/** What the survey takes for bytes that were written out; `byte-list.ts` reads them. */
import { KIND, OTHER, SOFT } from './letter.ts'

/** `73`, `7363`, `0x73`, `x73`, `u0073`, `115`, `01110011`: could stand for one byte or a few. */
export function byteLike(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index) | 32
    const isHex = (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
    if (!isHex && !(index - start < 2 && (code === 120 || code === 117))) return false
  }
  return true
}

/** `73:63:69…`, `73-63-69…`, `115.99.105…`: bytes with a soft separator between them. */
export function byteShaped(text: string, start: number): boolean {
  let run = 0
  let count = 0
  for (let index = start; index < start + 23; index += 1) {
    const kind = KIND[text.charCodeAt(index)] ?? OTHER
    if (kind === SOFT) {
      if (run === 0 || run > 4) return false
      run = 0
      count += 1
    } else run += 1
  }
  return count > 3
}
