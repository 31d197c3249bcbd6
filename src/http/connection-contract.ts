/** `/v1/connections`: the contracts of every call. Handlers are in `connection-route.ts`. */
import { z } from '@hono/zod-openapi'
import { Instant } from '../../machines/vocabulary.ts'
import { Check, Corrections, Finding } from './check-schema.ts'
import {
  Connection,
  ConnectionPatch,
  NewConnection,
  PortalToken,
  ReportedMismatch,
} from './connection-schema.ts'
import { IdParam, PageQuery, pageOf } from './paging.ts'
import { Reasoned, WithToken } from './rotation-schema.ts'
import { json, ok, route } from './route.ts'

export const make = route({
  method: 'post',
  path: '/v1/connections',
  permission: 'connections.write',
  summary: 'Add a connection',
  request: { body: json(NewConnection) },
  responses: { 201: ok(Connection, 'The connection, without its credential.') },
  refusals: ['token-in-field', 'target-refused'],
})
export const list = route({
  method: 'get',
  path: '/v1/connections',
  permission: 'connections.read',
  summary: 'List connections',
  request: { query: PageQuery },
  responses: { 200: ok(pageOf(Connection), 'Connections of these tenants.') },
  refusals: ['bad-cursor'],
})
export const get = route({
  method: 'get',
  path: '/v1/connections/{id}',
  permission: 'connections.read',
  summary: 'Show a connection',
  request: { params: IdParam },
  responses: { 200: ok(Connection, 'The connection.') },
})
export const patch = route({
  method: 'patch',
  path: '/v1/connections/{id}',
  permission: 'connections.write',
  summary: 'Change a connection',
  description: 'Another base URL sends a running rotation back to step 2.',
  ifMatch: true,
  request: { params: IdParam, body: json(ConnectionPatch) },
  responses: { 200: ok(Connection, 'The connection as it is now.') },
  refusals: ['token-in-field', 'target-refused', 'connection-in-use'],
})
export const remove = route({
  method: 'delete',
  path: '/v1/connections/{id}',
  permission: 'connections.write',
  summary: 'Delete a connection',
  ifMatch: true,
  request: { params: IdParam },
  responses: { 204: { description: 'It is gone, and its credential with it. Its journal stays.' } },
  refusals: ['connection-in-use'],
})
export const tokens = route({
  method: 'get',
  path: '/v1/connections/{id}/tokens',
  permission: 'connections.read',
  summary: 'List the portal’s tokens',
  request: { params: IdParam },
  responses: {
    200: ok(
      z.strictObject({ items: z.array(PortalToken), readAt: Instant }),
      'The tokens as the portal shows them now; never a value.',
    ),
  },
  refusals: ['portal-not-connected', 'portal-failed'],
})
export const confirm = route({
  method: 'post',
  path: '/v1/connections/{id}/confirm-tenant',
  permission: 'connections.write',
  summary: 'Say, with a reason, that this is the right tenant',
  description:
    'Lifts the stop that a mismatch put on the connection. A halted rotation is resumed by its own call.',
  ifMatch: true,
  request: { params: IdParam, body: json(Reasoned) },
  responses: { 200: ok(Connection, 'The connection, without its hold.') },
  refusals: ['token-in-field'],
})
export const report = route({
  method: 'post',
  path: '/v1/connections/{id}/report-mismatch',
  permission: 'connections.write',
  summary: 'Say that requests or events reach another tenant',
  description:
    'Halts the active rotation and keeps others from starting, at once and whatever the revision, until somebody says with a reason which tenant is right.',
  request: { params: IdParam, body: json(ReportedMismatch) },
  responses: { 200: ok(Connection, 'The connection, held.') },
  refusals: ['token-in-field'],
})
export const check = route({
  method: 'post',
  path: '/v1/connections/{id}/checks',
  permission: 'connections.write',
  summary: 'Run the first checks',
  request: { params: IdParam, body: json(WithToken) },
  responses: {
    200: ok(
      z.strictObject({
        checks: z.array(Check),
        findings: z.array(Finding),
        corrections: Corrections,
      }),
      'What was seen, and what it means.',
    ),
  },
  refusals: ['token-unusable', 'old-token-given', 'new-token-given'],
})
