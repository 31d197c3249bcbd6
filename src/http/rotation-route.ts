/** `/v1/rotations`: validated input → verb → view. Nothing is decided here. */
import type { Context } from 'hono'
import { ProblemError } from '../problem.ts'
import { loadRotation } from '../workflow/advance.ts'
import type { Held } from '../workflow/advance.ts'
import { certificateOf, certificateText } from '../workflow/certificate.ts'
import { inScope } from '../workflow/connection.ts'
import type { Ctx } from '../workflow/context.ts'
import { issueCanary } from '../workflow/rotation-canary.ts'
import { createToken } from '../workflow/rotation-create.ts'
import { abandon, approve, halt, resume, rollBack } from '../workflow/rotation-exit.ts'
import { updateIdp } from '../workflow/rotation-idp.ts'
import { confirmRevocation, confirmRevoked } from '../workflow/rotation-revoke.ts'
import { startRotation } from '../workflow/rotation-start.ts'
import { testConnection } from '../workflow/rotation-test.ts'
import { verify } from '../workflow/rotation-verify.ts'
import { showRotation } from '../workflow/rotation-show.ts'
import { corrected, plain } from './connection-route.ts'
import type { CtxOf } from './ctx.ts'
import { createEndedViews } from './ended-view.ts'
import type { AppEnv, GuardInput, Mount } from './env.ts'
import { setEtag } from './if-match.ts'
import { pageOfJournal } from './paging.ts'
import * as calls from './rotation-contract.ts'
import { certificate, stream } from './rotation-record-contract.ts'
import { streamChanges } from './rotation-stream.ts'
import { refuseTokens } from './token-guard.ts'

type C = Context<AppEnv>

export function mountRotations(deps: { ctxOf: CtxOf; guardInput: GuardInput }): Mount {
  const { ctxOf, guardInput } = deps
  const guard = (body: unknown): void => refuseTokens(guardInput, body)
  const shown = async (c: C, held: Held) => {
    setEtag(c, held.revision)
    return showRotation(ctxOf(c), held)
  }
  const ended = createEndedViews()
  const target = (c: C, id: string) => [ctxOf(c), id, c.get('expectedRevision')] as const

  return (app) => {
    app.openapi(calls.start, async (c) => {
      const body = c.req.valid('json')
      guard('token' in body.oldToken ? { connectionId: body.connectionId } : body)
      const pasted = 'token' in body.oldToken ? body.oldToken.token : undefined
      const view = await shown(c, await startRotation(ctxOf(c), body))
      return c.json({ ...view, ...corrected(pasted) }, 201)
    })
    app.openapi(calls.list, async (c) => {
      const ctx = ctxOf(c)
      const { connectionId, status, limit, cursor } = c.req.valid('query')
      const page = await ctx.store.list('rotation', {
        labels: {
          ...inScope(ctx),
          ...(connectionId === undefined ? {} : { connectionId: [connectionId] }),
          ...(status === undefined ? {} : { status: [status] }),
        },
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      const items = await Promise.all(
        page.items.map(async (head) => showRotation(ctx, await loadRotation(ctx, head.id))),
      )
      return c.json({ items, nextCursor: page.nextCursor }, 200)
    })
    app.openapi(calls.get, async (c) => {
      const { id } = c.req.valid('param')
      const known = ended.get(id)
      if (known !== undefined && c.get('scope').allows(known.tenantId)) {
        setEtag(c, known.revision)
        // Checked against its schema when it was made; `json` would make the same text once more.
        return c.body(known.text, 200, { 'Content-Type': 'application/json' }) as never
      }
      const view = await shown(c, await loadRotation(ctxOf(c), id))
      if (view.ending !== null) {
        const { tenantId, revision } = view
        ended.set(id, { tenantId, revision, text: JSON.stringify(view) })
      }
      return c.json(view, 200)
    })
    app.openapi(calls.create, async (c) => {
      const body = c.req.valid('json')
      guard('token' in body ? {} : body)
      const { held, value } = await createToken(...target(c, c.req.valid('param').id), body)
      const rotation = await shown(c, held)
      const token = value === null ? null : value.reveal()
      const shownAt = held.record.facts.newToken?.shownAt ?? null
      const pasted = 'token' in body ? body.token : undefined
      return c.json({ rotation, token, shownAt, ...corrected(pasted) }, 200)
    })
    app.openapi(calls.updateIdp, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      return c.json(
        await shown(c, await updateIdp(...target(c, c.req.valid('param').id), body)),
        200,
      )
    })
    app.openapi(calls.test, async (c) => {
      const body = c.req.valid('json')
      const tested = await testConnection(...target(c, c.req.valid('param').id), body)
      const rotation = await shown(c, tested.held)
      return c.json(
        {
          ...rotation,
          checks: tested.checks,
          findings: tested.findings.map(plain),
          ...corrected(body.token),
        },
        200,
      )
    })
    app.openapi(calls.canary, async (c) => {
      const held = await issueCanary(...target(c, c.req.valid('param').id))
      const { next } = await shown(c, held)
      const made = held.record.facts.canary
      if (made === null) throw new ProblemError('internal')
      return c.json(
        {
          value: made.value,
          attribute: made.attribute,
          earliest: made.earliest,
          instructions: next.instructions,
        },
        200,
      )
    })
    app.openapi(calls.verify, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      return c.json(
        await shown(c, await verify(...target(c, c.req.valid('param').id), verifyInput(body))),
        200,
      )
    })
    app.openapi(calls.revoke, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      return c.json(
        await shown(c, await confirmRevocation(...target(c, c.req.valid('param').id), body)),
        200,
      )
    })
    app.openapi(calls.confirmRevoked, async (c) =>
      c.json(
        await shown(
          c,
          await confirmRevoked(...target(c, c.req.valid('param').id), c.req.valid('json')),
        ),
        200,
      ),
    )
    app.openapi(calls.approve, async (c) =>
      c.json(await shown(c, await approve(...target(c, c.req.valid('param').id))), 200),
    )
    const exits = [
      [calls.halt, halt],
      [calls.resume, resume],
      [calls.rollBack, rollBack],
      [calls.abandon, abandon],
    ] as const
    for (const [call, verb] of exits) {
      app.openapi(call, async (c) => {
        const body = c.req.valid('json')
        guard(body)
        return c.json(await shown(c, await verb(...target(c, c.req.valid('param').id), body)), 200)
      })
    }
    app.openapi(calls.journal, async (c) => {
      const ctx = ctxOf(c)
      const held = await loadRotation(ctx, c.req.valid('param').id)
      const entries = await ctx.store.journal('rotation', held.id)
      const page = pageOfJournal(entries, c.req.valid('query'))
      return c.json({ ...page, items: page.items.map(unfrozen) }, 200)
    })
    app.openapi(certificate, async (c) => {
      const ctx = ctxOf(c)
      const held = await loadRotation(ctx, c.req.valid('param').id)
      const made = await certificateOf(ctx, held, await shown(c, held))
      const wantsText = (c.req.header('Accept') ?? '').includes('text/markdown')
      return wantsText
        ? c.body(certificateText(made), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
        : c.json(made, 200)
    })
    app.openapi(stream, async (c) => {
      const ctx: Ctx = ctxOf(c)
      return streamChanges(c, ctx, await loadRotation(ctx, c.req.valid('param').id))
    })
  }
}

export const unfrozen = <T extends { detail?: object }>({ detail, ...entry }: T) => ({
  ...entry,
  ...(detail === undefined
    ? {}
    : { detail: structuredClone(detail) as Record<string, string | number | boolean | string[]> }),
})

type Sent = Parameters<typeof verify>[3]

/** What was left out of an event is unknown, and written down as that. */
function verifyInput(
  body:
    | { event?: undefined; reading?: undefined }
    | { event: SentEvent }
    | { reading: SentReading },
): Sent {
  if ('event' in body && body.event !== undefined) {
    const { tenantId, tokenId, ...event } = body.event
    return { event: { ...event, tenantId: tenantId ?? null, tokenId: tokenId ?? null } }
  }
  if ('reading' in body && body.reading !== undefined) return { reading: body.reading }
  return 'look'
}

type SentReading = Extract<Sent, { reading: unknown }>['reading']
type SentEvent = Omit<Extract<Sent, { event: unknown }>['event'], 'tenantId' | 'tokenId'> & {
  tenantId?: string | undefined
  tokenId?: string | undefined
}
