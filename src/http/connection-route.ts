/** `/v1/connections`: handlers only; what they do stands in `workflow/connection.ts` and `workflow/check.ts`. */
import type { z } from '@hono/zod-openapi'
import type { PortalCredential } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import { Secret } from '../secret.ts'
import { checkConnection } from '../workflow/check.ts'
import {
  createConnection,
  deleteConnection,
  listConnections,
  loadConnection,
  patchConnection,
} from '../workflow/connection.ts'
import type { HeldConnection, PortalInput } from '../workflow/connection.ts'
import { atPortal } from '../workflow/reading.ts'
import { quietMinutesOf, traitsOf } from '../workflow/rotation-start.ts'
import { reportMismatch } from '../workflow/mismatch-report.ts'
import { confirmTenant } from '../workflow/tenant-hold.ts'
import { notesOn } from '../workflow/token.ts'
import type { TokenNote } from '../workflow/token.ts'
import type { Ctx } from '../workflow/context.ts'
import * as calls from './connection-contract.ts'
import type { Connection, SentPortal } from './connection-schema.ts'
import type { CtxOf } from './ctx.ts'
import type { GuardInput, Mount } from './env.ts'
import { setEtag } from './if-match.ts'
import { refuseTokens } from './token-guard.ts'

export function mountConnections(deps: { ctxOf: CtxOf; guardInput: GuardInput }): Mount {
  const { ctxOf, guardInput } = deps
  return (app) => {
    app.openapi(calls.make, async (c) => {
      const body = c.req.valid('json')
      refuseTokens(guardInput, { ...body, portal: { ...body.portal, credential: undefined } })
      const held = await createConnection(ctxOf(c), { ...body, portal: portalInput(body.portal) })
      setEtag(c, held.revision)
      return c.json(shown(ctxOf(c), held), 201)
    })
    app.openapi(calls.list, async (c) => {
      const ctx = ctxOf(c)
      const page = await listConnections(ctx, c.req.valid('query'))
      return c.json(
        { items: page.items.map((held) => shown(ctx, held)), nextCursor: page.nextCursor },
        200,
      )
    })
    app.openapi(calls.get, async (c) => {
      const held = await loadConnection(ctxOf(c), c.req.valid('param').id)
      setEtag(c, held.revision)
      return c.json(shown(ctxOf(c), held), 200)
    })
    app.openapi(calls.patch, async (c) => {
      const body = c.req.valid('json')
      refuseTokens(
        guardInput,
        body.portal === undefined
          ? body
          : { ...body, portal: { ...body.portal, credential: undefined } },
      )
      const { portal, ...rest } = body
      const held = await patchConnection(
        ctxOf(c),
        c.req.valid('param').id,
        c.get('expectedRevision'),
        portal === undefined ? rest : { ...rest, portal: portalInput(portal) },
      )
      setEtag(c, held.revision)
      return c.json(shown(ctxOf(c), held), 200)
    })
    app.openapi(calls.remove, async (c) => {
      await deleteConnection(ctxOf(c), c.req.valid('param').id, c.get('expectedRevision'))
      return c.body(null, 204)
    })
    app.openapi(calls.tokens, async (c) => {
      const ctx = ctxOf(c)
      const held = await loadConnection(ctx, c.req.valid('param').id)
      if (!traitsOf(ctx, held.record).observable) throw new ProblemError('portal-not-connected')
      const listing = await atPortal(() => ctx.portals.open(held.id, held.record).list())
      return c.json({ items: listing.items, readAt: listing.readAt }, 200)
    })
    app.openapi(calls.confirm, async (c) => {
      const body = c.req.valid('json')
      refuseTokens(guardInput, body)
      const id = c.req.valid('param').id
      const held = await confirmTenant(ctxOf(c), id, c.get('expectedRevision'), body)
      setEtag(c, held.revision)
      return c.json(shown(ctxOf(c), held), 200)
    })
    app.openapi(calls.report, async (c) => {
      const body = c.req.valid('json')
      refuseTokens(guardInput, body)
      const held = await reportMismatch(ctxOf(c), c.req.valid('param').id, body)
      setEtag(c, held.revision)
      return c.json(shown(ctxOf(c), held), 200)
    })
    app.openapi(calls.check, async (c) => {
      const body = c.req.valid('json')
      const done = await checkConnection(ctxOf(c), c.req.valid('param').id, body)
      const findings = done.findings.map(plain)
      return c.json({ checks: done.checks, findings, ...corrected(body.token) }, 200)
    })
  }
}

/** Said in the answer, since the same paste may stand in the IdP's form. */
export function corrected(pasted: string | undefined): { corrections?: TokenNote[] } {
  const corrections = notesOn(pasted)
  return corrections.length === 0 ? {} : { corrections }
}

/** Frozen knowledge as the answer's own arrays. */
export const plain = (
  finding: Awaited<ReturnType<typeof checkConnection>>['findings'][number],
) => ({
  ...finding,
  because: [...finding.because],
  causes: [...finding.causes],
  checks: finding.checks.map((step) => ({ ...step })),
  ...(finding.fields === undefined ? { fields: undefined } : { fields: [...finding.fields] }),
})

function portalInput(sent: SentPortal): PortalInput {
  const { auth, credential, ...rest } = sent
  if (credential === undefined) return rest
  return { ...rest, credential: credentialOf(auth ?? 'bearer', credential) }
}

export function credentialOf(
  auth: 'bearer' | 'session',
  sent: NonNullable<SentPortal['credential']>,
): PortalCredential {
  if (auth === 'bearer' && typeof sent === 'string') return { auth, value: new Secret(sent) }
  if (auth === 'session' && typeof sent !== 'string') {
    return { auth, orgId: sent.orgId, password: new Secret(sent.password) }
  }
  throw new ProblemError('invalid-input', undefined, {
    errors: [
      {
        path: 'portal.credential',
        message: 'A text with auth "bearer", or {orgId, password} with auth "session".',
      },
    ],
  })
}

function shown(ctx: Ctx, held: HeldConnection): z.infer<typeof Connection> {
  const { record } = held
  const traits = traitsOf(ctx, record)
  return {
    id: held.id,
    revision: held.revision,
    tenantId: record.tenantId,
    name: record.name,
    environment: record.environment,
    idp: record.idp,
    idpScreen: record.idpScreen,
    scimBaseUrl: record.scimBaseUrl,
    pilotUser: record.pilotUser,
    portal: {
      kind: record.portal.kind,
      url: record.portal.url,
      auth: record.portal.auth,
      hasCredential: record.portal.sealedCredential !== null,
      granularitySeconds: traits.granularitySeconds,
      overlap: traits.overlap,
    },
    policy: {
      quietMinutes: quietMinutesOf(ctx, record),
      secondPerson: record.policy.secondPerson,
    },
    latestRotation: record.latestRotation,
    hold:
      record.hold === null
        ? null
        : { at: record.hold.at, by: record.hold.by.name, mismatches: record.hold.mismatches },
    createdAt: record.createdAt,
  }
}
