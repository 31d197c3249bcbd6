/** Tells whoever is looking that a rotation has a new revision. In this process only: a page that misses one asks again. */
import { EventEmitter } from 'node:events'

export interface ChangeFeed {
  publish(id: string, revision: number): void
  /** Returns the way to stop listening. */
  subscribe(id: string, listener: (revision: number) => void): () => void
}

export function createChangeFeed(): ChangeFeed {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    publish: (id, revision) => void emitter.emit(id, revision),
    subscribe(id, listener) {
      emitter.on(id, listener)
      return () => void emitter.off(id, listener)
    },
  }
}
