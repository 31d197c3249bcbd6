/**
 * The leak check: the same at every border of the program. It finds tokens it knows, tokens of known
 * shape, values that something calls a secret, and everything else that is neither words nor an
 * identifier. Pure and synchronous. It fails closed: what it cannot look at counts as a find. No
 * comment or marker inside the text switches anything off.
 */
import { cut } from './cut.ts'
import type { Effort } from './explore.ts'
import { BOUNDS, explore } from './explore.ts'
import type { Find } from './find.ts'
import type { Guarded } from './input-guard.ts'
import { guardInput } from './input-guard.ts'
import type { KnownTokens } from './known-token.ts'
import type { RuleSet } from './rule.ts'
import type { Detectors } from './scan.ts'
import { vendorDetector } from './vendor.ts'

export interface LeakCheckOptions {
  rules: RuleSet
  known: Pick<KnownTokens, 'scan'>
  /** Milliseconds; measures how long one text may take. */
  clock?: () => number
  /** A text that takes longer is refused. */
  patienceMs?: number
  /** Takes no shortcut, for the test that shows that none of them changes what is found. */
  thorough?: boolean
}

export interface Scrubbed {
  /** Empty when refused. */
  output: string
  refused: boolean
  report: Find[]
}

export interface LeakCheck {
  /** Everything in `text` that must not leave, tied to `path`. Empty: clean. */
  inspect(text: string, where: { path: string }): Find[]
  /** The text without its tokens, or nothing at all when that cannot be had. */
  scrub(text: string): Scrubbed
  /** JSON pointers into `value` that hold a token; a key that is one is named by its position. */
  guardInput(value: unknown): Guarded[]
  /** How much work the last text was, for the tests. */
  lastEffort(): Effort
  readonly version: string
}

/** Seen in the text as it stands: with it gone, what is left has been looked at already. */
const isPlain = (find: Find): boolean =>
  find.layer !== 'fragment' && (find.view === 'raw' || find.view === 'normalised')

const PATIENCE_MS = 20_000
/** Cutting may bring pieces together that were apart; each round looks at the result again. */
const ROUNDS = 4

export function createLeakCheck(options: LeakCheckOptions): LeakCheck {
  const clock = options.clock ?? Date.now
  const patience = options.patienceMs ?? PATIENCE_MS
  const { rules, version } = options.rules
  const detectors: Detectors | null =
    rules.length > 0 ? { known: options.known, vendor: vendorDetector(rules) } : null
  let effort: Effort = { characters: 0, views: 0, judged: 0 }

  const inspect = (text: string, path: string): Find[] => {
    if (detectors === null) return [{ path, kind: 'no-detectors', layer: 'fault', view: 'raw' }]
    const startedAt = clock()
    try {
      const explored = explore(text, path, detectors, BOUNDS, options.thorough)
      effort = explored.effort
      const { finds } = explored
      if (clock() - startedAt > patience) {
        finds.push({ path, kind: 'took-too-long', layer: 'bound', view: 'raw' })
      }
      return finds
    } catch {
      // The error may hold a piece of the text: it ends here.
      return [{ path, kind: 'detector-failed', layer: 'fault', view: 'raw' }]
    }
  }

  return {
    version,
    inspect: (text, where) => inspect(text, where.path),
    scrub(text) {
      let report: Find[] = []
      let output = text
      for (let round = 0; round < ROUNDS; round += 1) {
        const finds = inspect(output, '')
        if (round === 0) report = finds
        // Offsets of later rounds lie in a text nobody has: they are not reported.
        else
          for (const { path, kind, layer, view } of finds) report.push({ path, kind, layer, view })
        if (finds.length === 0) return { output, refused: false, report }
        const rest = cut(output, finds)
        if (rest === null) break
        output = rest
        if (finds.every(isPlain)) return { output, refused: false, report }
      }
      return { output: '', refused: true, report }
    },
    guardInput: (value) => guardInput(value, inspect, options.known),
    lastEffort: () => effort,
  }
}
