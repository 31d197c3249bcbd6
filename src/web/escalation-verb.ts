/** From a case's forms to the verbs: the same schemas and the same calls as the API's. Nothing is decided here. */
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { Permission } from '../access/role.ts'
import type { GuardInput } from '../http/env.ts'
import {
  AnswerEscalation,
  RequestInfo,
  ResolveEscalation,
  WithdrawEscalation,
} from '../http/escalation-schema.ts'
import { refuseTokens } from '../http/token-guard.ts'
import { ProblemError } from '../problem.ts'
import { loadEscalationForChange } from '../workflow/escalation-advance.ts'
import { answerEscalation, testifyToken } from '../workflow/escalation-answer.ts'
import {
  acknowledgeEscalation,
  requestInfo,
  resolveEscalation,
  withdrawEscalation,
} from '../workflow/escalation-handle.ts'
import { observeAgain } from '../workflow/escalation-open.ts'
import { submitEscalation } from '../workflow/escalation-submit.ts'
import type { Ctx } from '../workflow/context.ts'
import { answerBody, changedFields } from './escalation-input.ts'
import { accept, given } from './form.ts'
import type { Fields } from './form.ts'

interface Call {
  ctx: Ctx
  id: string
  revision: number
  fields: Fields
  guardInput: GuardInput
}

export interface CaseVerb {
  name: string
  permission: Permission
  run(call: Call): Promise<unknown>
}

const answer = async ({ ctx, id, revision, fields, guardInput }: Call): Promise<void> => {
  const { record } = await loadEscalationForChange(ctx, id, revision)
  const changed = changedFields(fields)
  // Before any schema: what is refused for its form would be shown in the form again.
  const errors = guardInput(changed)
  if (errors.length > 0) await testifyToken(ctx, id, errors)
  refuseTokens(guardInput, changed)
  const body = accept(AnswerEscalation, answerBody(changed))
  if (Object.keys(body).length > 0) {
    await answerEscalation(ctx, id, revision, body)
  } else if (record.step === 'needsInfo') {
    const detail = 'Nothing was changed. Answer what is asked, or say it in the note.'
    throw new ProblemError('invalid-input', detail)
  }
}

const noteOf = (fields: Fields): { note?: string } => {
  const note = given(fields, 'note')
  return note === undefined ? {} : { note }
}

export const CASE_VERBS: readonly CaseVerb[] = [
  { name: 'answer', permission: 'escalations.write', run: answer },
  {
    name: 'observe',
    permission: 'escalations.write',
    run: ({ ctx, id, revision }) => observeAgain(ctx, id, revision),
  },
  {
    name: 'submit',
    permission: 'escalations.write',
    run: ({ ctx, id, revision }) => submitEscalation(ctx, id, revision),
  },
  {
    name: 'withdraw',
    permission: 'escalations.write',
    run({ ctx, id, revision, fields, guardInput }) {
      const body = accept(WithdrawEscalation, noteOf(fields))
      refuseTokens(guardInput, body)
      return withdrawEscalation(ctx, id, revision, body)
    },
  },
  {
    name: 'acknowledge',
    permission: 'escalations.handle',
    run: ({ ctx, id, revision }) => acknowledgeEscalation(ctx, id, revision),
  },
  {
    name: 'request-info',
    permission: 'escalations.handle',
    run({ ctx, id, revision, fields, guardInput }) {
      const items = ITEM_NAMES.filter((item) => given(fields, `item.${item}`) !== undefined)
      const body = accept(RequestInfo, { items, ...noteOf(fields) })
      refuseTokens(guardInput, body)
      return requestInfo(ctx, id, revision, body)
    },
  },
  {
    name: 'resolve',
    permission: 'escalations.handle',
    run({ ctx, id, revision, fields, guardInput }) {
      const resolution = given(fields, 'resolution')
      const body = accept(ResolveEscalation, {
        ...(resolution === undefined ? {} : { resolution }),
        ...noteOf(fields),
      })
      refuseTokens(guardInput, body)
      return resolveEscalation(ctx, id, revision, body)
    },
  },
]
