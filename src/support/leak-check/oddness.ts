/**
 * The survey's arithmetic for one short text: the highest sum any stretch of it reaches. Kept in
 * step with `survey.ts` by a test that compares both.
 */
import {
  CAPITALS_END,
  COST,
  DIGIT,
  DIGIT_AFTER_DIGIT,
  DIGIT_AFTER_LETTER,
  DIGIT_AT_START,
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

/** Quarter bits above ordinary; 0 for plain words, 40 and more for a dozen random characters. */
export function oddness(text: string, start = 0, end = text.length): number {
  let pair = 0
  let previous = SPACE
  let capitals = 0
  let sum = 0
  let best = 0
  for (let index = start; index <= end; index += 1) {
    const code = index < end ? text.charCodeAt(index) : 32
    const kind = code < LIMIT ? (KIND[code] as number) : OTHER
    let add = 0
    if (kind === LOWER || kind === UPPER) {
      const letter = LETTER[code] as number
      let tail = letter
      if (previous === DIGIT) {
        add = LETTER_AFTER_DIGIT - ORDINARY
        capitals = 0
      } else if (kind === UPPER && previous === LOWER) {
        add = (COST[pair << 5] as number) + HUMP - ORDINARY
        capitals = 0
      } else if (kind === LOWER && previous === UPPER && capitals > 1) {
        tail = ((pair & 31) << 5) | letter
        add = CAPITALS_END - ORDINARY
      } else {
        tail = (pair << 5) | letter
        add = -ORDINARY
      }
      add += COST[tail] as number
      capitals = kind === UPPER ? capitals + 1 : 0
      pair = tail & 1023
    } else {
      const afterLetter = previous === LOWER || previous === UPPER
      if (afterLetter) add = COST[pair << 5] as number
      pair = 0
      capitals = 0
      if (kind === DIGIT) {
        if (previous === DIGIT) add = DIGIT_AFTER_DIGIT
        else add += afterLetter ? DIGIT_AFTER_LETTER : DIGIT_AT_START
      } else add += SEPARATOR
    }
    sum += add
    if (sum < 0) sum = 0
    else if (sum > best) best = sum
    previous = kind
  }
  return best
}
