/**
 * The outcome of the first checks, kept in the connection's journal: who looked, when, and what came
 * back, in codes. A case for support is filled in from it. Own words of a service provider are not kept.
 */
import { z } from 'zod'
import { ScimType } from '../../machines/escalation.facts.ts'
import { instant } from '../../machines/vocabulary.ts'
import { FINDING_CODES } from '../diagnosis/code.ts'
import type { FindingCode } from '../diagnosis/code.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { Check, Failure } from '../scim/contract.ts'
import type { Ctx } from './context.ts'

/** One check as it is remembered; `durationMs` and sentences are not. */
export type RememberedCheck = Omit<Check, 'durationMs' | 'detail' | 'retryAfterSeconds' | 'answer'>

export interface RememberedChecks {
  at: string
  by: string
  /** With a token, or only what answers without one. */
  withToken: boolean
  rotationId: string | null
  checks: RememberedCheck[]
  findings: FindingCode[]
}

export const CHECKED = 'connection.checked'

export async function rememberChecks(
  ctx: Ctx,
  connectionId: string,
  seen: { checks: readonly Check[]; findings: readonly Finding[] },
  how: { withToken: boolean; rotationId: string | null },
): Promise<void> {
  await ctx.store.testify('connection', connectionId, {
    at: instant(ctx.clock()),
    actor: ctx.actor,
    event: CHECKED,
    outcome: 'applied',
    detail: {
      withToken: how.withToken,
      ...(how.rotationId === null ? {} : { rotationId: how.rotationId }),
      checks: seen.checks.map(written),
      findings: seen.findings.map((finding) => finding.code),
    },
  })
}

const written = ({ name, outcome, httpStatus, scimType, failure }: Check): string => {
  const known = ScimType.safeParse(scimType)
  return [
    name,
    outcome,
    httpStatus ?? '-',
    known.success ? known.data : '-',
    httpStatus === undefined ? (failure ?? '-') : '-',
  ].join(' ')
}

const LINE =
  /^(discovery|list-users|list-groups|token-metadata|environment) (pass|fail|skipped) (\d{3}|-) ([A-Za-z]{1,20}|-) ([a-z-]{1,20})$/

function read(line: string): RememberedCheck[] {
  const [, name, outcome, status, type, failure] = LINE.exec(line) ?? []
  if (name === undefined) return []
  return [
    {
      name: name as Check['name'],
      outcome: outcome as Check['outcome'],
      ...(status === '-' ? {} : { httpStatus: Number(status) }),
      ...(type === '-' || type === undefined ? {} : { scimType: type }),
      ...(failure === '-' ? {} : { failure: failure as Failure }),
    },
  ]
}

const Detail = z.looseObject({
  withToken: z.boolean(),
  rotationId: z.string().optional(),
  checks: z.array(z.string()),
  findings: z.array(z.string()),
})

/** The latest ones; null: nobody has looked yet. With a rotation, those of its test count as well. */
export async function latestChecks(
  ctx: Pick<Ctx, 'store'>,
  connectionId: string,
): Promise<RememberedChecks | null> {
  const journal = await ctx.store.journal('connection', connectionId)
  const entry = journal.findLast(({ event }) => event === CHECKED)
  const detail = Detail.safeParse(entry?.detail)
  if (entry === undefined || !detail.success) return null
  const codes: readonly string[] = FINDING_CODES
  return {
    at: entry.at,
    by: entry.actor.name,
    withToken: detail.data.withToken,
    rotationId: detail.data.rotationId ?? null,
    checks: detail.data.checks.flatMap(read),
    findings: detail.data.findings.filter((code): code is FindingCode => codes.includes(code)),
  }
}
