/** Slows guessing down: so many failed attempts at once per address, then one every so often. */
export interface Limiter {
  /** Seconds to wait until another attempt is looked at; 0: now. */
  wait(address: string): number
  /** Counts a failed attempt. */
  failed(address: string): void
}

export interface LimiterOptions {
  clock: () => number
  /** Failed attempts that may come at once. */
  burst: number
  /** How long one of them takes to be forgotten. */
  refillMs: number
}

/** Addresses remembered at once. Only failures are remembered, and only until they are forgotten. */
const MOST_ADDRESSES = 10_000

export function createLimiter({ clock, burst, refillMs }: LimiterOptions): Limiter {
  /** When the bucket will be full again; each failure moves it one refill further. */
  const fullAt = new Map<string, number>()
  const debt = (address: string): number => Math.max(0, (fullAt.get(address) ?? 0) - clock())

  return {
    wait: (address) => Math.ceil(Math.max(0, debt(address) - (burst - 1) * refillMs) / 1000),
    failed(address) {
      const until = clock() + Math.min(debt(address) + refillMs, burst * refillMs)
      fullAt.delete(address)
      if (fullAt.size >= MOST_ADDRESSES) forget(fullAt, clock())
      fullAt.set(address, until)
    },
  }
}

/** The full buckets go first; if none is, the one longest without a failure. */
function forget(fullAt: Map<string, number>, now: number): void {
  for (const [address, at] of fullAt) if (at <= now) fullAt.delete(address)
  const [oldest] = fullAt.keys()
  if (fullAt.size >= MOST_ADDRESSES && oldest !== undefined) fullAt.delete(oldest)
}
