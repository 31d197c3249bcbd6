/** What remains of a rotation to be read: the certificate, and the stream of its revisions. */
import { z } from '@hono/zod-openapi'
import { IdParam } from './paging.ts'
import { route } from './route.ts'

export const certificate = route({
  method: 'get',
  path: '/v1/rotations/{id}/certificate',
  permission: 'rotations.read',
  summary: 'The evidence record, as JSON or as text',
  request: { params: IdParam },
  responses: {
    200: {
      description: 'Requirements, evidence and proof. `complete` says whether the rotation is.',
      content: {
        'application/json': {
          schema: z
            .looseObject({ format: z.literal('interlock/certificate') })
            .openapi('Certificate'),
        },
        'text/markdown': { schema: z.string() },
      },
    },
  },
})

export const stream = route({
  method: 'get',
  path: '/v1/rotations/{id}/stream',
  permission: 'rotations.read',
  summary: 'Server-sent events: one per revision',
  request: { params: IdParam },
  responses: {
    200: {
      description:
        'Events named `revision`; the data is {"revision": 7}. Read the rotation again then.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
  },
})
