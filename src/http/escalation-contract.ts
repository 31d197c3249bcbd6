/** `/v1/escalations`: the contracts of every call. Handlers are in `escalation-route.ts`. */
import { z } from '@hono/zod-openapi'
import { EscalationState } from '../../machines/escalation.record.ts'
import type { ProblemCode } from '../problem-catalogue.ts'
import {
  AnswerEscalation,
  Escalation,
  OpenEscalation,
  Preview,
  RequestInfo,
  ResolveEscalation,
  Submitted,
  WithdrawEscalation,
} from './escalation-schema.ts'
import { IdParam, JournalQuery, PageQuery, pageOf } from './paging.ts'
import { JournalEntry, Nothing } from './rotation-schema.ts'
import { json, ok, route } from './route.ts'

const view = { 200: ok(Escalation, 'The case as it is now.') }

export const open = route({
  method: 'post',
  path: '/v1/escalations',
  permission: 'escalations.write',
  summary: 'Open a case for support',
  description: 'For a rotation, a connection, or alone. What is known is filled in as observed.',
  request: { body: json(OpenEscalation) },
  responses: { 201: ok(Escalation, 'The case, and what is still missing.') },
  refusals: ['not-found', 'token-in-field'],
})

export const list = route({
  method: 'get',
  path: '/v1/escalations',
  permission: 'escalations.read',
  summary: 'Support’s inbox',
  request: {
    query: PageQuery.extend({
      state: EscalationState.optional(),
      connectionId: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,64}$/)
        .optional(),
    }),
  },
  responses: { 200: ok(pageOf(Escalation), 'Cases of these tenants, oldest first.') },
  refusals: ['bad-cursor'],
})

export const get = route({
  method: 'get',
  path: '/v1/escalations/{id}',
  permission: 'escalations.read',
  summary: 'Show a case',
  request: { params: IdParam },
  responses: view,
})

export const answer = route({
  method: 'patch',
  path: '/v1/escalations/{id}',
  permission: 'escalations.write',
  summary: 'Answer items of a case',
  ifMatch: true,
  request: { params: IdParam, body: json(AnswerEscalation) },
  responses: view,
  refusals: ['state-not-open', 'token-in-field'],
})

export const preview = route({
  method: 'get',
  path: '/v1/escalations/{id}/preview',
  permission: 'escalations.write',
  summary: 'What would leave, byte for byte',
  description: 'As JSON with the text of every file, or the archive itself, or the summary alone.',
  request: { params: IdParam },
  responses: {
    200: {
      description: 'The bundle as submitting now would make it.',
      content: {
        'application/json': { schema: Preview },
        'text/markdown': { schema: z.string() },
        'application/zip': { schema: z.string().openapi({ format: 'binary' }) },
      },
    },
  },
  refusals: ['bundle-not-clean'],
})

export const journal = route({
  method: 'get',
  path: '/v1/escalations/{id}/journal',
  permission: 'escalations.read',
  summary: 'Everything that happened to a case, and everything that was refused',
  request: { params: IdParam, query: JournalQuery },
  responses: {
    200: ok(
      pageOf(JournalEntry),
      'All entries, or `limit` of them, oldest first, chained by their hashes.',
    ),
  },
  refusals: ['bad-cursor'],
})

const change = <P extends string, B extends z.ZodType>(
  name: P,
  permission: 'escalations.write' | 'escalations.handle',
  summary: string,
  body: B,
  refusals: ProblemCode[] = [],
) =>
  ({
    method: 'post',
    path: `/v1/escalations/{id}/${name}`,
    permission,
    summary,
    ifMatch: true,
    request: { params: IdParam, body: json(body) },
    refusals: ['state-not-open', 'token-in-field', ...refusals],
  }) as const

export const observe = route({
  ...change('observe', 'escalations.write', 'Look again at what Interlock can see', Nothing, [
    'nothing-to-observe',
  ]),
  responses: view,
})
export const submit = route({
  ...change(
    'submit',
    'escalations.write',
    'Make the bundle and hand the case to support',
    Nothing,
    ['escalation-incomplete', 'bundle-not-clean'],
  ),
  responses: { 200: ok(Submitted, 'The case, and the bundle that was made.') },
})
export const acknowledge = route({
  ...change('acknowledge', 'escalations.handle', 'Support has it', Nothing),
  responses: view,
})
export const requestInfo = route({
  ...change('request-info', 'escalations.handle', 'Support asks back', RequestInfo),
  responses: view,
})
export const resolve = route({
  ...change('resolve', 'escalations.handle', 'The case is resolved', ResolveEscalation),
  responses: view,
})
export const withdraw = route({
  ...change('withdraw', 'escalations.write', 'Take the case back', WithdrawEscalation),
  responses: view,
})
