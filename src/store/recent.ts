/**
 * The aggregates used last, so that a busy one is not read and verified again for each write. Bounded
 * by text length, not by number: one bundle can weigh as much as a hundred rotations.
 */
import type { Low } from 'lowdb'

import type { Aggregate } from './aggregate-file.ts'

export type Held = Low<Aggregate | null> & { data: Aggregate }

export interface Recent {
  get(key: string): Held | undefined
  set(key: string, held: Held): void
  delete(key: string): void
}

export function recent(maxCharacters: number): Recent {
  const held = new Map<string, Held>()
  let characters = 0
  const drop = (key: string): void => {
    const document = held.get(key)
    if (document === undefined) return
    characters -= weight(document)
    held.delete(key)
  }
  return {
    get(key) {
      const document = held.get(key)
      if (document === undefined) return undefined
      // A Map keeps the order of insertion: the first key is the one unused for longest.
      held.delete(key)
      held.set(key, document)
      return document
    },
    set(key, document) {
      drop(key)
      // What is too heavy for the whole of it must not drive out all the others on its way.
      if (weight(document) > maxCharacters) return
      held.set(key, document)
      characters += weight(document)
      for (const oldest of held.keys()) {
        if (characters <= maxCharacters) break
        drop(oldest)
      }
    },
    delete: drop,
  }
}

const weight = ({ data }: Held): number => data.recordText.length + data.journalText.length
