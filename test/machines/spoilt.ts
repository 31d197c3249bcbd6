/** The good story, spoilt, and what the gate says to it. */
import type { StartInput } from '../../machines/kernel.ts'
import type { RotationEvent } from '../../machines/rotation.event.ts'
import { OLD_LAST, WROTE, confirmed, input, reading } from './event.ts'
import { blockedBy, goodStory, toldStory } from './story.ts'

export type Spoilt = Partial<Record<RotationEvent['type'], RotationEvent | null>>

/** The story with some of its events exchanged for others, or left out. */
export const but = (story: RotationEvent[], spoilt: Spoilt): RotationEvent[] =>
  story
    .map((event) => (event.type in spoilt ? (spoilt[event.type] ?? null) : event))
    .filter((event) => event !== null)

export const EVENT = ['provisioning-event-verified', 'new-token-in-use']
export const good = (spoilt: Spoilt = {}, from: StartInput = input()) =>
  blockedBy(but(goodStory(), spoilt), from)
export const manual = input({ observable: false })
export const byWord = (spoilt: Spoilt = {}, from: StartInput = manual) =>
  blockedBy(but(toldStory(), spoilt), from)
export const confirm = (at: number, readAt: number, last: number | null = OLD_LAST) =>
  confirmed(at, reading(readAt, last, WROTE))
