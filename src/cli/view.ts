/** A rotation, its requirements and its refusals as lines of text; `rotate`, `show` and `list` print these. */
import type { Requirement } from '../../machines/rotation.policy.ts'
import type { Who } from '../../machines/vocabulary.ts'
import type { ProblemBody } from '../problem.ts'
import type { RotationView } from '../workflow/rotation-view.ts'
import type { ApiProblem } from './api.ts'
import { wrap } from './terminal.ts'
import type { Ink, Out } from './terminal.ts'

/** What the API answers for a connection, as far as the command line reads it. */
export interface ConnectionView {
  id: string
  revision: number
  tenantId: string
  name: string
  environment: string | null
  idp: RotationView['idp']
  /** `''`: asked in this walk, and not known. */
  idpScreen: string | null
  scimBaseUrl: string
  pilotUser: string | null
  portal: { kind: string; url: string | null; hasCredential: boolean; granularitySeconds: number }
  policy: { quietMinutes: number; secondPerson: string }
  latestRotation: string | null
  hold: {
    at: string
    by: string
    mismatches: { source: string; expected: string; found: string }[]
  } | null
}

export const WHO: Readonly<Record<Who, string>> = {
  'tenant-admin': 'the tenant’s administrator',
  'idp-admin': 'the IdP’s administrator',
  'service-provider': 'the service provider',
  approver: 'a second person',
  nobody: 'nobody: it passes by itself',
}

const STEPS = {
  create: 'Create',
  'update-idp': 'Update the IdP',
  test: 'Test',
  verify: 'Verify',
  revoke: 'Revoke',
} as const

/** One line, or one step a line where it would not fit. */
export const stepLine = ({ ink, columns }: Out, { steps }: RotationView): string =>
  steps
    .map(({ name, state }) => {
      const mark = { done: ink.good('✔'), current: ink.strong('●'), todo: ink.quiet('○') }[state]
      return `${mark} ${STEPS[name]}${state === 'current' ? ' (now)' : ''}`
    })
    .join(columns < 72 ? '\n' : '   ')

/** With the exact time, since a certificate and a log are compared by it. */
export function moment(at: string, now = Date.now()): string {
  const minutes = Math.round((Date.parse(at) - now) / 60_000)
  const far = Math.abs(minutes)
  const size =
    far < 1
      ? 'less than a minute'
      : far < 90
        ? `${far} min`
        : far < 2880
          ? `${Math.round(far / 60)} h`
          : `${Math.round(far / 1440)} days`
  const told = Date.parse(at) > now ? `in ${size}` : `${size} ago`
  return `${at.replace(/\.\d{3}Z$/, 'Z')} (${told})`
}

export function requirementLines(out: Out, all: readonly Requirement[]): string[] {
  const met = all.filter((requirement) => requirement.met).length
  return [
    `What must be true before a token is revoked: ${met} of ${all.length}`,
    ...all.flatMap((requirement) => requirementLine(out, requirement)),
  ]
}

export function requirementLine(out: Out, one: Requirement): string[] {
  const { ink, columns } = out
  if (one.met) return [`${ink.good('✔ met ')} ${one.detail} ${ink.quiet(one.seen)}`]
  return [
    `${ink.wait('◌ open')} ${ink.strong(one.detail)} ${one.seen}`,
    wrap(
      `→ ${one.unblock} (${WHO[one.who]}${one.earliest === undefined ? '' : `, from ${moment(one.earliest)}`})`,
      columns,
      '       ',
    ),
  ]
}

/** A refusal of the server: what holds, what is missing, what to do. */
export function problemLines(out: Out, refused: ApiProblem): string[] {
  const { problem } = refused
  return [
    `${out.ink.bad('refused:')} ${refused.message}`,
    ...detailLines(out, problem),
    refused.next,
    ...(refused.status >= 500 && problem.requestId !== undefined
      ? [`requestId ${problem.requestId}`]
      : []),
  ]
}

/** What is missing of a refusal: requirements, fields, items. */
export function detailLines(out: Out, { unmet, errors, missing }: Partial<ProblemBody>): string[] {
  return [
    ...((unmet ?? []) as readonly Requirement[]).flatMap((one) => requirementLine(out, one)),
    ...(errors ?? []).map(
      ({ path, message, kind }) =>
        `  ${path === '' ? 'input' : path}: ${message ?? `looks like a token (${kind ?? 'unknown kind'})`}`,
    ),
    ...(missing ?? []).map((name) => `  missing: ${name}`),
  ]
}

export function tokenName(token: RotationView['oldToken'] | null): string {
  if (token === null) return 'none yet'
  const parts = [token.hint === null ? null : `“${token.hint}”`, token.id].filter((p) => p !== null)
  return parts.length > 0 ? parts.join(', ') : (token.fingerprint ?? 'not known')
}

export const mark = (ink: Ink, outcome: 'pass' | 'fail' | 'skipped'): string =>
  ({ pass: ink.good('✔ pass   '), fail: ink.bad('✘ fail   '), skipped: ink.quiet('– skipped') })[
    outcome
  ]
