/** `/v1/rotations`: the contracts of every call. Handlers are in `rotation-route.ts`. */
import { z } from '@hono/zod-openapi'
import { Check, Corrections, Finding } from './check-schema.ts'
import { IdParam, JournalQuery, PageQuery, pageOf } from './paging.ts'
import {
  Canary,
  CreateToken,
  Created,
  JournalEntry,
  Nothing,
  Reasoned,
  Revoke,
  Rotation,
  StartRotation,
  Started,
  UpdateIdp,
  Verify,
  WithToken,
} from './rotation-schema.ts'
import { json, ok, route } from './route.ts'
import type { ProblemCode } from '../problem-catalogue.ts'

const view = ok(Rotation, 'The rotation as it is now.')

export const start = route({
  method: 'post',
  path: '/v1/rotations',
  permission: 'rotations.write',
  summary: 'Start a rotation',
  request: { body: json(StartRotation) },
  responses: { 201: ok(Started, 'The rotation, at its first step.') },
  refusals: [
    'not-found',
    'rotation-in-progress',
    'tenant-mismatch',
    'no-overlap',
    'old-token-unknown',
    'token-unusable',
    'portal-failed',
    'token-in-field',
  ],
})

export const list = route({
  method: 'get',
  path: '/v1/rotations',
  permission: 'rotations.read',
  summary: 'List rotations',
  request: {
    query: PageQuery.extend({
      connectionId: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,64}$/)
        .optional(),
      status: z.enum(['active', 'halted', 'completed', 'rolledBack', 'abandoned']).optional(),
    }),
  },
  responses: { 200: ok(pageOf(Rotation), 'Rotations of these tenants, oldest first.') },
  refusals: ['bad-cursor'],
})

export const get = route({
  method: 'get',
  path: '/v1/rotations/{id}',
  permission: 'rotations.read',
  summary: 'Show a rotation',
  request: { params: IdParam },
  responses: { 200: view },
})

const step = <P extends string, B extends z.ZodType>(
  name: P,
  summary: string,
  body: B,
  refusals: ProblemCode[],
  permission: 'rotations.write' | 'rotations.approve' = 'rotations.write',
) =>
  ({
    method: 'post',
    path: `/v1/rotations/{id}/${name}`,
    permission,
    summary,
    ifMatch: true,
    request: { params: IdParam, body: json(body) },
    refusals: ['step-not-open', 'token-in-field', ...refusals],
  }) as const

export const create = route({
  ...step('create', 'Step 1: create the new token, or record it', CreateToken, [
    'old-token-given',
    'token-unusable',
    'portal-not-connected',
    'portal-failed',
    'creation-pending',
    'rolling-back',
  ]),
  shownOnce: ['token'],
  responses: { 200: ok(Created, 'The rotation and, this once, the value.') },
})
export const updateIdp = route({
  ...step('update-idp', 'Step 2: the IdP holds the token now', UpdateIdp, []),
  description: 'Sets the cutover. May be repeated: what was seen before no longer counts.',
  responses: { 200: view },
})
export const test = route({
  ...step('test', 'Step 3: test with real requests', WithToken, [
    'token-needed',
    'token-unusable',
    'old-token-given',
    'new-token-given',
    'token-not-recognised',
  ]),
  responses: {
    200: ok(
      Rotation.extend({
        checks: z.array(Check),
        findings: z.array(Finding),
        corrections: Corrections,
      }).openapi('Tested'),
      'The rotation with the checks, whether they passed or failed.',
    ),
  },
})
export const canary = route({
  ...step('canary', 'Make the one-time value for the pilot', Nothing, ['pilot-user-missing']),
  shownOnce: [],
  responses: { 200: ok(Canary, 'The value, where it goes, and from when.') },
})
export const verify = route({
  ...step('verify', 'Step 4: gather evidence', Verify, [
    'portal-failed',
    'reading-not-accepted',
    'reading-impossible',
  ]),
  description:
    '`{}` looks now; `event` records one of the IdP’s log; `reading` is for a manual portal.',
  responses: { 200: view },
})
export const revoke = route({
  ...step('revoke', 'Step 5: revoke, once every requirement holds', Revoke, [
    'revocation-blocked',
    'portal-failed',
    'still-answers',
  ]),
  responses: { 200: view },
})
export const confirmRevoked = route({
  ...step('confirm-revoked', 'Manual portal: it has been revoked there', WithToken, [
    'still-answers',
    'service-provider-unclear',
    'token-not-recognised',
    'token-unusable',
  ]),
  responses: { 200: view },
})
export const approve = route({
  ...step('approve', 'Approve, as a second person', Nothing, ['same-person'], 'rotations.approve'),
  responses: { 200: view },
})
export const halt = route({ ...step('halt', 'Halt', Reasoned, []), responses: { 200: view } })
export const resume = route({ ...step('resume', 'Resume', Reasoned, []), responses: { 200: view } })
export const rollBack = route({
  ...step('roll-back', 'Go back to the old token', Reasoned, [
    'rolling-back',
    'old-token-gone',
    'creation-pending',
    'portal-failed',
  ]),
  responses: { 200: view },
})
export const abandon = route({
  ...step('abandon', 'Stop, and revoke nothing', Reasoned, []),
  responses: { 200: view },
})

export const journal = route({
  method: 'get',
  path: '/v1/rotations/{id}/journal',
  permission: 'rotations.read',
  summary: 'Everything that happened, and everything that was refused',
  request: { params: IdParam, query: JournalQuery },
  responses: {
    200: ok(
      pageOf(JournalEntry),
      'All entries, or `limit` of them, oldest first, chained by their hashes.',
    ),
  },
  refusals: ['bad-cursor'],
})
