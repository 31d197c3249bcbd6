/** `/v1/guide` and `/v1/diagnoses`: the troubleshooting guide as data, and what a set of symptoms means. */
import { z } from '@hono/zod-openapi'
import { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import { Failure, GuidePart, ScimError } from '../diagnosis/knowledge.ts'
import { Symptoms } from '../diagnosis/observation.ts'
import { CheckStep, Statement } from '../diagnosis/statement.ts'
import { IdpFacts } from '../idps/contract.ts'
import { groupSyncGuide } from '../idps/group-sync.ts'
import { Finding } from './check-schema.ts'
import { plain } from './connection-route.ts'
import type { GuardInput, Mount } from './env.ts'
import { json, ok, route } from './route.ts'
import { refuseTokens } from './token-guard.ts'

const Group = z.strictObject({
  idp: Idp,
  title: z.string(),
  steps: z.array(
    z.strictObject({
      number: z.number().int(),
      title: z.string(),
      who: CheckStep.shape.who,
      text: z.string(),
      source: z.string(),
    }),
  ),
  traps: z.array(Statement),
})

const IdpParam = z.strictObject({ idp: Idp })

const guide = route({
  method: 'get',
  path: '/v1/guide',
  permission: 'guide.read',
  summary: 'How to begin, how to rotate, what to hand over',
  responses: { 200: ok(GuidePart, 'The guide, each statement with its source.') },
})
const failures = route({
  method: 'get',
  path: '/v1/guide/failures',
  permission: 'guide.read',
  summary: 'Failure patterns',
  responses: {
    200: ok(
      z.strictObject({
        items: z.array(Failure.extend({ code: z.string() })),
        nextCursor: z.null(),
      }),
      'Every pattern: meaning, causes, checks by who does them, the next step.',
    ),
  },
})
const scimErrors = route({
  method: 'get',
  path: '/v1/guide/scim-errors',
  permission: 'guide.read',
  summary: 'SCIM error types',
  responses: {
    200: ok(
      z.strictObject({
        items: z.array(ScimError.extend({ scimType: z.string() })),
        nextCursor: z.null(),
      }),
      'RFC 7644’s and RFC 9865’s types, and where the guide is looser.',
    ),
  },
})
const idp = route({
  method: 'get',
  path: '/v1/guide/idps/{idp}',
  permission: 'guide.read',
  summary: 'What to do at this IdP',
  request: { params: IdpParam },
  responses: {
    200: ok(IdpFacts, 'Screens, paths, tests, cycle, limits, traps.'),
  },
})
const groupSync = route({
  method: 'get',
  path: '/v1/guide/idps/{idp}/group-sync',
  permission: 'guide.read',
  summary: 'The pilot-group path: users sync, groups do not',
  request: { params: IdpParam },
  responses: { 200: ok(Group.openapi('GroupSyncGuide'), 'Steps in order, and this IdP’s traps.') },
})
const diagnosis = route({
  method: 'post',
  path: '/v1/diagnoses',
  permission: 'diagnose',
  summary: 'What do these symptoms mean?',
  request: { body: json(Symptoms) },
  responses: {
    200: ok(
      z
        .strictObject({ findings: z.array(Finding), notes: z.array(z.string()) })
        .openapi('Diagnosis'),
      'Findings, best first. What contradicts itself is said to.',
    ),
  },
  refusals: ['token-in-field'],
})

/** `catalog` is frozen; the answers are copies of its parts. */
export function mountGuide(catalog: Catalog, guardInput: GuardInput): Mount {
  const items = (book: object, name: string): never[] =>
    Object.entries(book).map(
      ([key, entry]) => ({ [name]: key, ...structuredClone(entry as object) }) as never,
    )

  return (app) => {
    app.openapi(guide, (c) => c.json(structuredClone(catalog.guide) as GuidePart, 200))
    app.openapi(failures, (c) =>
      c.json({ items: items(catalog.failures, 'code'), nextCursor: null }, 200),
    )
    app.openapi(scimErrors, (c) =>
      c.json({ items: items(catalog.scimErrors, 'scimType'), nextCursor: null }, 200),
    )
    app.openapi(idp, (c) =>
      c.json(structuredClone(catalog.idps[c.req.valid('param').idp]) as IdpFacts, 200),
    )
    app.openapi(groupSync, (c) => c.json(groupSyncGuide(catalog, c.req.valid('param').idp), 200))
    app.openapi(diagnosis, (c) => {
      const symptoms = c.req.valid('json')
      refuseTokens(guardInput, symptoms)
      const { findings, notes } = diagnose(symptoms, catalog)
      return c.json({ findings: findings.map(plain), notes: [...notes] }, 200)
    })
  }
}
