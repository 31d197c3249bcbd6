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
  LETTER,
  LETTER_AFTER_DIGIT,
  LOWER,
  ORDINARY,
  SEPARATOR,
  SPACE,
  UPPER,
  kindOf,
} from './letter.ts'

const cost = (index: number): number => COST[index] ?? 0

/** Quarter bits above ordinary; 0 for plain words, 40 and more for a dozen random characters. */
export function oddness(text: string): number {
  let a = 0
  let b = 0
  let previous = SPACE
  let capitals = 0
  let sum = 0
  let best = 0
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : 32
    const kind = kindOf(code)
    let add = 0
    if (kind === LOWER || kind === UPPER) {
      const letter = LETTER[code] ?? 0
      if (previous === DIGIT) {
        add = LETTER_AFTER_DIGIT + cost(letter) - ORDINARY
        b = 0
        capitals = 0
      } else if (kind === UPPER && previous === LOWER) {
        add = cost((a * 27 + b) * 27) + HUMP + cost(letter) - ORDINARY
        b = 0
        capitals = 0
      } else if (kind === LOWER && previous === UPPER && capitals > 1) {
        add = CAPITALS_END + cost(b * 27 + letter) - ORDINARY
      } else {
        add = cost((a * 27 + b) * 27 + letter) - ORDINARY
      }
      capitals = kind === UPPER ? capitals + 1 : 0
      a = b
      b = letter
    } else {
      const afterLetter = previous === LOWER || previous === UPPER
      if (afterLetter) add = cost((a * 27 + b) * 27)
      a = 0
      b = 0
      capitals = 0
      if (kind === DIGIT) {
        if (previous === DIGIT) add = DIGIT_AFTER_DIGIT
        else add += afterLetter ? DIGIT_AFTER_LETTER : DIGIT_AT_START
      } else add += SEPARATOR
    }
    sum = Math.max(0, sum + add)
    if (sum > best) best = sum
    previous = kind
  }
  return best
}
