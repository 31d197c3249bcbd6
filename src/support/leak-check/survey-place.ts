/** What the survey marks. */

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

const LONGEST_PIECE = 15

/** What a chunk adds to a sequence of short odd ones: a token in pieces. */
export function oddInSequence(
  total: number,
  alnum: number,
  digits: number,
  width: number,
  lastWidth: number,
): number {
  if (digits === alnum) return alnum < 5 ? -2 : -8
  // A long chunk is judged by itself; it may begin or end a sequence, not make one.
  const odd = alnum > LONGEST_PIECE && total > 20 ? 20 : total
  if (digits === 0 && alnum < 6 && odd > 10) {
    if (alnum < 3) return 0
    return width === lastWidth && width > 3 ? Math.min(odd, 22) : 10
  }
  return odd < 0 ? odd - 24 : odd
}
