/**
 * Interlock's own fingerprints of tokens: 16 hexadecimal digits behind the word. One in a thousand
 * reads as letters when it is decoded, and is then taken for a hidden text. Only that suspicion is
 * dropped, and only there; a token that is known, or has a vendor's shape, is found all the same.
 */
import type { Find } from './leak-check/find.ts'
import type { LeakCheck } from './leak-check/leak-check.ts'

const MARK = /^[0-9a-f]{16}$/
const BEFORE = /fingerprint(?:": ?"|":"| )$/

export const knowingOwnMarks = (check: Pick<LeakCheck, 'inspect'>): Pick<LeakCheck, 'inspect'> => ({
  inspect(text, where) {
    try {
      return check.inspect(text, where).filter((find) => !isOwnMark(text, find))
    } catch {
      // It does not throw; should it ever, that is a find, and the error is not looked at.
      return [{ path: where.path, kind: 'detector-failed', layer: 'fault', view: 'raw' }]
    }
  },
})

function isOwnMark(text: string, { layer, view, start, end }: Find): boolean {
  if (layer !== 'run' || view !== 'raw' || start === undefined || end === undefined) return false
  return (
    MARK.test(text.slice(start, end)) && BEFORE.test(text.slice(Math.max(0, start - 20), start))
  )
}
