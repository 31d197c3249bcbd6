/**
 * A text as one reading of the original shows it, with the way back: whatever is seen in a view can
 * be cut from the original, because every character knows the stretch it came from.
 */
import type { Span } from './find.ts'

export interface View {
  text: string
  name: string
  depth: number
  /** The smallest stretch of the original that surely encloses `[start, end)` of this text. */
  origin(start: number, end: number): Span
}

export const rawView = (text: string): View => ({
  text,
  name: 'raw',
  depth: 0,
  origin: asItStands,
})

function asItStands(start: number, end: number): Span {
  return { start, end }
}

const nameBelow = (parent: View, name: string): string =>
  parent.name === 'raw' ? name : `${parent.name}/${name}`

/** A stretch that was decoded as one block: a find anywhere in it stands for all of it. */
export function blockView(parent: View, block: Span, text: string, name: string): View {
  const whole = parent.origin(block.start, block.end)
  return {
    text,
    name: nameBelow(parent, name),
    depth: parent.depth + 1,
    origin() {
      return whole
    },
  }
}

/** Writes a view piece by piece while remembering where each piece stood. */
export interface ViewWriter {
  /** `text` stands for `[start, end)` of the parent. */
  put(text: string, start: number, end: number): void
  /** A stretch of the parent taken over as it is. */
  copy(start: number, end: number): void
  /** Takes the last character back, as a backspace does. */
  erase(): void
  done(name: string): View
}

interface Piece extends Span {
  text: string
  /** Where it begins in the new text. */
  at: number
  /** Character by character the same as the parent's stretch. */
  same: boolean
}

/** The piece that holds a character of the new text. */
function holding(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return pieces[low]
}

// Methods throughout: the loader names every function that stands in a variable, each time anew.
export function viewWriter(parent: View): ViewWriter {
  const pieces: Piece[] = []
  let length = 0
  return {
    put(text, start, end) {
      if (text === '') return
      pieces.push({ text, start, end, at: length, same: false })
      length += text.length
    },
    copy(start, end) {
      if (end <= start) return
      pieces.push({ text: parent.text.slice(start, end), start, end, at: length, same: true })
      length += end - start
    },
    erase() {
      const last = pieces.at(-1)
      if (last === undefined) return
      length -= 1
      last.text = last.text.slice(0, -1)
      if (last.same) last.end -= 1
      if (last.text === '') pieces.pop()
    },
    done(name) {
      return {
        text: pieces.map((piece) => piece.text).join(''),
        name: nameBelow(parent, name),
        depth: parent.depth + 1,
        origin(start, end) {
          const first = holding(pieces, start)
          const last = holding(pieces, Math.max(start, end - 1))
          if (first === undefined || last === undefined) return parent.origin(0, parent.text.length)
          const from = first.same ? first.start + (start - first.at) : first.start
          const to = last.same ? last.start + (Math.max(start + 1, end) - last.at) : last.end
          return parent.origin(from, Math.max(from, to))
        },
      }
    },
  }
}
