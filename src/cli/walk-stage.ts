/** What the walk has at hand at every step. */
import type { Api } from './api.ts'
import type { Ask } from './ask.ts'
import type { Call } from './command.ts'
import type { Reach } from './reach.ts'
import type { ConnectionView } from './view.ts'

export interface Stage extends Call {
  reach: Reach
  api: Api
  ask: Ask
  /** Seconds between two looks; null: as the portal's granularity asks for. */
  every: number | null
}

export interface Walk extends Stage {
  connection: ConnectionView
  /** `/v1/rotations/…`. */
  path: string
}
