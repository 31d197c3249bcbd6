/**
 * One pass over a text that marks the few places worth a closer look. It is the only part that
 * touches every character, so it is written as one loop over numbers: the cost of ordinary prose is
 * the cost of this loop. It decides nothing; it must only never miss.
 */
import { byteLike, byteShaped } from './byte-shape.ts'
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
  SPACE,
  UPPER,
} from './letter.ts'
import { oddInSequence, type Survey } from './survey-place.ts'

/** Quarter bits above ordinary from which a chunk is looked at, and a sequence of chunks. */
const CHUNK_SCORE = 56
const PIECES_SCORE = 90
const SOLID = 16
const FEWEST = 12
const FEWEST_BYTES = 8

export function survey(text: string, labelTails: Uint8Array): Survey {
  const chunks: number[] = []
  const labels: number[] = []
  const pieces: number[] = []
  const bytes: number[] = []
  let pair = 0 // The last two letters, five bits each.
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
    let kind = code < LIMIT ? (KIND[code] as number) : OTHER
    let add = 0
    // Most chunks of most texts: one word, too short to hold a token and with nothing at its edges.
    if (start < 0 && (code | 32) > 96 && (code | 32) < 123) {
      let end = index + 1
      let word = (code | 32) - 96
      let cost = (COST[word] as number) - ORDINARY
      const most = Math.min(length, index + FEWEST)
      for (; end < most; end += 1) {
        const letter = text.charCodeAt(end) - 96
        if (letter < 1 || letter > 26) break
        word = ((word & 1023) << 5) | letter
        cost += (COST[word] as number) - ORDINARY
      }
      if (end < index + FEWEST) {
        const next = end < length ? text.charCodeAt(end) : 32
        const ends = next < LIMIT ? (KIND[next] as number) : OTHER
        if (ends >= HARD) {
          if (labelTails[word] === 1) labels.push(end)
          const edge = COST[(word & 1023) << 5] as number
          // Plain, in no sequence and no byte: nothing is remembered of it but its width.
          if (
            joinSum <= 0 &&
            cost + edge + SEPARATOR <= 0 &&
            single < FEWEST &&
            byte < FEWEST_BYTES &&
            (word & 31) > 6 &&
            end - index > 2
          ) {
            single = 0
            byte = 0
            lastWidth = end - index
            index = end
            previous = ends
            continue
          }
          start = index
          alnum = end - index
          index = end
          kind = ends
          previous = SPACE
          total = cost + edge
          sum = 0
          best = 0
          longest = 0
          digits = 0
        }
      }
    }
    if (kind === LOWER || kind === UPPER) {
      const letter = LETTER[code] as number
      if (previous === DIGIT) {
        tail = letter
        add = LETTER_AFTER_DIGIT + (COST[tail] as number) - ORDINARY
        capitals = 0
        shifts += 1
      } else if (kind === UPPER && previous === LOWER) {
        tail = letter
        add = (COST[pair << 5] as number) + HUMP + (COST[tail] as number) - ORDINARY
        capitals = 0
      } else if (kind === LOWER && previous === UPPER && capitals > 1) {
        tail = ((pair & 31) << 5) | letter
        add = CAPITALS_END + (COST[tail] as number) - ORDINARY
      } else {
        tail = (pair << 5) | letter
        add = (COST[tail] as number) - ORDINARY
      }
      capitals = kind === UPPER ? capitals + 1 : 0
      pair = tail & 1023
      if (letter > 6) foreign += 1
      atom += 1
    } else {
      if (previous === LOWER || previous === UPPER) {
        add = COST[pair << 5] as number
        if (labelTails[tail] === 1) labels.push(index)
      }
      pair = 0
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
      if (alnum > 0) {
        const odd = oddInSequence(total, alnum, digits, width, lastWidth)
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
          if (byte >= FEWEST_BYTES) bytes.push(byteStart, byteEnd)
          byte = 0
        }
      }
      start = -1
    }
    previous = kind
    // One small letter after another.
    if (kind === LOWER) {
      let end = index + 1
      for (; end < length; end += 1) {
        const letter = text.charCodeAt(end) - 96
        if (letter < 1 || letter > 26) break
        tail = (pair << 5) | letter
        const more = (COST[tail] as number) - ORDINARY
        sum += more
        total += more
        if (sum < 0) sum = 0
        else if (sum > best) best = sum
        pair = tail & 1023
        if (letter > 6) foreign = 1
      }
      if (end > index + 1) {
        atom += end - index - 1
        capitals = 0
        index = end - 1
      }
    }
  }
  if (joinBest >= PIECES_SCORE && joinCount > 1) pieces.push(joinStart, joinEnd)
  if (single >= FEWEST) pieces.push(singleStart, singleEnd)
  if (byte >= FEWEST_BYTES) bytes.push(byteStart, byteEnd)
  return { chunks, labels, pieces, bytes }
}
