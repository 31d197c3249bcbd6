/** `/v1/escalations`: validated input → verb → view. Nothing is decided here. */
import type { Context } from 'hono'
import { sha256 } from '../support/bundle-file.ts'
import type { Bundle } from '../support/bundle-file.ts'
import { answerEscalation, testifyToken } from '../workflow/escalation-answer.ts'
import { loadEscalation, maySee } from '../workflow/escalation-advance.ts'
import type { HeldEscalation } from '../workflow/escalation-advance.ts'
import {
  acknowledgeEscalation,
  requestInfo,
  resolveEscalation,
  withdrawEscalation,
} from '../workflow/escalation-handle.ts'
import { observeAgain, openEscalation } from '../workflow/escalation-open.ts'
import { previewBundle, submitEscalation } from '../workflow/escalation-submit.ts'
import { escalationView } from '../workflow/escalation-view.ts'
import { listEscalations } from '../workflow/escalation-list.ts'
import type { CtxOf } from './ctx.ts'
import type { AppEnv, GuardInput, Mount } from './env.ts'
import * as calls from './escalation-contract.ts'
import { setEtag } from './if-match.ts'
import { pageOfJournal } from './paging.ts'
import { unfrozen } from './rotation-route.ts'
import { refuseTokens } from './token-guard.ts'

type C = Context<AppEnv>

export function mountEscalations(deps: { ctxOf: CtxOf; guardInput: GuardInput }): Mount {
  const { ctxOf, guardInput } = deps
  const guard = (body: unknown): void => refuseTokens(guardInput, body)
  const shown = (c: C, held: HeldEscalation) => {
    setEtag(c, held.revision)
    return escalationView(held)
  }
  const target = (c: C, id: string) => [ctxOf(c), id, c.get('expectedRevision')] as const

  return (app) => {
    app.openapi(calls.open, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      return c.json(shown(c, await openEscalation(ctxOf(c), body)), 201)
    })
    app.openapi(calls.list, async (c) => {
      const { items, nextCursor } = await listEscalations(ctxOf(c), c.req.valid('query'))
      return c.json({ items: items.map(escalationView), nextCursor }, 200)
    })
    app.openapi(calls.get, async (c) =>
      c.json(shown(c, await loadEscalation(ctxOf(c), c.req.valid('param').id)), 200),
    )
    app.openapi(calls.answer, async (c) => {
      const body = c.req.valid('json')
      const { id } = c.req.valid('param')
      const errors = guardInput(body)
      if (errors.length > 0) {
        // It has to be one of theirs before anything is written to it.
        const { record } = await loadEscalation(ctxOf(c), id)
        if (maySee(ctxOf(c), record)) await testifyToken(ctxOf(c), id, errors)
      }
      guard(body)
      return c.json(shown(c, await answerEscalation(...target(c, id), body)), 200)
    })
    app.openapi(calls.preview, async (c) => {
      const bundle = await previewBundle(ctxOf(c), c.req.valid('param').id)
      const accept = c.req.header('Accept') ?? ''
      if (accept.includes('application/zip')) return c.body(bodyOf(bundle.zip), 200, ZIP)
      if (accept.includes('text/markdown')) return c.body(textOf(bundle, 'summary.md'), 200, MD)
      return c.json(previewOf(bundle), 200)
    })
    app.openapi(calls.journal, async (c) => {
      const ctx = ctxOf(c)
      const held = await loadEscalation(ctx, c.req.valid('param').id)
      const entries = await ctx.store.journal('escalation', held.id)
      const page = pageOfJournal(entries, c.req.valid('query'))
      return c.json({ ...page, items: page.items.map(unfrozen) }, 200)
    })
    app.openapi(calls.observe, async (c) =>
      c.json(shown(c, await observeAgain(...target(c, c.req.valid('param').id))), 200),
    )
    app.openapi(calls.submit, async (c) => {
      const ctx = ctxOf(c)
      const { held, bundle } = await submitEscalation(...target(c, c.req.valid('param').id))
      const sealed = ctx.bundles.recipient === null ? [] : (['zip.age'] as const)
      const formats = [...(['json', 'md', 'zip'] as const), ...sealed]
      return c.json({ escalation: shown(c, held), bundle: { ...bundle, formats } }, 200)
    })
    app.openapi(calls.acknowledge, async (c) =>
      c.json(shown(c, await acknowledgeEscalation(...target(c, c.req.valid('param').id))), 200),
    )
    app.openapi(calls.requestInfo, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      return c.json(shown(c, await requestInfo(...target(c, c.req.valid('param').id), body)), 200)
    })
    app.openapi(calls.resolve, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      const held = await resolveEscalation(...target(c, c.req.valid('param').id), body)
      return c.json(shown(c, held), 200)
    })
    app.openapi(calls.withdraw, async (c) => {
      const body = c.req.valid('json')
      guard(body)
      const held = await withdrawEscalation(...target(c, c.req.valid('param').id), body)
      return c.json(shown(c, held), 200)
    })
  }
}

export const ZIP = { 'Content-Type': 'application/zip' }
export const MD = { 'Content-Type': 'text/markdown; charset=utf-8' }

/** Bytes of their own, as an answer's body wants them. */
export const bodyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

const textOf = ({ files }: Bundle, name: string): string =>
  Buffer.from(files.find(({ path }) => path === name)?.bytes ?? []).toString('utf8')

const previewOf = (bundle: Bundle) => ({
  sha256: bundle.sha256,
  bytes: bundle.zip.length,
  files: bundle.files.map(({ path, bytes }) => ({
    path,
    bytes: bytes.length,
    sha256: sha256(bytes),
    text: Buffer.from(bytes).toString('utf8'),
  })),
})
