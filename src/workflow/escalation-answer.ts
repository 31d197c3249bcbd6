/** A person's answers. Each field takes its own kind of value only; the one free text is the note. */
import type {
  EscalationFacts,
  Items,
  ItemName,
  SomeItems,
} from '../../machines/escalation.facts.ts'
import { CorrelationId, ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { ScimType, Unknowable } from '../../machines/escalation.facts.ts'
import { decideEscalation } from '../../machines/kernel.ts'
import { instant } from '../../machines/vocabulary.ts'
import type { z } from 'zod'
import { ProblemError } from '../problem.ts'
import type { FieldError } from '../problem.ts'
import type { Ctx } from './context.ts'
import { advanceEscalation, loadEscalationForChange, testifyRefusal } from './escalation-advance.ts'
import type { EscalationHappening, HeldEscalation } from './escalation-advance.ts'
import { readBaseUrl, readTenant } from './escalation-field.ts'

/** `null` takes an answer back. */
type Given<T> = T | { cannotBeKnown: Unknowable } | null | undefined

export interface AnswerInput {
  tenantId?: string | null | undefined
  scimBaseUrl?: string | null | undefined
  idp?: NonNullable<Items['idp']>['value'] | undefined
  operation?: Given<NonNullable<NonNullable<Items['operation']>['value']>>
  occurredAt?: Given<string>
  httpStatus?: Given<number | 'none'>
  discoverySucceeds?: Given<boolean>
  tokenRecentlyUsed?: Given<boolean>
  scimType?: z.infer<typeof ScimType> | null | undefined
  correlationId?: string | null | undefined
  note?: string | null | undefined
}

export async function answerEscalation(
  ctx: Ctx,
  id: string,
  expected: number,
  input: AnswerInput,
): Promise<HeldEscalation> {
  const held = await loadEscalationForChange(ctx, id, expected)
  return advanceEscalation(ctx, held, answered(ctx, held, input))
}

/** The case as these answers would leave it, for whoever is still typing. Nothing is kept of it. */
export function withAnswers(ctx: Ctx, held: HeldEscalation, input: AnswerInput): HeldEscalation {
  const happening = answered(ctx, held, input)
  const decision = decideEscalation(held.record, {
    ...happening,
    at: instant(ctx.clock()),
    by: ctx.actor,
  })
  return decision.ok ? { ...held, record: decision.record } : held
}

function answered(
  ctx: Ctx,
  { record: { facts } }: HeldEscalation,
  input: AnswerInput,
): Extract<EscalationHappening, { type: 'items.answered' }> {
  const items = answers(ctx, facts, read(input, facts))
  const tenantId = items.tenantId?.value ?? null
  return {
    type: 'items.answered',
    items,
    scimType: input.scimType,
    correlationId: correlation(input.correlationId),
    note: input.note,
    // Only a tenant of one's own: naming another one must not hand the case over to it.
    tenantId: tenantId !== null && ctx.scope.allows(tenantId) ? tenantId : null,
  }
}

/** A field that held a token: nothing of it is kept, but that it happened belongs to the case. */
export async function testifyToken(
  ctx: Ctx,
  id: string,
  errors: readonly FieldError[],
): Promise<void> {
  const stored = await ctx.store.load('escalation', id)
  if (stored === null) return
  const held = { id, revision: stored.head.revision } as HeldEscalation
  await testifyRefusal(ctx, held, 'items.answered', {
    code: 'token-in-field',
    fields: errors.map(({ path, kind }) => `${path} ${kind ?? ''}`.trim()),
  })
}

/** Tenant and base URL in their strict forms, or refused without being repeated. */
function read(input: AnswerInput, facts: EscalationFacts): AnswerInput {
  const tenantId = typeof input.tenantId === 'string' ? readTenant(input.tenantId, facts) : null
  const scimBaseUrl =
    typeof input.scimBaseUrl === 'string' ? readBaseUrl(input.scimBaseUrl, facts) : null
  return {
    ...input,
    ...(input.tenantId === undefined ? {} : { tenantId }),
    ...(input.scimBaseUrl === undefined ? {} : { scimBaseUrl }),
  }
}

function correlation(text: string | null | undefined): string | null | undefined {
  if (text === null || text === undefined || CorrelationId.safeParse(text).success) return text
  throw new ProblemError('invalid-input', undefined, {
    errors: [
      {
        path: 'correlationId',
        message: 'must be a UUID, the id of a request at an edge, or the number of a ticket',
      },
    ],
  })
}

function answers(ctx: Ctx, facts: EscalationFacts, input: AnswerInput): SomeItems {
  const at = instant(ctx.clock())
  const entries = ITEM_NAMES.flatMap((name): [ItemName, unknown][] => {
    const given = input[name]
    if (given === undefined) return []
    if (given === null) return [[name, null]]
    const unknown = typeof given === 'object'
    const seen = facts.observed[name]
    // Who confirms what was observed takes nothing away from the observation.
    if (!unknown && seen !== null && seen.value === given && !isAskedAgain(facts, name)) {
      return [[name, seen]]
    }
    return [
      [
        name,
        {
          value: unknown ? null : given,
          cannotBeKnown: unknown ? given.cannotBeKnown : null,
          witness: 'attested',
          from: 'person',
          at,
          by: ctx.actor,
        },
      ],
    ]
  })
  return Object.fromEntries(entries) as SomeItems
}

const isAskedAgain = ({ asked }: EscalationFacts, name: ItemName): boolean =>
  asked !== null && asked.items.includes(name)
