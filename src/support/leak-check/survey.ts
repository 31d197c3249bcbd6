/**
 * One pass over a text that marks the few places worth a closer look. It is the only part that
 * touches every character, so it is written as one loop over numbers: the cost of ordinary prose is
 * the cost of this loop. It decides nothing; it must only never miss.
 */
import {
  CAPITALS_END,
  COST,
  DIGIT,
  DIGIT_AFTER_DIGIT,
  DIGIT_AFTER_LETTER,
  DIGIT_AT_START,
  HARD,
  HUMP,
  KIND,
  LETTER,
  LETTER_AFTER_DIGIT,
  LIMIT,
  LOWER,
  ORDINARY,
  OTHER,
  SEPARATOR,
  SOFT,
  SPACE,
  UPPER,
} from './letter.ts'

/** Offsets, flat: pairs of start and end, except `labels`. */
export interface Survey {
  /** Chunks that are not plainly words. */
  chunks: number[]
  /** Ends of words whose last letters are those of a label. */
  labels: number[]
  /** Sequences of short odd chunks. */
  pieces: number[]
  /** Sequences of chunks that could each be a byte. */
  bytes: number[]
}

/** Quarter bits above ordinary from which a chunk is looked at, and a sequence of chunks. */
const CHUNK_SCORE = 56
const PIECES_SCORE = 90
const SOLID = 16
const FEWEST = 12
const LONGEST_PIECE = 15

export function survey(text: string, labelTails: Uint8Array): Survey {
  const chunks: number[] = []
  const labels: number[] = []
  const pieces: number[] = []
  const bytes: number[] = []
  let a = 0
  let b = 0
  let previous = SPACE
  let capitals = 0
  let tail = 0
  let start = -1
  let sum = 0
  let best = 0
  let total = 0
  let alnum = 0
  let atom = 0
  let shifts = 0
  let foreign = 0
  let longest = 0
  let digits = 0
  let joinSum = 0
  let joinBest = 0
  let joinStart = 0
  let joinEnd = 0
  let joinCount = 0
  let lastWidth = 0
  let single = 0
  let singleStart = 0
  let singleEnd = 0
  let byte = 0
  let byteStart = 0
  let byteEnd = 0
  const length = text.length
  for (let index = 0; index <= length; index += 1) {
    const code = index < length ? text.charCodeAt(index) : 32
    const kind = code < LIMIT ? (KIND[code] as number) : OTHER
    let add = 0
    if (kind === LOWER || kind === UPPER) {
      const letter = LETTER[code] as number
      if (previous === DIGIT) {
        add = LETTER_AFTER_DIGIT + (COST[letter] as number) - ORDINARY
        tail = letter
        b = 0
        capitals = 0
        shifts += 1
      } else if (kind === UPPER && previous === LOWER) {
        add = (COST[(a * 27 + b) * 27] as number) + HUMP + (COST[letter] as number) - ORDINARY
        tail = letter
        b = 0
        capitals = 0
      } else if (kind === LOWER && previous === UPPER && capitals > 1) {
        tail = b * 27 + letter
        add = CAPITALS_END + (COST[tail] as number) - ORDINARY
      } else {
        tail = (a * 27 + b) * 27 + letter
        add = (COST[tail] as number) - ORDINARY
      }
      capitals = kind === UPPER ? capitals + 1 : 0
      a = b
      b = letter
      if (letter > 6) foreign += 1
      atom += 1
    } else {
      if (previous === LOWER || previous === UPPER) {
        add = COST[(a * 27 + b) * 27] as number
        if (labelTails[tail] === 1) labels.push(index)
      }
      a = 0
      b = 0
      capitals = 0
      if (kind === DIGIT) {
        if (previous === DIGIT) add = DIGIT_AFTER_DIGIT
        else if (add !== 0) {
          add += DIGIT_AFTER_LETTER
          shifts += 1
        } else add = DIGIT_AT_START
        digits += 1
        atom += 1
      } else {
        add += SEPARATOR
        if (atom > 0) {
          alnum += atom
          if (atom > longest && (shifts > 2 || foreign === 0)) longest = atom
          atom = 0
          shifts = 0
          foreign = 0
        }
      }
    }
    if (kind < HARD && kind !== OTHER && start < 0) {
      start = index
      sum = 0
      best = 0
      total = 0
      alnum = 0
      longest = 0
      digits = 0
    }
    if (start >= 0) {
      sum += add
      total += add
      if (sum < 0) sum = 0
      else if (sum > best) best = sum
    }
    if (start >= 0 && (kind >= HARD || kind === OTHER)) {
      const width = index - start
      if (alnum >= FEWEST && (best >= CHUNK_SCORE || longest >= SOLID)) chunks.push(start, index)
      if (width > 22 && digits > 4 && byteShaped(text, start)) bytes.push(start, index)
      // A sequence of short odd chunks: a token in pieces.
      if (alnum > 0) {
        let odd = total
        // A long chunk is judged by itself; it may begin or end a sequence, not make one.
        if (alnum > LONGEST_PIECE) odd = odd > 20 ? 20 : odd
        if (digits === alnum) odd = alnum < 5 ? -2 : -8
        else if (digits === 0 && alnum < 6 && odd > 10) {
          odd = alnum < 3 ? 0 : width === lastWidth && width > 3 ? Math.min(odd, 22) : 10
        } else if (odd < 0) odd -= 24
        if (joinSum <= 0) {
          joinStart = start
          joinSum = 0
          joinBest = 0
          joinCount = 0
        }
        joinSum += odd
        joinCount += 1
        lastWidth = width
        if (joinSum > joinBest) {
          joinBest = joinSum
          joinEnd = index
        }
        if (joinSum <= 0 && joinBest >= PIECES_SCORE && joinCount > 1)
          pieces.push(joinStart, joinEnd)
        if (joinSum <= 0) joinBest = 0
        // One or two characters at a time.
        if (width < 3) {
          if (single === 0) singleStart = start
          single += 1
          singleEnd = index
        } else {
          if (single >= FEWEST) pieces.push(singleStart, singleEnd)
          single = 0
        }
        if (width < 9 && byteLike(text, start, index)) {
          if (byte === 0) byteStart = start
          byte += width > 3 && digits !== alnum ? 2 : 1
          byteEnd = index
        } else {
          if (byte >= 8) bytes.push(byteStart, byteEnd)
          byte = 0
        }
      }
      start = -1
    }
    previous = kind
    // Most characters of most texts: one small letter after another.
    const run = kind === LOWER ? length - 1 : index
    while (index < run) {
      const letter = text.charCodeAt(index + 1) - 96
      if (letter < 1 || letter > 26) break
      tail = (a * 27 + b) * 27 + letter
      const more = (COST[tail] as number) - ORDINARY
      sum += more
      total += more
      if (sum < 0) sum = 0
      else if (sum > best) best = sum
      a = b
      b = letter
      if (letter > 6) foreign += 1
      atom += 1
      capitals = 0
      index += 1
    }
  }
  if (joinBest >= PIECES_SCORE && joinCount > 1) pieces.push(joinStart, joinEnd)
  if (single >= FEWEST) pieces.push(singleStart, singleEnd)
  if (byte >= 8) bytes.push(byteStart, byteEnd)
  return { chunks, labels, pieces, bytes }
}

/** `73`, `7363`, `0x73`, `x73`, `u0073`, `115`, `01110011`: could stand for one byte or a few. */
function byteLike(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index) | 32
    const isHex = (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
    if (!isHex && !(index - start < 2 && (code === 120 || code === 117))) return false
  }
  return true
}

/** `73:63:69…`, `73-63-69…`, `115.99.105…`: bytes with a soft separator between them. */
function byteShaped(text: string, start: number): boolean {
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
