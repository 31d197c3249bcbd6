/** From the kernel's "no" to the problem the caller reads. The words of each code stand in the catalogue. */
import type { Decision } from '../../machines/kernel.ts'
import type { RotationState } from '../../machines/records.ts'
import { ProblemError } from '../problem.ts'

export function refusal(
  decision: Extract<Decision, { ok: false }>,
  state: RotationState,
  inThisCase?: string,
): ProblemError {
  if (decision.code === 'step-not-open') {
    const { current, needed } = decision
    const detail =
      current === 'done'
        ? 'This rotation has ended.'
        : state === 'halted'
          ? `The rotation is halted at "${current}": it has to be resumed first, or abandoned.`
          : `The rotation is at "${current}"; this belongs to "${needed}".`
    return new ProblemError('step-not-open', detail, { currentStep: current, neededStep: needed })
  }
  if (decision.code === 'revocation-blocked') {
    const codes = decision.unmet.map((r) => r.code).join(', ')
    const earliest = decision.unmet
      .map((r) => r.earliest ?? '')
      .toSorted()
      .at(-1)
    return new ProblemError('revocation-blocked', `Not met: ${codes}.`, {
      unmet: decision.unmet,
      currentStep: decision.current,
      ...(earliest === undefined || earliest === '' ? {} : { earliest }),
    })
  }
  return new ProblemError(decision.code, inThisCase, { currentStep: decision.current })
}
