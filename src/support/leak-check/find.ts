/** What a leak check reports. Never a value, a length or a hash: a report travels with the bundle. */

/** Which part of the check saw it. `bound`: too much to look at. `fault`: a detector failed. */
export type Layer = 'known' | 'vendor' | 'label' | 'run' | 'fragment' | 'bound' | 'fault'

export interface Find {
  /** JSON pointer, file name or another word for the place; given by the caller. */
  path: string
  /** `known-token`, a vendor rule's id, `labelled-secret`, `token-like`, … */
  kind: string
  layer: Layer
  /** How the text had to be read to see it: `raw`, or the decoders in order (`percent/base64`). */
  view: string
  /** Offsets into the text that was given, end exclusive. Absent: the whole text. */
  start?: number
  end?: number
}

/** A stretch of text, end exclusive. */
export interface Span {
  start: number
  end: number
}

/** A find before it is tied to a place: a span of one view. */
export interface Sighting extends Span {
  kind: string
  layer: Layer
}
