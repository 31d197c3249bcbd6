/**
 * One job at a time per key, keys side by side. steno's queue, which lowdb would use, rejects a write
 * that is on disk when the one behind it fails, and lets the first wait for the last.
 */
export interface WriteQueue {
  /** Runs after every job queued before it under the same key, however those ended. */
  run<T>(key: string, job: () => Promise<T>): Promise<T>
  /** Resolves when nothing is queued any more. */
  idle(): Promise<void>
}

export function writeQueue(): WriteQueue {
  const tails = new Map<string, Promise<void>>()
  return {
    async run(key, job) {
      const before = tails.get(key)
      const mine = before === undefined ? job() : before.then(job)
      const tail = mine
        .then(
          () => undefined,
          () => undefined,
        )
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key)
        })
      tails.set(key, tail)
      return mine
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
