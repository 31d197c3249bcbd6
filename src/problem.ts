/** Refusals on their way out: thrown as `ProblemError`, shown as RFC 9457 problem details. */
import { PROBLEMS } from './problem-catalogue.ts'
import type { ProblemCode, ProblemStatus } from './problem-catalogue.ts'

/** A field that was not accepted. `path` is dotted and made of names of ours; never a value. */
export interface FieldError {
  path: string
  message?: string
  /** With `token-in-field` and `bundle-not-clean`: what kind of secret it looks like. */
  kind?: string
}

/** The members a problem may carry beyond the standard ones. What was sent is in none of them. */
export interface ProblemExtensions {
  /** Requirements (DESIGN §3), unmet ones only. */
  unmet?: readonly object[]
  errors?: readonly FieldError[]
  missing?: readonly string[]
  currentStep?: string
  neededStep?: string
  currentRevision?: number
  /** RFC 3339: before then a repeat is pointless. */
  earliest?: string
  /** Another aggregate that stands in the way, by id. */
  rotationId?: string
  connectionId?: string
  /** A portal's failure, by name (`PortalFault`). */
  fault?: string
  retryAfterSeconds?: number
  allow?: readonly string[]
}

export interface ProblemBody extends ProblemExtensions {
  type: `urn:interlock:problem:${ProblemCode}`
  title: string
  status: ProblemStatus
  detail: string
  remedy: string
  requestId: string
}

/**
 * An expected refusal. `detail` says what holds in this case in a sentence of ours: it must not
 * repeat input, remote answers, or messages of parsers. Without one the title says it all.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly detail: string
  readonly extensions: ProblemExtensions

  constructor(code: ProblemCode, detail?: string, extensions: ProblemExtensions = {}) {
    super(code)
    this.code = code
    this.detail = detail ?? `${PROBLEMS[code].title}.`
    this.extensions = extensions
  }

  get status(): ProblemStatus {
    return PROBLEMS[this.code].status
  }
}

export function problemBody(problem: ProblemError, requestId: string): ProblemBody {
  const { status, title, remedy } = PROBLEMS[problem.code]
  return {
    ...problem.extensions,
    type: `urn:interlock:problem:${problem.code}`,
    title,
    status,
    detail: problem.detail,
    remedy,
    requestId,
  }
}
